import { component } from '../__testUtils__/component';
import { eventually } from '../__testUtils__/eventually';
import { FakeKubernetes } from '../__testUtils__/FakeKubernetes';
import { llmService, pod } from '../__testUtils__/objects';
import { ADA, BOB, startPortal } from '../__testUtils__/startPortal';
import type { Portal, PortalOptions } from '../__testUtils__/startPortal';

const statusOf = (name: string) =>
  `/v1/entities/component/default/${name}/status`;

describe('access', () => {
  let cluster: FakeKubernetes;
  let portal: Portal;

  beforeEach(async () => {
    cluster = await FakeKubernetes.start();
  });

  afterEach(async () => {
    await portal.stop();
    await cluster.stop();
  });

  async function start(options: Omit<PortalOptions, 'clusters'>) {
    portal = await startPortal({
      clusters: { 'gpu-east': cluster },
      ...options,
    });
  }

  const listBecomes = (total: number) =>
    eventually(
      () => portal.get('/v1/services'),
      ({ body }) => body.total === total,
    );

  it('lists, counts and names only what the caller may see', async () => {
    cluster.put(
      llmService('mine', { entityRef: 'component:default/mine' }),
      llmService('hidden', { entityRef: 'component:default/hidden' }),
      llmService('absent', { entityRef: 'component:default/absent' }),
      llmService('one-sided', { entityRef: 'component:default/mine' }),
      llmService('unbound'),
    );
    await start({
      entities: [
        component('mine', 'llm/mine'),
        component('hidden', 'llm/hidden'),
      ],
      policy: ({ name, resourceRef }) =>
        name === 'llm-inference.service.read' &&
        resourceRef !== 'component:default/hidden',
    });
    const { body } = await listBecomes(1);
    expect(body.items).toMatchObject([
      {
        service: { cluster: 'gpu-east', namespace: 'llm', name: 'mine' },
        owner: 'group:default/ml',
      },
    ]);
    expect(Object.values(body.counts)).toEqual([1]);
    expect(JSON.stringify(body)).not.toMatch(/hidden|absent|unbound|one-sided/);

    const service = (name: string) =>
      portal.get(`/v1/services/gpu-east/llm/${name}`);
    expect((await service('mine')).status).toBe(200);
    const refused = await service('hidden');
    const missing = await service('nothing');
    expect([refused.status, missing.status]).toEqual([404, 404]);
    expect(refused.body.error.message.replace('hidden', 'nothing')).toBe(
      missing.body.error.message,
    );
  });

  it('shows unbound services to those who may see the whole fleet', async () => {
    cluster.put(llmService('unbound'));
    await start({});
    const { body } = await listBecomes(1);
    expect(body.items[0].entityRef).toBeUndefined();
    const one = await portal.get('/v1/services/gpu-east/llm/unbound');
    expect(one.status).toBe(200);
  });

  it('does not tell a service that is not bound from one that is not there', async () => {
    cluster.put(
      llmService('theirs', { entityRef: 'component:default/theirs' }),
      llmService('mine', { entityRef: 'component:default/mine' }),
    );
    await start({
      entities: [
        component('mine', 'llm/mine'),
        component('probe-real', 'llm/theirs'),
        component('probe-none', 'llm/nothing'),
      ],
      policy: ({ name }) => name !== 'llm-inference.fleet.read',
    });
    await eventually(
      () => portal.get(statusOf('mine')),
      ({ body }) => body.services?.length === 1,
    );
    const real = await portal.get(statusOf('probe-real'));
    const none = await portal.get(statusOf('probe-none'));
    expect(real.body).toEqual({
      ...none.body,
      entityRef: 'component:default/probe-real',
    });
    expect(real.body.reason).toBe('NotFound');
  });

  it('refuses the status of an entity that may be seen but not read', async () => {
    await start({
      entities: [component('qwen', 'llm/qwen')],
      policy: ({ name }) => name !== 'llm-inference.service.read',
    });
    expect((await portal.get(statusOf('qwen'))).status).toBe(403);
    const stream = await portal.get(
      '/v1/stream?entityRef=component:default/qwen',
    );
    expect(stream.status).toBe(403);
  });

  it('shows verdict and counts and nothing else where only the entity names the service', async () => {
    cluster.put(llmService('qwen'), pod('qwen', 'decode', 0));
    await start({
      entities: [component('qwen', 'llm/qwen')],
      llmInference: { entityBinding: 'annotation' },
    });
    const { body } = await eventually(
      () => portal.get(statusOf('qwen')),
      answer => answer.body.services?.length === 1,
    );
    const [service] = body.services;
    expect(service.binding).toBe('Annotation');
    expect(service.health.pools.decode).toMatchObject({ ready: 1, pods: [] });
    expect(service.health.causes).toEqual([]);
    expect(service.model).toBeUndefined();
    expect(JSON.stringify(body)).not.toMatch(/qwen-kserve|llm-d-cuda|node-1/);
  });

  it('lists what an entity alone names with verdict and counts, to those who may read the entity', async () => {
    cluster.put(
      llmService('qwen', { entityRef: 'component:default/other' }),
      pod('qwen', 'decode', 0),
      llmService('phi'),
      llmService('nobodys'),
    );
    await start({
      entities: [component('qwen', 'llm/qwen'), component('phi', 'llm/phi')],
      llmInference: { entityBinding: 'annotation', logs: { enabled: true } },
      policy: ({ name, resourceRef }) =>
        name !== 'llm-inference.fleet.read' &&
        resourceRef !== 'component:default/phi',
    });
    const { body } = await listBecomes(1);
    expect(body.items).toMatchObject([
      {
        service: { name: 'qwen' },
        entityRef: 'component:default/qwen',
        owner: 'group:default/ml',
        pools: { decode: { ready: 1 } },
        endpoints: [],
      },
    ]);
    expect(JSON.stringify(body)).not.toMatch(/phi|nobodys|rootCause|"model"/);
    const one = await portal.get('/v1/services/gpu-east/llm/qwen');
    expect(one.body).toMatchObject({
      binding: 'Annotation',
      health: { causes: [], pools: { decode: { ready: 1, pods: [] } } },
    });
    for (const detail of [
      'timeline',
      'metrics',
      'pods/qwen-kserve-0/log?container=main',
    ]) {
      const { status } = await portal.get(
        `/v1/services/gpu-east/llm/qwen/${detail}`,
      );
      expect([detail, status]).toEqual([detail, 404]);
    }
    expect((await portal.get('/v1/transitions')).body).toEqual({ items: [] });
  });

  it('decides about a whole fleet in a handful of requests, and keeps the decisions per user', async () => {
    const names = Array.from({ length: 600 }, (_, index) => `svc-${index}`);
    cluster.put(
      ...names.map(name =>
        llmService(name, { entityRef: `component:default/${name}` }),
      ),
    );
    await start({
      entities: names.map(name => component(name, `llm/${name}`)),
    });
    await listBecomes(600);
    Object.assign(portal.asked, { requests: 0, decisions: 0 });
    await portal.get('/v1/services', { user: ADA });
    await portal.get(statusOf('svc-1'), { user: ADA });
    expect(portal.asked.requests).toBe(0);
    await portal.get('/v1/services', { user: BOB });
    expect(portal.asked.requests).toBeLessThanOrEqual(3);
    expect(portal.asked.decisions).toBe(601);
  });

  it('refuses queries that it does not know', async () => {
    await start({});
    for (const query of [
      'services?labelSelector=a%3Db',
      'services?limit=100000',
      'services?verdict=Fine',
      'stream',
    ]) {
      expect((await portal.get(`/v1/${query}`)).status).toBe(400);
    }
    const { body } = await portal.get('/v1/stream?entityRef=..%2Fetc');
    expect(body.error.message).toContain('entityRef');
  });
});
