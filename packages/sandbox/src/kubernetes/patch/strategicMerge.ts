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
  return applyListDirectives(result, patch, path);
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
  return result;
}

function applyListDirectives(
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
      result[field] = inOrder(list, value, strategicMergeKey([...path, field]));
    }
  }
  return result;
}

/** Items that the order names come in its order; the others stay behind the item they followed. */
function inOrder(
  list: unknown[],
  order: unknown[],
  mergeKey: string | undefined,
): unknown[] {
  const keyOf = (item: unknown) =>
    mergeKey && isRecord(item) ? item[mergeKey] : item;
  const position = new Map(order.map((item, index) => [keyOf(item), index]));
  let last = -1;
  return list
    .map((item, index) => {
      last = position.get(keyOf(item)) ?? last;
      return { item, rank: last, index };
    })
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ item }) => item);
}
