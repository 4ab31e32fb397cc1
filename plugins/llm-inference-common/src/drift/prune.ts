import { saysNothing } from './defaults';

/**
 * A value without what says nothing; undefined where nothing is left. Entries of lists stay, so that a list keeps
 * its length, unless all of them are empty.
 *
 * @param path - path of the value, with `[]` for an entry of a list
 */
export function prune(value: unknown, path: string): unknown {
  if (Array.isArray(value)) return pruneList(value, path);
  if (typeof value !== 'object' || value === null) {
    return saysNothing(path, value) ? undefined : value;
  }
  const kept: Record<string, unknown> = {};
  for (const [name, entry] of Object.entries(value)) {
    const pruned = prune(entry, path ? `${path}.${name}` : name);
    if (pruned !== undefined) kept[name] = pruned;
  }
  return saysNothing(path, kept) ? undefined : kept;
}

function pruneList(list: readonly unknown[], path: string): unknown {
  const entries = list.map(entry =>
    // A text in a list is one argument of many, also where it is empty.
    typeof entry === 'object' ? prune(entry, `${path}[]`) : entry,
  );
  return entries.every(entry => entry === undefined)
    ? undefined
    : entries.map(entry => entry ?? {});
}
