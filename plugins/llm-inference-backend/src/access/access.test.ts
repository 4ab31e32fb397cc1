import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import request from 'supertest';
import { backendConfig } from '../__testUtils__/backendConfig';
import { component } from '../__testUtils__/component';
import { eventually } from '../__testUtils__/eventually';
import { FakeKubernetes } from '../__testUtils__/FakeKubernetes';
import { llmService, pod } from '../__testUtils__/objects';
import { llmInferencePlugin } from '../plugin';

const BASE = '/api/llm-inference/v1';
const ADA = 'user:default/ada';
const BOB = 'user:default/bob';

type Policy = (query: { name: string; resourceRef?: string }) => boolean;

describe('access', () => {
  let cluster: FakeKubernetes;
  let backend: Awaited<ReturnType<typeof startTestBackend>> | undefined;
  let policy: Policy;
  let requests: number;
  let decisions: number;

  beforeEach(async () => {
    cluster = await FakeKubernetes.start();
    policy = () => true;
    requests = 0;
    decisions = 0;
  });

  afterEach(async () => {
    await backend?.stop();
    await cluster.stop();
  });

  async function start(entities: Entity[], llmInference = {}) {
    backend = await startTestBackend({
      features: [
        llmInferencePlugin,
        mockServices.rootConfig.factory({
          data: {
            ...backendConfig([{ name: 'gpu-east', url: cluster.url }]),
            llmInference,
          },
        }),
        catalogServiceMock.factory({ entities }),
        mockServices.permissions.mock({
          authorize: async queries => {
            requests += 1;
            decisions += queries.length;
            return queries.map(({ permission, resourceRef }) => ({
              result: policy({ name: permission.name, resourceRef })
                ? AuthorizeResult.ALLOW
                : AuthorizeResult.DENY,
            }));
          },
        }).factory,
      ],
    });
    const api = request(backend.server);
    return (user: string, path: string) =>
      api
        .get(`${BASE}/${path}`)
        .set('authorization', mockCredentials.user.header(user));
  }

  const withoutFleet: Policy = ({ name }) =>
    name !== 'llm-inference.fleet.read';

  it('lists, counts and names only what the caller may see', async () => {
    policy = ({ name, resourceRef }) =>
      name === 'llm-inference.service.read' &&
      resourceRef !== 'component:default/hidden';
    cluster.put(
      llmService('mine', { entityRef: 'component:default/mine' }),
      llmService('hidden', { entityRef: 'component:default/hidden' }),
      llmService('absent', { entityRef: 'component:default/absent' }),
      llmService('one-sided', { entityRef: 'component:default/mine' }),
      llmService('unbound'),
    );
    const get = await start([
      component('mine', 'llm/mine'),
      component('hidden', 'llm/hidden'),
    ]);
    const { body } = await eventually(
      () => get(ADA, 'services'),
      answer => answer.body.total === 1,
    );
    expect(
      body.items.map((item: { service: unknown }) => item.service),
    ).toEqual([{ cluster: 'gpu-east', namespace: 'llm', name: 'mine' }]);
    expect(Object.values(body.counts)).toEqual([1]);
    expect(JSON.stringify(body)).not.toMatch(/hidden|absent|unbound|one-sided/);
    await get(ADA, 'services/gpu-east/llm/mine').expect(200);
    const refused = await get(ADA, 'services/gpu-east/llm/hidden').expect(404);
    const missing = await get(ADA, 'services/gpu-east/llm/nothing').expect(404);
    expect(refused.body.error.message.replace('hidden', 'nothing')).toBe(
      missing.body.error.message,
    );
  });

  it('shows unbound services to those who may see the whole fleet', async () => {
    cluster.put(llmService('unbound'));
    const get = await start([]);
    const { body } = await eventually(
      () => get(ADA, 'services'),
      answer => answer.body.total === 1,
    );
    expect(body.items[0].entityRef).toBeUndefined();
    await get(ADA, 'services/gpu-east/llm/unbound').expect(200);
  });

  it('does not tell a service that is not bound from one that is not there', async () => {
    policy = withoutFleet;
    cluster.put(
      llmService('theirs', { entityRef: 'component:default/theirs' }),
      llmService('mine', { entityRef: 'component:default/mine' }),
    );
    const get = await start([
      component('mine', 'llm/mine'),
      component('probe-real', 'llm/theirs'),
      component('probe-none', 'llm/nothing'),
    ]);
    await eventually(
      () => get(ADA, 'entities/component/default/mine/status'),
      ({ body }) => body.services?.length === 1,
    );
    const real = await get(ADA, 'entities/component/default/probe-real/status');
    const none = await get(ADA, 'entities/component/default/probe-none/status');
    expect(real.body).toEqual({
      ...none.body,
      entityRef: 'component:default/probe-real',
    });
    expect(real.body.reason).toBe('NotFound');
  });

  it('refuses the status of an entity that may be seen but not read', async () => {
    policy = ({ name }) => name !== 'llm-inference.service.read';
    const get = await start([component('qwen', 'llm/qwen')]);
    await get(ADA, 'entities/component/default/qwen/status').expect(403);
    const stream = await get(ADA, 'stream?entityRef=component:default/qwen');
    expect(stream.status).toBe(403);
  });

  it('shows verdict and counts and nothing else where only the entity names the service', async () => {
    cluster.put(llmService('qwen'), pod('qwen', 'decode', 0));
    const get = await start([component('qwen', 'llm/qwen')], {
      entityBinding: 'annotation',
    });
    const { body } = await eventually(
      () => get(ADA, 'entities/component/default/qwen/status'),
      answer => answer.body.services?.length === 1,
    );
    const [service] = body.services;
    expect(service.binding).toBe('Annotation');
    expect(service.health.pools.decode).toMatchObject({ ready: 1, pods: [] });
    expect(service.health.causes).toEqual([]);
    expect(service.model).toBeUndefined();
    expect(JSON.stringify(body)).not.toMatch(/qwen-kserve|llm-d-cuda|node-1/);
  });

  it('decides about a whole fleet in a handful of requests, and keeps the decisions per user', async () => {
    const names = Array.from({ length: 600 }, (_, index) => `svc-${index}`);
    cluster.put(
      ...names.map(name =>
        llmService(name, { entityRef: `component:default/${name}` }),
      ),
    );
    const get = await start(names.map(name => component(name, `llm/${name}`)));
    await eventually(
      () => get(ADA, 'services?limit=1'),
      ({ body }) => body.total === 600,
    );
    requests = 0;
    decisions = 0;
    await get(ADA, 'services?limit=1').expect(200);
    await get(ADA, 'entities/component/default/svc-1/status').expect(200);
    expect(requests).toBe(0);
    await get(BOB, 'services?limit=1').expect(200);
    expect(requests).toBeLessThanOrEqual(3);
    expect(decisions).toBe(601);
  });

  it('refuses queries that it does not know', async () => {
    const get = await start([]);
    await get(ADA, 'services?labelSelector=a%3Db').expect(400);
    await get(ADA, 'services?limit=100000').expect(400);
    await get(ADA, 'services?verdict=Fine').expect(400);
    await get(ADA, 'stream').expect(400);
    const { body } = await get(ADA, 'stream?entityRef=..%2Fetc').expect(400);
    expect(body.error.message).toContain('entityRef');
  });
});
