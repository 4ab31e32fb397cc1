import { isRecord, JsonRecord, jsonEqual } from '../../cluster/json';
import { MergeType } from './mergeTypes';

/**
 * A set of fields as a tree, in the form of managedFields (FieldsV1): `f:name` is a field, `k:{…}` an item of a list
 * by its keys, `v:…` an item of a set, and `.` says that the thing itself belongs to the set.
 */
export interface FieldSet {
  [element: string]: FieldSet;
}

const SELF = '.';

/** The fields that an object or a part of it has. */
export function fieldSetOf(value: unknown, type: MergeType): FieldSet {
  if (isRecord(value) && !type.atomicMap) {
    const set: FieldSet = {};
    for (const [name, field] of Object.entries(value)) {
      if (field !== undefined) {
        set[`f:${name}`] = fieldSetOf(field, type.field(name));
      }
    }
    return set;
  }
  if (Array.isArray(value) && type.list !== 'atomic') {
    const set: FieldSet = {};
    for (const item of value) {
      const element = itemElement(item, type);
      set[element] = element.startsWith('k:')
        ? { [SELF]: {}, ...fieldSetOf(item, type.item()) }
        : {};
    }
    return set;
  }
  return {};
}

/** Default of a list key that may be left out, as for the ports of a container. */
const KEY_DEFAULTS: JsonRecord = { protocol: 'TCP' };

/** The element under which a list item is known. */
export function itemElement(item: unknown, type: MergeType): string {
  if (type.list === 'set' || !isRecord(item)) {
    return `v:${JSON.stringify(item)}`;
  }
  const keys: JsonRecord = {};
  for (const key of Array.isArray(type.list) ? [...type.list].sort() : []) {
    const value = item[key] ?? KEY_DEFAULTS[key];
    if (value !== undefined) {
      keys[key] = value;
    }
  }
  return `k:${JSON.stringify(keys)}`;
}

function isLeaf(set: FieldSet): boolean {
  return Object.keys(set).length === 0;
}

/** What is in both sets. A leaf stands for itself, not for what is below it. */
export function intersect(a: FieldSet, b: FieldSet): FieldSet {
  const result: FieldSet = {};
  for (const element of Object.keys(a)) {
    if (!(element in b)) {
      continue;
    }
    if (element === SELF || (isLeaf(a[element]) && isLeaf(b[element]))) {
      result[element] = {};
      continue;
    }
    const below = intersect(a[element], b[element]);
    if (!isLeaf(below)) {
      result[element] = below;
    }
  }
  return result;
}

/** What is in the first set and not in the second. */
export function subtract(a: FieldSet, b: FieldSet): FieldSet {
  const result: FieldSet = {};
  for (const [element, below] of Object.entries(a)) {
    if (!(element in b)) {
      result[element] = below;
    } else if (!isLeaf(below)) {
      const rest = subtract(below, b[element]);
      if (!isLeaf(rest)) {
        result[element] = rest;
      }
    }
  }
  return result;
}

export function union(a: FieldSet, b: FieldSet): FieldSet {
  const result: FieldSet = { ...a };
  for (const [element, below] of Object.entries(b)) {
    result[element] = element in a ? union(a[element], below) : below;
  }
  return result;
}

export function isEmpty(set: FieldSet): boolean {
  return isLeaf(set);
}

/** A leaf of a set with its path in the API server's notation. */
export interface Leaf {
  path: string;
  elements: string[];
}

export function leavesOf(set: FieldSet, elements: string[] = []): Leaf[] {
  return Object.entries(set).flatMap(([element, below]) => {
    if (element === SELF) {
      return [];
    }
    const path = [...elements, element];
    return isLeaf(below)
      ? [{ path: path.map(pathPart).join(''), elements: path }]
      : leavesOf(below, path);
  });
}

function pathPart(element: string): string {
  const rest = element.slice(2);
  if (element.startsWith('f:')) {
    return `.${rest}`;
  }
  if (element.startsWith('v:')) {
    return `[=${rest}]`;
  }
  const keys = Object.entries(JSON.parse(rest) as JsonRecord);
  return `[${keys
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .join(',')}]`;
}

/** The value at a path of elements. */
export function valueAt(
  value: unknown,
  elements: string[],
  type: MergeType,
): unknown {
  let current = value;
  let currentType = type;
  for (const element of elements) {
    if (element.startsWith('f:')) {
      const name = element.slice(2);
      current = isRecord(current) ? current[name] : undefined;
      currentType = currentType.field(name);
    } else {
      const list: unknown[] = Array.isArray(current) ? current : [];
      const listType = currentType;
      current = list.find(item => itemElement(item, listType) === element);
      currentType = currentType.item();
    }
  }
  return current;
}

/** The fields of `after` that are new or different from `before`. */
export function changedFields(
  before: unknown,
  after: unknown,
  type: MergeType,
): FieldSet {
  const all = fieldSetOf(after, type);
  const changed = leavesOf(all).filter(
    ({ elements }) =>
      !jsonEqual(
        valueAt(before, elements, type),
        valueAt(after, elements, type),
      ),
  );
  return changed.reduce<FieldSet>((set, { elements }) => {
    const isNew = (depth: number) =>
      valueAt(before, elements.slice(0, depth + 1), type) === undefined;
    return union(set, nest(elements, isNew));
  }, {});
}

/** A set of one field. List items that are new belong to it as well. */
function nest(elements: string[], isNew: (depth: number) => boolean): FieldSet {
  return elements.reduceRight<FieldSet>(
    (below, element, depth) => ({
      [element]:
        element.startsWith('k:') && isNew(depth)
          ? { [SELF]: {}, ...below }
          : below,
    }),
    {},
  );
}
