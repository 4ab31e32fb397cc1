import { joinPath } from './jsonPath';

/** One string somewhere in a manifest. */
export interface FoundString {
  path: string;
  text: string;
}

/**
 * Every string under a value with its path. Each object is entered once, so that neither cycles nor the
 * aliases of a YAML bomb make it long.
 *
 * @param skip - paths not to enter
 */
export function* walkStrings(
  value: unknown,
  path: string,
  skip: (path: string) => boolean = () => false,
): Generator<FoundString> {
  const seen = new Set<object>();
  const open: Array<{ value: unknown; path: string }> = [{ value, path }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value: current, path: at } = next;
    if (typeof current === 'string') {
      yield { path: at, text: current };
    } else if (typeof current === 'object' && current !== null) {
      if (seen.has(current) || skip(at)) continue;
      seen.add(current);
      const entries: Array<[string | number, unknown]> = Array.isArray(current)
        ? [...current.entries()]
        : Object.entries(current);
      for (const [step, child] of entries.reverse()) {
        open.push({ value: child, path: joinPath(at, step) });
      }
    }
  }
}
