import type { Entity } from '@backstage/catalog-model';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import { backendConfig } from './__testUtils__/backendConfig';
import { component } from './__testUtils__/component';
import { FakeKubernetes } from './__testUtils__/FakeKubernetes';
import { llmService, pod } from './__testUtils__/objects';
import { eventually } from './__testUtils__/eventually';
import { llmInferencePlugin } from './plugin';

const QWEN = 'component:default/qwen';

describe('llm-inference backend', () => {
  let cluster: FakeKubernetes;
  let backend: Awaited<ReturnType<typeof startTestBackend>> | undefined;

  beforeEach(async () => {
    cluster = await FakeKubernetes.start();
  });

  afterEach(async () => {
    await backend?.stop();
    backend = undefined;
    await cluster.stop();
  });

  async function start(
    entities: Entity[],
    data = backendConfig([{ name: 'gpu-east', url: cluster.url }]),
  ) {
    backend = await startTestBackend({
      features: [
        llmInferencePlugin,
        mockServices.rootConfig.factory({ data }),
        catalogServiceMock.factory({ entities }),
      ],
    });
    return request(backend.server);
  }

  it('reports both pools of the service behind an entity, and a change of them', async () => {
    cluster.put(
      llmService('qwen', { entityRef: QWEN }),
      pod('qwen', 'decode', 0),
      pod('qwen', 'prefill', 0),
      pod('qwen', 'prefill', 1, { ready: false }),
    );
    const api = await start([component('qwen', 'llm/qwen')]);
    const read = async () =>
      (
        await api.get(
          '/api/llm-inference/v1/entities/component/default/qwen/status',
        )
      ).body;

    const status = await eventually(read, body => body.services?.length === 1);
    expect(status).toMatchObject({
      entityRef: QWEN,
      services: [
        {
          service: { cluster: 'gpu-east', namespace: 'llm', name: 'qwen' },
          binding: 'Verified',
          apiVersion: 'v1alpha2',
          freshness: { state: 'Live' },
          health: {
            disaggregated: true,
            pools: {
              decode: { desired: 1, ready: 1 },
              prefill: { desired: 2, ready: 1 },
            },
          },
        },
      ],
    });
    expect(cluster.requests[0].authorization).toBe('Bearer let-me-in');

    cluster.put(pod('qwen', 'prefill', 1));
    await eventually(
      read,
      body => body.services[0].health.pools.prefill.ready === 2,
    );
  });

  it('shows nothing of a service that does not name the entity back', async () => {
    cluster.put(
      llmService('secret', { entityRef: 'component:default/theirs' }),
      llmService('open', { entityRef: 'component:default/mine' }),
    );
    const api = await start([
      component('mine', 'llm/open'),
      component('curious', 'llm/secret'),
    ]);
    await eventually(
      async () =>
        (
          await api.get(
            '/api/llm-inference/v1/entities/component/default/mine/status',
          )
        ).body,
      body => body.services?.length === 1,
    );
    const { body } = await api.get(
      '/api/llm-inference/v1/entities/component/default/curious/status',
    );
    expect(body.services).toEqual([]);
  });

  it('answers 404 for an entity that the catalog does not show to the caller, and 401 to strangers', async () => {
    const api = await start([]);
    const path = '/api/llm-inference/v1/entities/component/default/none/status';
    await api.get(path).expect(404);
    await api
      .get(path)
      .set('authorization', mockCredentials.none.header())
      .expect(401);
  });
});
