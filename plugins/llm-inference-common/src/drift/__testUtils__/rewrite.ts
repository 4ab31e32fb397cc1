import * as fc from 'fast-check';

/** Draws of a generated case. */
export interface Draws {
  /** A number from 0 to below the limit. */
  below(limit: number): number;
}

/** Turns random bytes into draws; runs out into zeros. */
export const arbitraryDraws: fc.Arbitrary<Draws> = fc
  .array(fc.nat({ max: 10_000 }), { minLength: 60, maxLength: 60 })
  .map(numbers => {
    let next = 0;
    return {
      below: limit => {
        const value = numbers[next % numbers.length];
        next += 1;
        return limit > 0 ? value % limit : 0;
      },
    };
  });

const KEYED = new Set([
  'containers',
  'env',
  'initContainers',
  'ports',
  'volumeMounts',
  'volumes',
  'imagePullSecrets',
  'tolerations',
]);

/** The same object, written another way: other order, other quantities, empty fields. */
export function rewritten(value: unknown, draws: Draws, name = ''): unknown {
  if (Array.isArray(value)) {
    const entries = value.map(entry => rewritten(entry, draws));
    return KEYED.has(name) ? shuffled(entries, draws) : entries;
  }
  if (typeof value !== 'object' || value === null) return value;
  const isResources = name === 'limits' || name === 'requests';
  const fields = Object.entries(value).map(([key, entry]) => [
    key,
    isResources ? respelt(entry, draws) : rewritten(entry, draws, key),
  ]);
  if (!isResources && draws.below(3) === 0) fields.push(['absent', null]);
  if (!isResources && draws.below(3) === 0) fields.push(['emptyList', []]);
  return Object.fromEntries(shuffled(fields, draws));
}

function respelt(value: unknown, draws: Draws): unknown {
  const text = String(value);
  if (/^\d+$/.test(text)) {
    return [text, Number(text), `${text}000m`][draws.below(3)];
  }
  const gibibytes = /^(\d+)Gi$/.exec(text)?.[1];
  return gibibytes && draws.below(2) ? `${Number(gibibytes) * 1024}Mi` : value;
}

function shuffled<T>(list: T[], draws: Draws): T[] {
  const rest = [...list];
  const result: T[] = [];
  while (rest.length > 0) {
    result.push(...rest.splice(draws.below(rest.length), 1));
  }
  return result;
}

/** Every scalar of a value, as the steps that lead to it. */
export function leavesOf(
  value: unknown,
  steps: Array<string | number> = [],
): Array<Array<string | number>> {
  if (typeof value !== 'object' || value === null) return [steps];
  return Object.entries(value).flatMap(([key, entry]) =>
    leavesOf(entry, [...steps, Array.isArray(value) ? Number(key) : key]),
  );
}

/** A copy in which one scalar is another one. */
export function changedAt<T>(value: T, steps: Array<string | number>): T {
  if (steps.length === 0) return otherThan(value) as T;
  const [step, ...rest] = steps;
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as T;
  const key = step as keyof T;
  copy[key] = changedAt(copy[key], rest);
  return copy;
}

function otherThan(value: unknown): unknown {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  return `${value}-other`;
}
