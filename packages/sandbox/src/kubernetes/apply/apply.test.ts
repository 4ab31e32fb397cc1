import fc from 'fast-check';
import { KubeObject } from '../../cluster/ClusterStore';
import {
  changedFields,
  FieldSet,
  fieldSetOf,
  intersect,
  leavesOf,
  subtract,
  union,
} from './fieldSet';
import { managedFieldsOf } from './managedFields';
import { schemaMergeType } from './mergeTypes';
import { serverSideApply } from './serverSideApply';

const type = schemaMergeType(undefined);
const scalar = fc.oneof(
  fc.integer(),
  fc.string({ maxLength: 3 }),
  fc.boolean(),
);
const name = fc.constantFrom('a', 'b', 'c', 'd');
const { tree } = fc.letrec<{ tree: unknown }>(tie => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.dictionary(name, tie('tree'), { minKeys: 1, noNullPrototype: true }),
  ),
}));
const spec = fc.dictionary(name, tree, { minKeys: 1, noNullPrototype: true });

const object = (data: object): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Thing',
  metadata: { name: 'thing' },
  spec: data,
});
const empty: KubeObject = {
  apiVersion: 'v1',
  kind: 'Thing',
  metadata: { name: 'thing' },
};
const by = (manager: string) => ({
  manager,
  apiVersion: 'v1',
  time: '2026-01-01T00:00:00Z',
});
const apply = (
  current: KubeObject,
  manager: string,
  applied: KubeObject,
  force = true,
) => serverSideApply(current, applied, by(manager), { type, force });

const paths = (set: FieldSet) =>
  leavesOf(set)
    .map(({ path }) => path)
    .sort();

describe('field sets', () => {
  it('part into what is shared and what is not', () => {
    fc.assert(
      fc.property(spec, spec, (a, b) => {
        const left = fieldSetOf(a, type);
        const right = fieldSetOf(b, type);
        const shared = intersect(left, right);
        expect(paths(subtract(left, left))).toEqual([]);
        expect(paths(union(subtract(left, shared), shared))).toEqual(
          paths(left),
        );
        expect(paths(shared)).toEqual(paths(intersect(right, left)));
      }),
    );
  });

  it('see no change between equals, and everything where nothing was', () => {
    fc.assert(
      fc.property(spec, data => {
        expect(changedFields(data, structuredClone(data), type)).toEqual({});
        expect(paths(changedFields({}, data, type))).toEqual(
          paths(fieldSetOf(data, type)),
        );
      }),
    );
  });
});

describe('server-side apply', () => {
  it('makes of nothing what is applied, and the same the second time', () => {
    fc.assert(
      fc.property(spec, data => {
        const once = apply(empty, 'one', object(data));
        expect(once.spec).toEqual(data);
        expect(apply(once, 'one', object(data))).toEqual(once);
      }),
    );
  });

  it('ends with the last of several configurations of one manager', () => {
    fc.assert(
      fc.property(fc.array(spec, { minLength: 1, maxLength: 4 }), versions => {
        const end = versions.reduce<KubeObject>(
          (current, data) => apply(current, 'one', object(data)),
          empty,
        );
        expect(end.spec).toEqual(versions[versions.length - 1]);
      }),
    );
  });

  it('forced, always holds what was applied last', () => {
    fc.assert(
      fc.property(spec, spec, (first, second) => {
        const both = apply(
          apply(empty, 'one', object(first)),
          'two',
          object(second),
        );
        expect(apply(both, 'two', object(second)).spec).toEqual(both.spec);
        const owned = managedFieldsOf(both).find(
          ({ manager }) => manager === 'two',
        );
        expect(paths(owned?.fieldsV1 ?? {})).toEqual(
          paths(fieldSetOf({ spec: second }, type)),
        );
      }),
    );
  });

  it('meets no conflict where both say the same', () => {
    fc.assert(
      fc.property(spec, data => {
        const one = apply(empty, 'one', object(data));
        const two = apply(one, 'two', object(data), false);
        expect(two.spec).toEqual(data);
        expect(managedFieldsOf(two).map(({ manager }) => manager)).toEqual([
          'one',
          'two',
        ]);
      }),
    );
  });
});
