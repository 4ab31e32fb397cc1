import { joinPath } from './jsonPath';

/** One string somewhere in a manifest. */
export interface FoundString {
  path: string;
  text: string;
}

/** The names of all fields under a value, each with the path of the field. */
export function* walkKeys(
  value: unknown,
  path: string,
): Generator<FoundString> {
  for (const { value: current, path: at } of walk(value, path)) {
    if (typeof current !== 'object' || current === null) continue;
    if (Array.isArray(current)) continue;
    for (const key of Object.keys(current)) {
      yield { path: joinPath(at, key), text: key };
    }
  }
}

/**
 * Every string under a value with its path.
 *
 * @param skip - paths not to enter
 */
export function* walkStrings(
  value: unknown,
  path: string,
  skip: (path: string) => boolean = () => false,
): Generator<FoundString> {
  for (const { value: current, path: at } of walk(value, path, skip)) {
    if (typeof current === 'string') yield { path: at, text: current };
  }
}

/**
 * Every value under a value, itself first. Each object is entered once, so that neither cycles nor the aliases
 * of a YAML bomb make it long.
 */
function* walk(
  value: unknown,
  path: string,
  skip: (path: string) => boolean = () => false,
): Generator<{ value: unknown; path: string }> {
  const seen = new Set<object>();
  const open: Array<{ value: unknown; path: string }> = [{ value, path }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value: current, path: at } = next;
    if (typeof current !== 'object' || current === null) {
      yield next;
      continue;
    }
    if (seen.has(current) || skip(at)) continue;
    seen.add(current);
    yield next;
    const entries: Array<[string | number, unknown]> = Array.isArray(current)
      ? [...current.entries()]
      : Object.entries(current);
    for (const [step, child] of entries.reverse()) {
      open.push({ value: child, path: joinPath(at, step) });
    }
  }
}
