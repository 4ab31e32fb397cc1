import { JsonRecord } from '../../cluster/json';
import {
  configMap,
  eventually,
  useApiUnderTest,
} from '../testing/apiUnderTest';

const api = useApiUnderTest();
const path = (name = '') => `${api.core('configmaps')}${name && `/${name}`}`;

const isThere = async (name: string) =>
  (await api.client.get(path(name))).status === 200;

async function create(name: string, metadata: object = {}): Promise<string> {
  const { body } = await api.client.post(path(), {
    ...configMap(name),
    metadata: { name, ...metadata },
  });
  return String((body.metadata as JsonRecord).uid);
}

const ownedBy = (name: string, uid: string, extra: object = {}) => ({
  ownerReferences: [
    { apiVersion: 'v1', kind: 'ConfigMap', name, uid, ...extra },
  ],
});

describe('delete', () => {
  it('removes an object and says so', async () => {
    const uid = await create('gone');
    const { status, body } = await api.client.delete(path('gone'));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      kind: 'Status',
      status: 'Success',
      details: { name: 'gone', kind: 'configmaps', uid },
    });
    expect(await isThere('gone')).toBe(false);
    const again = await api.client.delete(path('gone'));
    expect(again.status).toBe(404);
  });

  it('minds preconditions', async () => {
    await create('guarded');
    const { status } = await api.client.delete(path('guarded'), {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      preconditions: { uid: '00000000-0000-0000-0000-000000000000' },
    });
    expect(status).toBe(409);
    expect(await isThere('guarded')).toBe(true);
  });

  it('waits for finalizers', async () => {
    await create('held', { finalizers: ['example.com/hold'] });
    await api.client.delete(path('held'));
    const { body } = await api.client.get(path('held'));
    expect(body.metadata).toHaveProperty('deletionTimestamp');
    await api.client.patch(path('held'), 'merge', {
      metadata: { finalizers: null },
    });
    expect(await isThere('held')).toBe(false);
  });

  it('takes along what the object owns', async () => {
    const uid = await create('owner');
    await create('owned', ownedBy('owner', uid));
    await api.client.delete(path('owner'));
    const there = await eventually(
      () => isThere('owned'),
      answer => !answer,
    );
    expect(there).toBe(false);
  });

  it('leaves orphans where that is wanted', async () => {
    const uid = await create('leaver');
    await create('orphan', ownedBy('leaver', uid));
    await api.client.delete(path('leaver'), {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      propagationPolicy: 'Orphan',
    });
    await eventually(
      () => isThere('leaver'),
      there => !there,
    );
    const { body } = await eventually(
      () => api.client.get(path('orphan')),
      answer =>
        (answer.body.metadata as JsonRecord).ownerReferences === undefined,
    );
    expect(body.kind).toBe('ConfigMap');
  });

  it('in the foreground waits for dependents that block it', async () => {
    const uid = await create('front');
    await create('blocker', {
      ...ownedBy('front', uid, { blockOwnerDeletion: true }),
      finalizers: ['example.com/hold'],
    });
    await api.client.delete(path('front'), {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      propagationPolicy: 'Foreground',
    });
    await eventually(
      () => api.client.get(path('blocker')),
      ({ body }) =>
        (body.metadata as JsonRecord).deletionTimestamp !== undefined,
    );
    expect(await isThere('front')).toBe(true);
    await api.client.patch(path('blocker'), 'merge', {
      metadata: { finalizers: null },
    });
    await eventually(
      () => isThere('front'),
      there => !there,
    );
  });

  it('of a collection removes what is selected', async () => {
    await create('many-1', { labels: { many: 'yes' } });
    await create('many-2', { labels: { many: 'yes' } });
    await create('few', { labels: { many: 'no' } });
    const { status } = await api.client.delete(path(), undefined, {
      labelSelector: 'many=yes',
    });
    expect(status).toBe(200);
    expect(await isThere('many-1')).toBe(false);
    expect(await isThere('many-2')).toBe(false);
    expect(await isThere('few')).toBe(true);
  });

  it('of a namespace removes all that is in it', async () => {
    const name = `${api.namespace}-extra`;
    await api.client.post('/api/v1/namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    });
    await api.client.post(
      `/api/v1/namespaces/${name}/configmaps`,
      configMap('inside'),
    );
    const { body } = await api.client.delete(`/api/v1/namespaces/${name}`);
    expect(body).toMatchObject({ status: { phase: 'Terminating' } });
    const refused = await api.client.post(
      `/api/v1/namespaces/${name}/configmaps`,
      configMap('late'),
    );
    expect([403, 404]).toContain(refused.status);
    await eventually(
      () => api.client.get(`/api/v1/namespaces/${name}`),
      ({ status }) => status === 404,
    );
  });
});
