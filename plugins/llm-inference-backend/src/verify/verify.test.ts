import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import { component } from '../__testUtils__/component';
import { eventually } from '../__testUtils__/eventually';
import { FakeKubernetes } from '../__testUtils__/FakeKubernetes';
import { llmService, pod } from '../__testUtils__/objects';
import { startPortal } from '../__testUtils__/startPortal';
import type { Portal } from '../__testUtils__/startPortal';

const SERVICE = '/v1/services/gpu-east/llm/qwen';
const LOG = /\/pods\/qwen-kserve-0\/log$/;
const METRICS =
  /\/pods\/((?:qwen|llama|mistral|gemma)-kserve(?:-prefill)?-0):8000\/proxy\/metrics$/;

const NAMES = ['qwen', 'llama', 'mistral', 'gemma'];
const UCX =
  '[1794588300.1] [node:1] ucp_context.c:1 UCX  INFO  ucp_context_0 inter-node cfg#2 rma(rc_mlx5/mlx5_0:1)\n';

/** A service whose endpoint answers, and whose pods count what went through it. */
async function startService(movesKv: boolean) {
  const asked: string[] = [];
  /** What the endpoint does with a request. */
  const way = { answers: 200, waitsFor: Promise.resolve() };
  const endpoint = createServer((request, response) => {
    let body = '';
    request.on('data', chunk => {
      body += chunk;
    });
    request.on('end', async () => {
      asked.push(body);
      await way.waitsFor;
      response.writeHead(way.answers);
      response.end(JSON.stringify({ usage: { prompt_tokens: 2100 } }));
    });
  });
  await new Promise<void>(resolve =>
    endpoint.listen(0, '127.0.0.1', () => resolve()),
  );
  const { port } = endpoint.address() as AddressInfo;
  const cluster = await FakeKubernetes.start();
  for (const name of NAMES) {
    const resource = llmService(name, {
      entityRef: `component:default/${name}`,
    });
    cluster.put(
      {
        ...resource,
        status: {
          observedGeneration: 1,
          conditions: [],
          addresses: [
            {
              name: 'gateway-external',
              url: `http://203.0.113.14/llm/${name}`,
              models: [{ name: 'qwen' }],
            },
          ],
        },
      } as typeof resource,
      pod(name, 'decode', 0),
      pod(name, 'prefill', 0),
    );
  }
  cluster.fault = ({ path }) => {
    // UCX tells what it goes over with the first transfer, not before.
    if (LOG.test(path)) return { body: asked.length > 0 && movesKv ? UCX : '' };
    const name = METRICS.exec(path)?.[1];
    if (!name) return undefined;
    const moved = movesKv ? asked.length : 0;
    return {
      body: [
        'process_start_time_seconds 1794588273.0',
        `vllm:request_success_total{engine="0"} ${asked.length}`,
        `vllm:prompt_tokens_total{engine="0"} ${asked.length * 2100}`,
        `vllm:nixl_xfer_time_seconds_count{engine="0"} ${moved}`,
        `vllm:nixl_xfer_time_seconds_sum{engine="0"} ${moved * 0.02}`,
        `vllm:nixl_bytes_transferred_sum{engine="0"} ${moved * 224e6}`,
      ].join('\n'),
    };
  };
  return {
    cluster,
    asked,
    way,
    gateway: `http://127.0.0.1:${port}`,
    stop: async () => {
      endpoint.closeAllConnections();
      endpoint.close();
      await cluster.stop();
    },
  };
}

type Service = Awaited<ReturnType<typeof startService>>;

