import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { llmInferencePlugin } from 'backstage-plugin-llm-inference-backend';
import { createSandbox, seedFleet } from 'sandbox';
import type { Sandbox } from 'sandbox';

/**
 * The KV path as the backend tells it, against the sandbox: its engines answer /metrics and write logs as the
 * traffic that they are given makes them.
 */
describe('the KV path of services of the sandbox', () => {
  let sandbox: Sandbox;
  let backend: Awaited<ReturnType<typeof startTestBackend>>;
  let base: string;
  /** Services without anybody who plays on: their engines count, and write no logs. */
  let fleet: { namespace: string; name: string }[];

  const east = (name: string, namespace = 'llm-demo') =>
    `gpu-east/${namespace}/${name}`;
  const CHAT = east('qwen2-7b-chat');
  const WITHOUT_CONNECTOR = east('mistral-7b-summary');
  const STOPPED = east('granite-8b-code');
  const GROUPS = 'gpu-west/llm-demo/deepseek-r1-reasoning';
  const other = (index: number) =>
    east(fleet[index].name, fleet[index].namespace);

  const control = async (path: string, body: object) => {
    const answer = await fetch(`${sandbox.control.url}/clusters/${path}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(await answer.text());
  };
  const traffic = async (service: string, change: object) => {
    const [cluster, ...name] = service.split('/');
    await control(`${cluster}/services/${name.join('/')}/traffic`, change);
  };
  const ask = async (path: string, method = 'GET') => {
    const answer = await fetch(`${base}${path}`, {
      method,
      headers: {
        authorization: mockCredentials.user.header(),
        'content-type': 'application/json',
      },
      ...(method === 'POST' ? { body: '{}' } : {}),
    });
    return { status: answer.status, body: await answer.json() };
  };
  const kvOf = async (service: string) =>
    (await ask(`/services/${service}`)).body.health?.kvTransfer;

  /** Waits until the KV path is as expected; a window of measurement is half a minute. */
  const becomes = async (service: string, expected: object) => {
    const giveUpAt = Date.now() + 90_000;
    for (;;) {
      const kv = await kvOf(service);
      try {
        expect({ service, ...kv }).toMatchObject({ service, ...expected });
        return kv;
      } catch (error) {
        if (Date.now() > giveUpAt) throw error;
        await new Promise(resolve => setTimeout(resolve, 500));
      }
    }
  };

  beforeAll(async () => {
    sandbox = await createSandbox();
    fleet = seedFleet(sandbox.players.get('gpu-east')!, {
      services: 4,
      podsPerService: 4,
    });
    // In gpu-west the schedulers keep their metrics to themselves, as they do by default.
    await control('gpu-east/scheduler-metrics', { open: true });
    backend = await startTestBackend({
      features: [
        llmInferencePlugin,
        mockServices.rootConfig.factory({
          data: {
            kubernetes: {
              clusterLocatorMethods: [
                {
                  type: 'config',
                  clusters: sandbox.api.clusters.map(({ name, url }) => ({
                    name,
                    url,
                    authProvider: 'serviceAccount',
                    serviceAccountToken: 'sandbox-token',
                  })),
                },
              ],
            },
            llmInference: {
              metrics: { intervalSeconds: 2, sources: [{ type: 'podProxy' }] },
              logs: { evidence: true },
              verifyPd: {
                enabled: true,
                gateways: [
                  {
                    from: 'http://203.0.113.14',
                    to: `${sandbox.control.url}/endpoints/gpu-east`,
                  },
                ],
              },
            },
          },
        }),
        catalogServiceMock.factory({
          entities: ['qwen2-7b-chat', 'mistral-7b-summary'].map(name => ({
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Component',
            metadata: {
              name,
              annotations: {
                'serving.kserve.io/llm-inference-service': `llm-demo/${name}`,
              },
            },
          })),
        }),
      ],
    });
    base = `http://127.0.0.1:${backend.server.port()}/api/llm-inference/v1`;
    await traffic(CHAT, { requestsPerSecond: 0 });
    await traffic(WITHOUT_CONNECTOR, { requestsPerSecond: 20 });
    await traffic(GROUPS, {
      requestsPerSecond: 20,
      fabric: 'tcp',
      bytesPerSecond: 276e6,
    });
    await traffic(other(0), { requestsPerSecond: 40 });
    await traffic(other(1), { requestsPerSecond: 20, transferShare: 0.2 });
    await traffic(other(2), { requestsPerSecond: 20, transferShare: 0 });
    await traffic(other(3), { requestsPerSecond: 20, failureShare: 0.3 });
  }, 120_000);

  afterAll(async () => {
    await backend.stop();
    await sandbox.close();
  });

  it('is proven of an idle service by one request: it moved, so much, so fast, over RDMA', async () => {
    await becomes(CHAT, { effectiveness: 'Idle', fabric: 'Rdma' });
    const { status, body } = await ask(`/services/${CHAT}/verify-pd`, 'POST');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      outcome: 'Moved',
      fabric: 'Rdma',
      request: { model: 'Qwen/Qwen2.5-7B-Instruct' },
      counted: { answered: 1, transfers: 1, failedTransfers: 0 },
    });
    expect(body.bandwidth).toBeCloseTo(11e9, -8);
    expect(body.counted.bytes).toBeGreaterThan(1e8);
    expect(body.counted.prefillTokens).toBeCloseTo(
      body.request.promptTokens,
      -1,
    );
    const again = await ask(`/services/${CHAT}/verify-pd`, 'POST');
    expect(again.status).toBe(409);
  }, 120_000);

  it('is proven not to be there where the engines have no connector', async () => {
    await becomes(WITHOUT_CONNECTOR, { configuration: 'None' });
    const { body } = await ask(
      `/services/${WITHOUT_CONNECTOR}/verify-pd`,
      'POST',
    );
    expect(body).toMatchObject({
      outcome: 'NotMoved',
      bandwidth: null,
      counted: { transfers: null },
    });
  }, 120_000);

  it('is judged by what the engines count', async () => {
    await becomes(other(0), {
      effectiveness: 'Effective',
      fabric: 'Unverified',
      bytesPerSecond: 11e9,
    });
    await becomes(other(1), { effectiveness: 'Suspect' });
    await becomes(other(2), { effectiveness: 'Bypassed' });
    await becomes(other(3), { effectiveness: 'Suspect' });
    await becomes(WITHOUT_CONNECTOR, { effectiveness: 'Bypassed' });
    const stopped = { effectiveness: 'Unmeasurable', fabric: 'Unverified' };
    expect(await becomes(STOPPED, stopped)).toMatchObject(stopped);
  }, 240_000);

  it('runs over TCP where decode says so, and is judged so', async () => {
    const kv = await becomes(GROUPS, {
      effectiveness: 'Effective',
      fabric: 'Tcp',
      bytesPerSecond: 276e6,
    });
    expect(JSON.stringify(kv.evidence)).toContain('tcp/eth0');
  }, 120_000);

  it('changes with its traffic: turned up, and slowed down below its own usual rate', async () => {
    await traffic(CHAT, { requestsPerSecond: 30 });
    await becomes(CHAT, { effectiveness: 'Effective', fabric: 'Rdma' });
    await traffic(CHAT, { requestsPerSecond: 30, bytesPerSecond: 2e9 });
    const slow = { effectiveness: 'Suspect', fabric: 'Rdma' };
    expect(await becomes(CHAT, slow)).toMatchObject(slow);
  }, 240_000);

  it('has users’ latency only where the scheduler was opened; elsewhere that is unmeasured', async () => {
    const ids = ({ series }: { series: { id: string }[] }) =>
      series.map(({ id }) => id);
    const open = (await ask(`/services/${CHAT}/metrics`)).body;
    const closed = (await ask(`/services/${GROUPS}/metrics`)).body;
    expect(ids(open)).toContain('ttft');
    expect(open.unmeasured).toEqual([]);
    expect(ids(closed)).not.toContain('ttft');
    expect(ids(closed)).toContain('inter-token-latency');
    expect(closed.unmeasured).toMatchObject([
      {
        pod: expect.stringContaining('router-scheduler'),
        problem: 'Unmeasured',
      },
    ]);
  });
});
