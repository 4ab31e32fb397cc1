import { isRecord, JsonRecord } from '../../cluster/json';
import { applyListType, isAtomicMap } from '../patch/mergeKeys';

/** How server-side apply merges a value: the structure of a kind, seen from one of its fields. */
export interface MergeType {
  /** Lists are replaced whole, merged as sets, or merged by the keys of their items. */
  list: 'atomic' | 'set' | string[];
  atomicMap: boolean;
  field(name: string): MergeType;
  item(): MergeType;
}

/** Built-in kinds, by the names of their fields. */
export function builtInMergeType(path: readonly string[] = []): MergeType {
  return {
    list: applyListType(path),
    atomicMap: isAtomicMap(path),
    field: name => builtInMergeType([...path, name]),
    item: () => builtInMergeType(path),
  };
}

/** Custom resources, by their structural schema; without one, maps merge and lists do not. */
export function schemaMergeType(schema: unknown, isRoot = true): MergeType {
  const node: JsonRecord = isRecord(schema) ? schema : {};
  const properties: JsonRecord = isRecord(node.properties)
    ? node.properties
    : {};
  const keys = node['x-kubernetes-list-map-keys'];
  let list: MergeType['list'] = 'atomic';
  if (node['x-kubernetes-list-type'] === 'map' && Array.isArray(keys)) {
    list = keys.map(String);
  } else if (node['x-kubernetes-list-type'] === 'set') {
    list = 'set';
  }
  return {
    list,
    atomicMap: node['x-kubernetes-map-type'] === 'atomic',
    field: name =>
      isRoot && name === 'metadata'
        ? builtInMergeType([name])
        : schemaMergeType(properties[name] ?? node.additionalProperties, false),
    item: () => schemaMergeType(node.items, false),
  };
}
