import { badRequest } from '../../cluster/ApiError';
import { isRecord, JsonRecord, jsonEqual } from '../../cluster/json';
import { strategicMergeKey } from './mergeKeys';

/**
 * Kubernetes' strategic merge patch for built-in kinds: lists of named things merge by their key, and the
 * directives `$patch`, `$setElementOrder`, `$deleteFromPrimitiveList` and `$retainKeys` are followed.
 */
export function strategicMergePatch(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) {
    throw badRequest('the patch must be an object');
  }
  return mergeRecord(isRecord(target) ? target : {}, patch, []);
}

function mergeRecord(
  target: JsonRecord,
  patch: JsonRecord,
  path: string[],
): JsonRecord {
  if (patch.$patch === 'replace') {
    const { $patch: _, ...replacement } = patch;
    return replacement;
  }
  if (patch.$patch === 'delete') {
    return {};
  }
  const result = { ...target };
  if (Array.isArray(patch.$retainKeys)) {
    for (const key of Object.keys(result)) {
      if (!patch.$retainKeys.includes(key)) {
        delete result[key];
      }
    }
  }
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith('$')) {
      continue;
    }
    if (value === null) {
      delete result[key];
    } else if (Array.isArray(value)) {
      result[key] = mergeList(result[key], value, [...path, key]);
    } else if (isRecord(value)) {
      const current = result[key];
      result[key] = mergeRecord(isRecord(current) ? current : {}, value, [
        ...path,
        key,
      ]);
    } else {
      result[key] = value;
    }
  }
  return applyListDirectives(target, result, patch, path);
}

function mergeList(target: unknown, patch: unknown[], path: string[]): unknown {
  const mergeKey = strategicMergeKey(path);
  const replaces = patch.some(
    item => isRecord(item) && item.$patch === 'replace',
  );
  if (mergeKey === undefined || replaces) {
    return patch.filter(item => !(isRecord(item) && item.$patch));
  }
  const result: unknown[] = Array.isArray(target) ? [...target] : [];
  for (const item of patch) {
    if (mergeKey === '') {
      if (!result.includes(item)) {
        result.push(item);
      }
      continue;
    }
    if (!isRecord(item)) {
      throw badRequest(`${path.join('.')}: items must be objects`);
    }
    if (item[mergeKey] === undefined) {
      throw badRequest(
        `map: ${JSON.stringify(
          item,
        )} does not contain declared merge key: ${mergeKey}`,
      );
    }
    const index = result.findIndex(
      other => isRecord(other) && jsonEqual(other[mergeKey], item[mergeKey]),
    );
    const current = result[index];
    if (item.$patch === 'delete') {
      if (index >= 0) {
        result.splice(index, 1);
      }
    } else if (isRecord(current)) {
      result[index] = mergeRecord(current, item, path);
    } else {
      result.push(mergeRecord({}, item, path));
    }
  }
  return inOrder(result, patch, Array.isArray(target) ? target : [], mergeKey);
}

function applyListDirectives(
  target: JsonRecord,
  result: JsonRecord,
  patch: JsonRecord,
  path: string[],
): JsonRecord {
  for (const [directive, value] of Object.entries(patch)) {
    if (!Array.isArray(value)) {
      continue;
    }
    const [kind, field] = directive.split('/');
    const list = result[field];
    if (!Array.isArray(list)) {
      continue;
    }
    if (kind === '$deleteFromPrimitiveList') {
      result[field] = list.filter((item: unknown) => !value.includes(item));
    } else if (kind === '$setElementOrder') {
      const before = target[field];
      result[field] = inOrder(
        list,
        value,
        Array.isArray(before) ? before : [],
        strategicMergeKey([...path, field]),
      );
    }
  }
  return result;
}

/**
 * Items that the order names come in its order. The others keep their order of before, and each goes before the first
 * named item that it preceded there.
 */
function inOrder(
  list: unknown[],
  order: unknown[],
  before: unknown[],
  mergeKey: string | undefined,
): unknown[] {
  const keyOf = (item: unknown) =>
    mergeKey && isRecord(item) ? item[mergeKey] : item;
  const positions = (items: unknown[]) =>
    new Map(items.map((item, index) => [keyOf(item), index]));
  const wanted = positions(order);
  const old = positions(before);
  const by = (places: Map<unknown, number>) => (a: unknown, b: unknown) =>
    (places.get(keyOf(a)) ?? Infinity) - (places.get(keyOf(b)) ?? Infinity) ||
    0;
  const named = list.filter(item => wanted.has(keyOf(item))).sort(by(wanted));
  const others = list.filter(item => !wanted.has(keyOf(item))).sort(by(old));
  const result: unknown[] = [];
  while (named.length > 0 && others.length > 0) {
    const place = old.get(keyOf(others[0]));
    const next = old.get(keyOf(named[0]));
    const othersFirst =
      place !== undefined && next !== undefined && place < next;
    result.push((othersFirst ? others : named).shift());
  }
  return [...result, ...named, ...others];
}
