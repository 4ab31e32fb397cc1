import * as fc from 'fast-check';
import type { Fixture } from './fixtureBasics';

/** Values that no one expects at that place. */
const ODD_VALUES = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    '',
    'Unknown',
    '__proto__',
    0,
    -1,
    1e308,
    Number.NaN,
    true,
    [],
    {},
    [null],
    [[]],
    '9999-99-99T99:99:99Z',
    '+275760-09-13T00:00:00.001Z',
    'x'.repeat(5000),
    '\u0000\u001b[31m\uD800',
    '{"a":',
    '((((((((((',
  ),
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary' }),
);

/** One change at a place in a tree, chosen by numbers so that it shrinks well. */
export interface Mutation {
  /** Picks a child on each level; the walk ends where there is none. */
  path: number[];
  action: 'replace' | 'remove' | 'duplicate' | 'swap';
  value: unknown;
}

/** Some mutations. */
export const mutations: fc.Arbitrary<Mutation[]> = fc.array(
  fc.record({
    path: fc.array(fc.nat(200), { minLength: 1, maxLength: 9 }),
    action: fc.constantFrom('replace', 'remove', 'duplicate', 'swap'),
    value: ODD_VALUES,
  }),
  { minLength: 1, maxLength: 6 },
);

/** A copy of a tree with the mutations applied; what a mutation does not touch is shared. */
export function mutate(tree: Fixture, list: readonly Mutation[]): Fixture {
  return list.reduce<Fixture>(
    (current, mutation) => applyAt(current, mutation, 0),
    tree,
  );
}

function applyAt(node: Fixture, mutation: Mutation, depth: number): Fixture {
  if (typeof node !== 'object' || node === null) {
    return mutation.value;
  }
  const keys = Object.keys(node);
  const { path, action, value } = mutation;
  if (depth >= path.length || keys.length === 0) {
    return value;
  }
  const key = keys[path[depth] % keys.length];
  const copy: Fixture = Array.isArray(node) ? [...node] : { ...node };
  if (depth < path.length - 1) {
    copy[key] = applyAt(node[key], mutation, depth + 1);
    return copy;
  }
  const other = keys[(path[depth] + 1) % keys.length];
  switch (action) {
    case 'remove':
      return Array.isArray(copy)
        ? copy.filter((_, index) => String(index) !== key)
        : Object.fromEntries(
            Object.entries(copy).filter(([name]) => name !== key),
          );
    case 'duplicate':
      return Array.isArray(copy) ? [...copy, copy[Number(key)]] : copy;
    case 'swap':
      [copy[key], copy[other]] = [copy[other], copy[key]];
      return copy;
    default:
      copy[key] = value;
      return copy;
  }
}