describe('verifying', () => {
  let service: Service;
  let portal: Portal;
  /** What the auditor heard of verifications. */
  const audited: string[] = [];
  const auditor = mockServices.auditor.mock();

  beforeEach(() => {
    auditor.createEvent.mockImplementation(
      async ({ eventId, severityLevel, meta }) => {
        const told = (end: string) => async () => {
          if (eventId === 'pd-verify') {
            audited.push(
              `${severityLevel} ${meta?.namespace}/${meta?.service} ${end}`,
            );
          }
        };
        return { success: told('done'), fail: told('failed') };
      },
    );
  });

  afterEach(async () => {
    await portal.stop();
    await service.stop();
  });

  const start = async (
    movesKv: boolean,
    options: { enabled?: boolean; denied?: string; evidence?: boolean } = {},
  ) => {
    service = await startService(movesKv);
    portal = await startPortal({
      clusters: { 'gpu-east': service.cluster },
      entities: NAMES.map(name => component(name, `llm/${name}`)),
      policy: ({ name }) => name !== options.denied,
      features: [auditor.factory],
      llmInference: {
        logs: { evidence: options.evidence ?? false },
        metrics: { intervalSeconds: 2, sources: [{ type: 'podProxy' }] },
        verifyPd: {
          enabled: options.enabled ?? true,
          gateways: [{ from: 'http://203.0.113.14', to: service.gateway }],
        },
      },
    });
    await eventually(
      () => portal.get(`${SERVICE}/metrics`),
      ({ body }) => body.source === 'PodProxy',
    );
    await eventually(
      () =>
        new Set(
          service.cluster.requests.flatMap(
            ({ path }) => METRICS.exec(path)?.[1] ?? [],
          ),
        ),
      ({ size }) => size === 2 * NAMES.length,
    );
    audited.length = 0;
  };

  it('tells how much KV cache moved, how fast and over what', async () => {
    await start(true);
    const { status, body } = await portal.post(`${SERVICE}/verify-pd`, {});
    expect(status).toBe(200);
    expect(body).toMatchObject({
      outcome: 'Moved',
      fabric: 'Unverified',
      request: { model: 'qwen', promptTokens: 2100 },
      counted: { answered: 1, transfers: 1, bytes: 224e6, prefillTokens: 2100 },
    });
    expect(body.bandwidth).toBeCloseTo(11.2e9);
    const { prompt, max_tokens: most } = JSON.parse(service.asked[0]);
    expect(prompt.length).toBeGreaterThan(4_000);
    expect(most).toBeLessThanOrEqual(8);
    const again = await portal.post(`${SERVICE}/verify-pd`, {});
    expect(again.status).toBe(409);
    expect(service.asked).toHaveLength(1);
    // Nobody else is refused for it.
    const other = await portal.post(
      '/v1/services/gpu-east/llm/llama/verify-pd',
      {},
    );
    expect(other.status).toBe(200);
    expect(audited).toEqual([
      'medium llm/qwen done',
      'medium llm/qwen failed',
      'medium llm/llama done',
    ]);
  });

  it('is not put off by a clock that was set back', async () => {
    await start(true);
    const verify = async () =>
      (await portal.post(`${SERVICE}/verify-pd`, {})).status;
    expect(await verify()).toBe(200);
    const rightNow = Date.now;
    const clock = jest
      .spyOn(Date, 'now')
      .mockImplementation(() => rightNow() - 3_600_000);
    try {
      expect(await verify()).toBe(200);
      expect(await verify()).toBe(409);
    } finally {
      clock.mockRestore();
    }
  }, 20_000);

  it('proves a service that never had traffic: the network too, which its log tells only then', async () => {
    await start(true, { evidence: true });
    const before = await portal.get(SERVICE);
    expect(before.body.health.kvTransfer.fabric).toBe('Unverified');
    const { body } = await portal.post(`${SERVICE}/verify-pd`, {});
    expect(body).toMatchObject({ outcome: 'Moved', fabric: 'Rdma' });
    expect(body.summary).toContain('over RDMA');
  });

  it('asks three services at once and no more', async () => {
    await start(true);
    let answer = () => {};
    service.way.waitsFor = new Promise(resolve => {
      answer = resolve;
    });
    const [first, second, third, fourth] = NAMES.map(
      name => `/v1/services/gpu-east/llm/${name}/verify-pd`,
    );
    const running = [first, second, third].map(path => portal.post(path, {}));
    const answers = Promise.all(running);
    await eventually(
      () => service.asked.length,
      count => count === 3,
    );
    const refused = await portal.post(fourth, {});
    expect(refused.status).toBe(503);
    expect(refused.body.error.message).toContain('Other services');
    expect(service.asked).toHaveLength(3);
    answer();
    expect((await answers).map(({ status }) => status)).toEqual([
      200, 200, 200,
    ]);
    // Who was refused for others may ask at once.
    expect((await portal.post(fourth, {})).status).toBe(200);
    expect(audited).toContain('medium llm/gemma failed');
  });

  it('says what the endpoint answered where it refuses', async () => {
    await start(true);
    service.way.answers = 429;
    const { status, body } = await portal.post(`${SERVICE}/verify-pd`, {});
    expect(status).toBe(503);
    expect(body.error.message).toContain(
      '/llm/qwen/v1/completions answered 429',
    );
    expect(audited).toEqual(['medium llm/qwen failed']);
  });

  it('tells that decode fetched nothing', async () => {
    await start(false);
    const { body } = await portal.post(`${SERVICE}/verify-pd`, {});
    expect(body).toMatchObject({ outcome: 'NotMoved', bandwidth: null });
  });

  it.each([
    ['verifying is off', { enabled: false }],
    [
      'the caller lacks the permission',
      { denied: 'llm-inference.service.verify' },
    ],
  ])('sends nothing where %s', async (_why, options) => {
    await start(true, options);
    const { status } = await portal.post(`${SERVICE}/verify-pd`, {});
    expect(status).toBe(403);
    expect(service.asked).toEqual([]);
    expect(audited).toEqual(['medium llm/qwen failed']);
  });
});
