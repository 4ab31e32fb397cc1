import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { assessService } from 'backstage-plugin-llm-inference-common';
import type {
  KubernetesObject,
  Observation,
} from 'backstage-plugin-llm-inference-common';
import { component } from '../__testUtils__/component';
import { startSqlite } from '../__testUtils__/databases';
import type { TestDatabase } from '../__testUtils__/databases';
import { eventually } from '../__testUtils__/eventually';
import { FakeKubernetes } from '../__testUtils__/FakeKubernetes';
import { llmService, pod } from '../__testUtils__/objects';
import { startPortal } from '../__testUtils__/startPortal';
import { HistoryDatabase } from '../history/HistoryDatabase';
import { systemClock } from '../watch/Clock';
import { EvidenceDatabase } from './EvidenceDatabase';
import { KvBaselines } from './KvBaselines';

let server: TestDatabase;

beforeEach(async () => {
  server = await startSqlite();
});

afterEach(async () => {
  await server.stop();
});

describe('log evidence', () => {
  const LOG = '/api/v1/namespaces/llm/pods/qwen-kserve-0/log';

  it('is there again after a restart, and the log is not read again for it', async () => {
    const database = await server.create();
    const cluster = await FakeKubernetes.start();
    cluster.put(
      llmService('qwen', { entityRef: 'component:default/qwen' }),
      pod('qwen', 'decode', 0),
      pod('qwen', 'prefill', 0),
    );
    for (const name of ['qwen-kserve-0', 'qwen-kserve-prefill-0']) {
      cluster.documents.set(
        `/api/v1/namespaces/llm/pods/${name}:8000/proxy/metrics`,
        'process_start_time_seconds 1794588273.0\nvllm:nixl_xfer_time_seconds_count{engine="0"} 7\n',
      );
    }
    cluster.documents.set(
      LOG,
      '[1794588300.1] [node:1] ucp_context.c:1 UCX  INFO  ucp_context_0 inter-node cfg#2 rma(rc_mlx5/mlx5_0:1)\n',
    );
    const readings = () =>
      cluster.requests.filter(({ path }) => path === LOG).length;
    const start = () =>
      startPortal({
        clusters: { 'gpu-east': cluster },
        entities: [component('qwen', 'llm/qwen')],
        llmInference: {
          metrics: { intervalSeconds: 2, sources: [{ type: 'podProxy' }] },
          logs: { evidence: true },
        },
        features: [
          createServiceFactory({
            service: coreServices.database,
            deps: {},
            factory: () => database,
          }),
        ],
      });
    const knowsFabric = async (portal: Awaited<ReturnType<typeof start>>) =>
      await eventually(
        () => portal.get('/v1/services/gpu-east/llm/qwen'),
        ({ body }) => body.health?.kvTransfer.fabric === 'Rdma',
      );

    const before = await start();
    await knowsFabric(before);
    await before.stop();
    expect(readings()).toBe(1);

    const after = await start();
    await knowsFabric(after);
    expect(readings()).toBe(1);
    await after.stop();
    await cluster.stop();
  });
});

describe('the usual transfer rate', () => {
  const service = { cluster: 'gpu-east', namespace: 'llm', name: 'qwen' };
  const observation = (resource: KubernetesObject): Observation => ({
    now: '2026-11-22T10:00:00Z',
    service,
    objects: [resource],
  });
  const changed = (
    change: (spec: Record<string, unknown>) => void,
  ): KubernetesObject => {
    const resource = structuredClone(llmService('qwen'));
    change(resource.spec as Record<string, unknown>);
    return resource;
  };

  const rateOf = (kept: KvBaselines, resource: KubernetesObject) =>
    kept.observe(observation(resource)).history?.kvBaseline?.bytesPerSecond;

  async function baselines(rate: { now: number }) {
    const database = await server.create();
    await HistoryDatabase.open(database);
    const evidence = new EvidenceDatabase(database.knex);
    const open = () =>
      new KvBaselines({
        bandwidth: () => rate.now,
        clock: systemClock,
        database: () => evidence,
        logger: mockServices.logger.mock(),
      });
    const health = assessService(observation(llmService('qwen')));
    return {
      open,
      evidence,
      /** Lets a service be judged effective, and tells the rate that it is judged by from then on. */
      judge(kept: KvBaselines, resource: KubernetesObject) {
        kept.observe(observation(resource));
        kept.assessed({
          ...health,
          kvTransfer: { ...health.kvTransfer, effectiveness: 'Effective' },
        });
        return rateOf(kept, resource);
      },
    };
  }

  it('is never replaced by a worse one, and survives a restart', async () => {
    const rate = { now: 10e9 };
    const { open, evidence, judge } = await baselines(rate);
    const first = open();
    expect(judge(first, llmService('qwen'))).toBe(10e9);
    rate.now = 4e9;
    expect(judge(first, llmService('qwen'))).toBe(10e9);
    await eventually(
      () => evidence.baselines(),
      rows => rows.length === 1,
    );

    const second = open();
    await second.restore(evidence);
    expect(rateOf(second, llmService('qwen'))).toBe(10e9);
  });

  it('is not that of another service which had the name before', async () => {
    const rate = { now: 10e9 };
    const { open, judge } = await baselines(rate);
    const kept = open();
    judge(kept, llmService('qwen'));
    kept.gone(service);
    const later = llmService('qwen');
    later.metadata!.creationTimestamp = new Date(
      Date.now() + 1_000,
    ).toISOString();
    expect(rateOf(kept, later)).toBeUndefined();
  });

  it.each([
    [
      'the engines are set up anew',
      changed(spec => {
        spec.model = { uri: 'hf://other/model' };
      }),
      4e9,
    ],
    [
      'there are more pods',
      changed(spec => {
        spec.replicas = 7;
        spec.prefill = { ...Object(spec.prefill), replicas: 9 };
      }),
      10e9,
    ],
    [
      'requests are routed in another way',
      changed(spec => {
        spec.router = { gateway: { refs: [{ name: 'other' }] } };
      }),
      10e9,
    ],
  ])('where %s', async (_why, resource, expected) => {
    const rate = { now: 10e9 };
    const { open, judge } = await baselines(rate);
    const kept = open();
    judge(kept, llmService('qwen'));
    rate.now = 4e9;
    expect(judge(kept, resource)).toBe(expected);
  });
});
