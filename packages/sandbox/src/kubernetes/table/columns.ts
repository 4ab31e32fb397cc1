import { KubeObject } from '../../cluster/ClusterStore';
import { age } from './age';

/** One column of `kubectl get`. */
export interface Column {
  name: string;
  type: 'string' | 'integer' | 'date' | 'boolean';
  /** 0 is always shown, 1 with `-o wide` only. */
  priority?: 0 | 1;
  cell(object: KubeObject, now: Date): string | number | boolean | undefined;
}

const NAME: Column = {
  name: 'Name',
  type: 'string',
  cell: object => object.metadata.name,
};

const AGE: Column = {
  name: 'Age',
  type: 'string',
  cell: (object, now) => age(object.metadata.creationTimestamp, now),
};

const COLUMNS: Record<string, Column[]> = {};

/** The columns of a resource; name and age where it has none of its own. */
export function columnsOf(resource: string): Column[] {
  return COLUMNS[resource] ?? [NAME, AGE];
}
