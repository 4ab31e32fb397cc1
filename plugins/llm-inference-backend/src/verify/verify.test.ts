import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { component } from '../__testUtils__/component';
import { eventually } from '../__testUtils__/eventually';
import { FakeKubernetes } from '../__testUtils__/FakeKubernetes';
import { llmService, pod } from '../__testUtils__/objects';
import { startPortal } from '../__testUtils__/startPortal';
import type { Portal } from '../__testUtils__/startPortal';

const SERVICE = '/v1/services/gpu-east/llm/qwen';
const METRICS = /\/pods\/(qwen-kserve(?:-prefill)?-0):8000\/proxy\/metrics$/;

/** A service whose endpoint answers, and whose pods count what went through it. */
async function startService(movesKv: boolean) {
  const asked: string[] = [];
  const endpoint = createServer((request, response) => {
    let body = '';
    request.on('data', chunk => {
      body += chunk;
    });
    request.on('end', () => {
      asked.push(body);
      response.end(JSON.stringify({ usage: { prompt_tokens: 2100 } }));
    });
  });
  await new Promise<void>(resolve =>
    endpoint.listen(0, '127.0.0.1', () => resolve()),
  );
  const { port } = endpoint.address() as AddressInfo;
  const cluster = await FakeKubernetes.start();
  const resource = llmService('qwen', { entityRef: 'component:default/qwen' });
  cluster.put(
    {
      ...resource,
      status: {
        observedGeneration: 1,
        conditions: [],
        addresses: [
          {
            name: 'gateway-external',
            url: 'http://203.0.113.14/llm/qwen',
            models: [{ name: 'qwen' }],
          },
        ],
      },
    } as typeof resource,
    pod('qwen', 'decode', 0),
    pod('qwen', 'prefill', 0),
  );
  cluster.fault = ({ path }) => {
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

  afterEach(async () => {
    await portal.stop();
    await service.stop();
  });

  const start = async (
    movesKv: boolean,
    options: { enabled?: boolean; denied?: string } = {},
  ) => {
    service = await startService(movesKv);
    portal = await startPortal({
      clusters: { 'gpu-east': service.cluster },
      entities: [component('qwen', 'llm/qwen')],
      policy: ({ name }) => name !== options.denied,
      llmInference: {
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
      () => service.cluster.requests.some(({ path }) => METRICS.test(path)),
      Boolean,
    );
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
  }, 20_000);

  it('tells that decode fetched nothing', async () => {
    await start(false);
    const { body } = await portal.post(`${SERVICE}/verify-pd`, {});
    expect(body).toMatchObject({ outcome: 'NotMoved', bandwidth: null });
  }, 20_000);

  it.each([
    ['verifying is off', { enabled: false }],
    [
      'the caller lacks the permission',
      { denied: 'llm-inference.service.verify' },
    ],
  ])(
    'sends nothing where %s',
    async (_why, options) => {
      await start(true, options);
      const { status } = await portal.post(`${SERVICE}/verify-pd`, {});
      expect(status).toBe(403);
      expect(service.asked).toEqual([]);
    },
    20_000,
  );
});
