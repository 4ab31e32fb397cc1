import { KubeObject } from '../../cluster/ClusterStore';
import { isRecord, JsonRecord, recordAt } from '../../cluster/json';
import { age } from './age';

/** One column of `kubectl get`. */
export interface Column {
  name: string;
  type: 'string' | 'integer' | 'date' | 'boolean';
  /** 0 is always shown, 1 with `-o wide` only. */
  priority: number;
  cell(object: KubeObject, now: Date): string | number | boolean | undefined;
}

type Cell = Column['cell'];

export function column(name: string, cell: Cell): Column {
  return { name, type: 'string', priority: 0, cell };
}

export function integer(name: string, cell: Cell): Column {
  return { name, type: 'integer', priority: 0, cell };
}

/** A column of `-o wide`. */
export function wide(name: string, cell: Cell): Column {
  return { name, type: 'string', priority: 1, cell };
}

export const NAME = column('Name', object => object.metadata.name);

export const AGE = column('Age', (object, now) =>
  age(object.metadata.creationTimestamp, now),
);

export const CREATED_AT = column(
  'Created At',
  object => object.metadata.creationTimestamp,
);

export function numberAt(object: unknown, path: string[]): number {
  const field = path[path.length - 1];
  const value = recordAt(object, ...path.slice(0, -1))[field];
  return typeof value === 'number' ? value : 0;
}

export function textAt(object: unknown, path: string[], absent = ''): string {
  const field = path[path.length - 1];
  const value = recordAt(object, ...path.slice(0, -1))[field];
  return value === undefined || value === null ? absent : String(value);
}

export function recordsAt(object: unknown, path: string[]): JsonRecord[] {
  const field = path[path.length - 1];
  const value = recordAt(object, ...path.slice(0, -1))[field];
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

export function selectorText(selector: JsonRecord): string {
  const pairs = Object.entries(selector).map(
    ([key, value]) => `${key}=${value}`,
  );
  return pairs.length > 0 ? pairs.join(',') : '<none>';
}
