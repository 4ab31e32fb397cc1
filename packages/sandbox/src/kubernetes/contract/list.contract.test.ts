import { JsonRecord } from '../../cluster/json';
import { Answer } from '../testing/ApiClient';
import { configMap, useApiUnderTest } from '../testing/apiUnderTest';

const api = useApiUnderTest();

const names = ({ body }: Answer) =>
  (body.items as Array<{ metadata: { name: string } }>).map(
    item => item.metadata.name,
  );
const listMetadata = ({ body }: Answer) => body.metadata as JsonRecord;

const SELECTOR = { labelSelector: 'suite=list' };

beforeAll(async () => {
  for (const [index, letter] of ['a', 'b', 'c', 'd', 'e'].entries()) {
    await api.client.post(api.core('secrets'), {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: `${letter}-item`,
        labels: {
          suite: 'list',
          letter,
          parity: index % 2 ? 'odd' : 'even',
        },
      },
      type: letter === 'e' ? 'example.com/special' : 'Opaque',
    });
  }
});

describe('list', () => {
  it('has a kind, a version, and its items in the order of their names', async () => {
    const answer = await api.client.get(api.core('secrets'), SELECTOR);
    expect(answer.body).toMatchObject({
      kind: 'SecretList',
      apiVersion: 'v1',
      metadata: { resourceVersion: expect.stringMatching(/^\d+$/) },
    });
    expect(names(answer)).toEqual([
      'a-item',
      'b-item',
      'c-item',
      'd-item',
      'e-item',
    ]);
  });

  it('comes in pages that show one moment', async () => {
    const first = await api.client.get(api.core('secrets'), {
      ...SELECTOR,
      limit: '2',
    });
    expect(names(first)).toEqual(['a-item', 'b-item']);
    await api.client.post(api.core('secrets'), {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'cc-late', labels: { suite: 'list' } },
    });
    const pages: string[] = [];
    let token = String(listMetadata(first).continue);
    let versions: unknown[] = [listMetadata(first).resourceVersion];
    while (token) {
      const page = await api.client.get(api.core('secrets'), {
        ...SELECTOR,
        limit: '2',
        continue: token,
      });
      pages.push(...names(page));
      versions = [...versions, listMetadata(page).resourceVersion];
      token = String(listMetadata(page).continue ?? '');
    }
    expect(pages).toEqual(['c-item', 'd-item', 'e-item']);
    expect(new Set(versions).size).toBe(1);
    await api.client.delete(`${api.core('secrets')}/cc-late`);
  });

  it('says how many remain where no selector hides them', async () => {
    const answer = await api.client.get(api.core('secrets'), { limit: '1' });
    expect(listMetadata(answer)).toMatchObject({ remainingItemCount: 4 });
  });

  it('refuses a continue token that it did not make', async () => {
    const { status, body } = await api.client.get(api.core('secrets'), {
      limit: '2',
      continue: 'nonsense',
    });
    expect(status).toBe(400);
    expect(body).toMatchObject({
      message: expect.stringContaining('continue key is not valid'),
    });
  });

  it.each([
    ['letter=b', ['b-item']],
    ['letter==b', ['b-item']],
    ['parity=even,letter!=a', ['c-item', 'e-item']],
    ['letter in (a, d)', ['a-item', 'd-item']],
    ['suite=list,letter notin (a,b,c,d)', ['e-item']],
    ['letter,parity=odd', ['b-item', 'd-item']],
    ['suite=list,!parity', []],
  ])('selects by labels: %s', async (labelSelector, expected) => {
    const answer = await api.client.get(api.core('secrets'), { labelSelector });
    expect(names(answer)).toEqual(expected);
  });

  it.each([
    ['metadata.name=c-item', ['c-item']],
    ['type=example.com/special', ['e-item']],
    [
      'metadata.name!=a-item,type!=example.com/special',
      ['b-item', 'c-item', 'd-item'],
    ],
  ])('selects by fields: %s', async (fieldSelector, expected) => {
    const answer = await api.client.get(api.core('secrets'), {
      ...SELECTOR,
      fieldSelector,
    });
    expect(names(answer)).toEqual(expected);
  });

  it('refuses selectors that it cannot read', async () => {
    const labels = await api.client.get(api.core('secrets'), {
      labelSelector: 'a=!b=',
    });
    expect(labels.status).toBe(400);
    const fields = await api.client.get(api.core('secrets'), {
      fieldSelector: 'data.secret=x',
    });
    expect(fields.status).toBe(400);
    expect(fields.body).toMatchObject({
      message: expect.stringContaining(
        'field label not supported: data.secret',
      ),
    });
  });

  it('is of all namespaces without one in the path', async () => {
    const answer = await api.client.get('/api/v1/secrets', SELECTOR);
    expect(names(answer)).toEqual(expect.arrayContaining(['a-item', 'e-item']));
  });

  it('refuses a version of the future', async () => {
    const { status, body } = await api.client.get(api.core('secrets'), {
      resourceVersion: '999999999999',
    });
    expect(status).toBe(504);
    expect(body).toMatchObject({
      message: expect.stringContaining('Too large resource version'),
    });
  });
});

