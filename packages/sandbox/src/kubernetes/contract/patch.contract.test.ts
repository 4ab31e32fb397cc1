import { JsonRecord } from '../../cluster/json';
import { Answer } from '../testing/ApiClient';
import { configMap, useApiUnderTest } from '../testing/apiUnderTest';

const api = useApiUnderTest();

/** Scaled to nothing and paused, so that no controller of a real cluster changes it. */
const deployment = (name: string, containers: object[]) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: {
    replicas: 0,
    paused: true,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers },
    },
  },
});

const containersOf = ({ body }: Answer) =>
  (
    body.spec as {
      template: { spec: { containers: Array<JsonRecord> } };
    }
  ).template.spec.containers;

describe('merge patch', () => {
  it('merges objects, removes with null and replaces lists', async () => {
    const path = `${api.core('configmaps')}/merged`;
    await api.client.post(
      api.core('configmaps'),
      configMap('merged', { data: { keep: '1', drop: '2' } }),
    );
    const { status, body } = await api.client.patch(path, 'merge', {
      data: { drop: null, add: '3' },
    });
    expect(status).toBe(200);
    expect(body.data).toEqual({ keep: '1', add: '3' });
  });

  it('is a conflict where it names an older version', async () => {
    const { status } = await api.client.patch(
      `${api.core('configmaps')}/merged`,
      'merge',
      { metadata: { resourceVersion: '1' }, data: { late: 'x' } },
    );
    expect(status).toBe(409);
  });
});

describe('JSON patch', () => {
  it('adds, replaces, tests and removes', async () => {
    const path = `${api.core('configmaps')}/json`;
    await api.client.post(
      api.core('configmaps'),
      configMap('json', { data: { a: '1', b: '2' } }),
    );
    const { body } = await api.client.patch(path, 'json', [
      { op: 'test', path: '/data/a', value: '1' },
      { op: 'replace', path: '/data/a', value: '10' },
      { op: 'remove', path: '/data/b' },
      { op: 'add', path: '/metadata/labels', value: { 'x/y': 'z' } },
    ]);
    expect(body.data).toEqual({ a: '10' });
    const refused = await api.client.patch(path, 'json', [
      { op: 'test', path: '/data/a', value: 'other' },
    ]);
    expect(refused.status).toBe(422);
  });
});

describe('strategic merge patch', () => {
  it('merges containers and their environment by name', async () => {
    const collection = api.group('apps/v1', 'deployments');
    await api.client.post(
      collection,
      deployment('merged', [
        { name: 'main', image: 'main:1', env: [{ name: 'A', value: '1' }] },
        { name: 'side', image: 'side:1' },
      ]),
    );
    const patched = await api.client.patch(
      `${collection}/merged`,
      'strategic-merge',
      {
        spec: {
          template: {
            spec: {
              containers: [
                { name: 'main', env: [{ name: 'B', value: '2' }] },
                { name: 'side', $patch: 'delete' },
              ],
            },
          },
        },
      },
    );
    expect(patched.status).toBe(200);
    const [main, ...others] = containersOf(patched);
    expect(others).toEqual([]);
    expect(main).toMatchObject({ name: 'main', image: 'main:1' });
    expect((main.env as JsonRecord[]).map(({ name }) => name).sort()).toEqual([
      'A',
      'B',
    ]);
  });
});

describe('server-side apply', () => {
  const path = () => `${api.core('configmaps')}/applied`;
  const apply = (
    manager: string,
    data: Record<string, string>,
    query: Record<string, string> = {},
  ) =>
    api.client.patch(path(), 'apply', configMap('applied', { data }), {
      fieldManager: manager,
      ...query,
    });

  it('creates, shares, refuses, forces and gives up fields', async () => {
    const created = await apply('first', { mine: '1', shared: '1' });
    expect(created.status).toBe(201);
    expect(created.body.metadata).toMatchObject({
      managedFields: [
        {
          manager: 'first',
          operation: 'Apply',
          fieldsV1: { 'f:data': { 'f:mine': {}, 'f:shared': {} } },
        },
      ],
    });

    const agreed = await apply('second', { shared: '1', theirs: '1' });
    expect(agreed.status).toBe(200);

    const refused = await apply('second', { shared: '2', theirs: '1' });
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({
      reason: 'Conflict',
      message:
        'Apply failed with 1 conflict: conflict with "first": .data.shared',
      details: {
        causes: [
          {
            reason: 'FieldManagerConflict',
            message: 'conflict with "first"',
            field: '.data.shared',
          },
        ],
      },
    });

    const forced = await apply(
      'second',
      { shared: '2', theirs: '1' },
      { force: 'true' },
    );
    expect(forced.body.data).toEqual({ mine: '1', shared: '2', theirs: '1' });

    const givenUp = await apply('second', { theirs: '1' });
    expect(givenUp.body.data).toEqual({ mine: '1', theirs: '1' });
  });

  it('applies twice without a new version', async () => {
    const once = await apply('again', { stable: '1' });
    const twice = await apply('again', { stable: '1' });
    expect((twice.body.metadata as JsonRecord).resourceVersion).toBe(
      (once.body.metadata as JsonRecord).resourceVersion,
    );
  });

  it('meets what others wrote without applying', async () => {
    await api.client.patch(
      path(),
      'merge',
      { data: { stable: 'patched' } },
      { fieldManager: 'patcher' },
    );
    const refused = await apply('again', { stable: '1' });
    expect(refused.status).toBe(409);
    expect(refused.body.message).toMatch(/conflict with "patcher" using v1/);
  });

  it('merges lists by their keys', async () => {
    const collection = api.group('apps/v1', 'deployments');
    const applyContainers = (manager: string, containers: object[]) =>
      api.client.patch(
        `${collection}/listed`,
        'apply',
        deployment('listed', containers),
        { fieldManager: manager, force: 'true' },
      );
    await applyContainers('one', [{ name: 'a', image: 'a:1' }]);
    await applyContainers('two', [{ name: 'b', image: 'b:1' }]);
    const both = await api.client.get(`${collection}/listed`);
    expect(containersOf(both).map(({ name }) => name)).toEqual(['a', 'b']);
    const less = await applyContainers('two', [{ name: 'a', image: 'a:1' }]);
    expect(containersOf(less).map(({ name }) => name)).toEqual(['a']);
  });

  it('wants to know who applies', async () => {
    const { status } = await api.client.patch(
      path(),
      'apply',
      configMap('applied'),
    );
    expect(status).toBe(422);
  });
});

it('does not know other kinds of patches', async () => {
  const { status, body } = await api.client.request(
    'PATCH',
    `${api.core('configmaps')}/merged`,
    { body: {}, type: 'application/json' },
  );
  expect(status).toBe(415);
  expect(body).toMatchObject({ reason: 'UnsupportedMediaType' });
});