describe('other forms', () => {
  it('are a table with columns and rows', async () => {
    await api.client.post(
      api.core('configmaps'),
      configMap('tabled', { data: { a: '1', b: '2' } }),
    );
    const { body } = await api.client.request(
      'GET',
      `${api.core('configmaps')}/tabled`,
      {
        accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json',
      },
    );
    expect(body).toMatchObject({
      kind: 'Table',
      apiVersion: 'meta.k8s.io/v1',
      columnDefinitions: [{ name: 'Name' }, { name: 'Data' }, { name: 'Age' }],
      rows: [
        {
          cells: ['tabled', 2, expect.stringMatching(/^\d+s$/)],
          object: { kind: 'PartialObjectMetadata' },
        },
      ],
    });
  });

  it('are metadata alone', async () => {
    const { body } = await api.client.request('GET', api.core('secrets'), {
      query: SELECTOR,
      accept:
        'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json',
    });
    expect(body.kind).toBe('PartialObjectMetadataList');
    expect((body.items as object[])[0]).not.toHaveProperty('type');
  });
});

describe('discovery', () => {
  it('names version, groups and resources', async () => {
    const version = await api.client.get('/version');
    expect(version.body).toMatchObject({ major: '1' });
    const groups = await api.client.get('/apis');
    expect(
      (groups.body.groups as Array<{ name: string }>).map(({ name }) => name),
    ).toEqual(expect.arrayContaining(['apps', 'networking.k8s.io']));
    const core = await api.client.get('/api/v1');
    expect(core.body).toMatchObject({
      kind: 'APIResourceList',
      groupVersion: 'v1',
      resources: expect.arrayContaining([
        expect.objectContaining({
          name: 'pods',
          kind: 'Pod',
          namespaced: true,
          shortNames: ['po'],
        }),
        expect.objectContaining({ name: 'pods/log' }),
      ]),
    });
    const apps = await api.client.get('/apis/apps');
    expect(apps.body).toMatchObject({
      name: 'apps',
      preferredVersion: { groupVersion: 'apps/v1' },
    });
  });

  it('comes in one answer where that is asked for', async () => {
    const { body } = await api.client.request('GET', '/apis', {
      accept:
        'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json',
    });
    expect(body).toMatchObject({
      kind: 'APIGroupDiscoveryList',
      apiVersion: 'apidiscovery.k8s.io/v2',
    });
  });

  it('has an OpenAPI document that allows server-side field validation', async () => {
    const index = await api.client.get('/openapi/v3');
    const { serverRelativeURL } = (
      index.body.paths as Record<string, { serverRelativeURL: string }>
    )['apis/apps/v1'];
    const { body } = await api.client.get(serverRelativeURL);
    const path = (body.paths as Record<string, JsonRecord>)[
      '/apis/apps/v1/namespaces/{namespace}/deployments/{name}'
    ];
    expect(JSON.stringify(path.patch)).toContain('fieldValidation');
  });
});
