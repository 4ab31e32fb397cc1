import { component } from '../__testUtils__/component';
import { eventually } from '../__testUtils__/eventually';
import { FakeKubernetes } from '../__testUtils__/FakeKubernetes';
import { llmService, pod } from '../__testUtils__/objects';
import { startPortal } from '../__testUtils__/startPortal';
import type { Portal } from '../__testUtils__/startPortal';

const SERVICE = '/v1/services/gpu-east/llm/qwen';
const DECODE = '/api/v1/namespaces/llm/pods/qwen-kserve-0:8000/proxy/metrics';
const PREFILL =
  '/api/v1/namespaces/llm/pods/qwen-kserve-prefill-0:8000/proxy/metrics';
const LOG = '/api/v1/namespaces/llm/pods/qwen-kserve-0/log';

/** The page of an engine that has moved so many bytes of KV cache. */
const engine = (bytes: number) =>
  [
    'process_start_time_seconds 1794588273.0',
    'vllm:num_requests_running{engine="0"} 3.0',
    `vllm:nixl_bytes_transferred_sum{engine="0"} ${bytes}`,
    `vllm:nixl_xfer_time_seconds_sum{engine="0"} ${bytes / 1e9}`,
    `vllm:nixl_xfer_time_seconds_count{engine="0"} ${bytes / 1e6}`,
  ].join('\n');

const UCX =
  '[1794588300.1] [node:1] ucp_context.c:1 UCX  INFO  ucp_context_0 inter-node cfg#2 rma(rc_mlx5/mlx5_0:1)';

describe('evidence', () => {
  let cluster: FakeKubernetes;
  let portal: Portal;

  beforeEach(async () => {
    cluster = await FakeKubernetes.start();
    cluster.put(
      llmService('qwen', { entityRef: 'component:default/qwen' }),
      pod('qwen', 'decode', 0),
      pod('qwen', 'prefill', 0),
    );
  });

  afterEach(async () => {
    await portal.stop();
    await cluster.stop();
  });

  const start = async (llmInference: object) => {
    portal = await startPortal({
      clusters: { 'gpu-east': cluster },
      entities: [component('qwen', 'llm/qwen')],
      llmInference: llmInference as never,
    });
  };

  const measuring = {
    metrics: { intervalSeconds: 2, sources: [{ type: 'podProxy' }] },
  };

  it('asks no pod and answers that it is off where nothing is configured', async () => {
    await start({});
    const answer = await eventually(
      () => portal.get(`${SERVICE}/metrics`),
      ({ status }) => status === 200,
    );
    expect(answer.body).toMatchObject({ source: 'Off', times: [], series: [] });
    expect(
      cluster.requests.filter(({ path }) => /proxy|\/log$/.test(path)),
    ).toEqual([]);
  });

  it('turns pages of pods into series with units', async () => {
    let bytes = 1e9;
    cluster.documents.set(PREFILL, engine(0));
    cluster.fault = ({ path }) => {
      if (path !== DECODE) return undefined;
      bytes += 4e9;
      return { body: engine(bytes) };
    };
    await start(measuring);
    const answer = await eventually(
      () => portal.get(`${SERVICE}/metrics`),
      ({ body }) =>
        body.series?.some(
          ({ id }: { id: string }) => id === 'kv-transfer-bandwidth',
        ),
    );
    const series = answer.body.series.find(
      ({ id }: { id: string }) => id === 'kv-transfer-bandwidth',
    );
    expect(answer.body.source).toBe('PodProxy');
    expect(series).toMatchObject({ unit: 'bytes/s', part: 'decode' });
    expect(series.values.at(-1)).toBe(1e9);
    expect(series.values).toHaveLength(answer.body.times.length);
  });

  it('says which pods it may not measure, and the status says it too', async () => {
    cluster.documents.set(PREFILL, engine(0));
    cluster.fault = ({ path }) =>
      path === DECODE
        ? { answer: 403, message: 'cannot get resource "pods/proxy"' }
        : undefined;
    await start(measuring);
    const answer = await eventually(
      () => portal.get(`${SERVICE}/metrics`),
      ({ body }) => body.unmeasured?.length > 0,
    );
    expect(answer.body.unmeasured).toMatchObject([
      { pod: 'qwen-kserve-0', problem: 'Forbidden' },
    ]);
    const status = await eventually(
      () => portal.get(SERVICE),
      ({ body }) => JSON.stringify(body).includes('access-denied'),
    );
    expect(status.body.health.kvTransfer.effectiveness).toBe('Unmeasurable');
  });

  it('is hidden from those who may not see the service', async () => {
    portal = await startPortal({
      clusters: { 'gpu-east': cluster },
      entities: [component('qwen', 'llm/qwen')],
      policy: () => false,
      llmInference: measuring,
    });
    const answer = await portal.get(`${SERVICE}/metrics`);
    expect(answer.status).toBe(404);
  });

  it('reads the log of a pod once after its first transfer, and keeps only what speaks', async () => {
    cluster.documents.set(PREFILL, engine(0));
    cluster.documents.set(DECODE, engine(1e9));
    cluster.documents.set(
      LOG,
      [
        'INFO: a prompt of a person',
        `${UCX} hf_abcdefghijklmnopqrstuvwxyz012345`,
        '',
      ].join('\n'),
    );
    await start({ ...measuring, logs: { evidence: true } });
    const status = await eventually(
      () => portal.get(SERVICE),
      ({ body }) => body.health?.kvTransfer.fabric === 'Rdma',
    );
    const text = JSON.stringify(status.body);
    expect(text).toContain('rc_mlx5/mlx5_0:1');
    expect(text).not.toMatch(/hf_abc|prompt of a person/);
    const rounds = () =>
      cluster.requests.filter(({ path }) => path === DECODE).length;
    const before = rounds();
    await eventually(rounds, count => count >= before + 2);
    expect(cluster.requests.filter(({ path }) => path === LOG)).toHaveLength(1);
  });

  it('reads the log of the sidecar, which is a container of those that start first, and keeps what speaks', async () => {
    const SIDECAR = 'llm-d-routing-sidecar';
    const MISSING =
      "warning: missing 'kv_transfer_params' field in prefiller response";
    const now = new Date().toISOString();
    const sidecarLog = [
      `${now}\tINFO\tproxy server\ta prompt of a person`,
      `${now}\tINFO\tproxy server\t${MISSING} hf_abcdefghijklmnopqrstuvwxyz012345`,
      '',
    ].join('\n');
    const withSidecar = (ready: boolean) => {
      const object = pod('qwen', 'decode', 0, { ready });
      const status = object.status as { initContainerStatuses: object[] };
      status.initContainerStatuses = [
        {
          name: SIDECAR,
          ready: true,
          started: true,
          restartCount: 0,
          state: { running: { startedAt: '2026-11-22T10:00:30Z' } },
        },
      ];
      return object;
    };
    let isSilent = false;
    cluster.fault = ({ path, query }) => {
      if (path !== LOG) return undefined;
      return query.get('container') === SIDECAR && !isSilent
        ? { body: sidecarLog }
        : { body: 'INFO: nothing that speaks\n' };
    };
    cluster.put(withSidecar(false));
    await start({ logs: { evidence: true } });
    const told = await eventually(
      () => portal.get(SERVICE),
      ({ body }) => JSON.stringify(body).includes(MISSING),
    );
    expect(JSON.stringify(told.body)).not.toMatch(/hf_abc|prompt of a person/);
    const readings = await eventually(
      () => cluster.requests.filter(({ path }) => path === LOG),
      requests => requests.length === 2,
    );
    expect(readings.map(({ query }) => query.get('container')).sort()).toEqual([
      SIDECAR,
      'main',
    ]);

    // The log is not kept, and is not needed again.
    isSilent = true;
    cluster.put(withSidecar(true));
    const ready = await eventually(
      () => portal.get(SERVICE),
      ({ body }) => body.health?.pools?.decode?.ready === 1,
    );
    expect(JSON.stringify(ready.body)).toContain(MISSING);
  });

  it('asks again for a log that was refused, without waiting for a clock that was set back', async () => {
    let open = false;
    cluster.documents.set(PREFILL, engine(0));
    cluster.documents.set(DECODE, engine(1e9));
    cluster.fault = ({ path }) => {
      if (path !== LOG) return undefined;
      return open ? { body: `${UCX}\n` } : { answer: 403 };
    };
    await start({ ...measuring, logs: { evidence: true } });
    await eventually(
      () => portal.get(SERVICE),
      ({ body }) => JSON.stringify(body).includes('access-denied'),
    );
    open = true;
    const rightNow = Date.now;
    const clock = jest
      .spyOn(Date, 'now')
      .mockImplementation(() => rightNow() - 3_600_000);
    try {
      const { body } = await eventually(
        () => portal.get(SERVICE),
        answer => answer.body.health?.kvTransfer.fabric === 'Rdma',
      );
      expect(JSON.stringify(body)).not.toContain('access-denied');
    } finally {
      clock.mockRestore();
    }
  }, 20_000);

  it('begins anew with the next run of a container, and is read again after that one’s first transfer', async () => {
    const decodePod = (restarts: number, ready: boolean) => {
      const object = pod('qwen', 'decode', 0, { ready });
      const status = object.status as {
        containerStatuses: { restartCount: number }[];
      };
      status.containerStatuses[0].restartCount = restarts;
      return object;
    };
    const becomes = async (fabric: string) =>
      await eventually(
        () => portal.get(SERVICE),
        ({ body }) => body.health?.kvTransfer.fabric === fabric,
      );
    cluster.documents.set(PREFILL, engine(0));
    cluster.documents.set(DECODE, engine(1e9));
    cluster.documents.set(LOG, `${UCX}\n`);
    await start({ ...measuring, logs: { evidence: true } });
    await becomes('Rdma');

    cluster.documents.set(LOG, 'INFO NIXL is available\n');
    cluster.documents.set(DECODE, engine(0));
    cluster.put(decodePod(1, false));
    await becomes('Unverified');
    cluster.put(decodePod(1, true));
    cluster.documents.set(
      LOG,
      `INFO NIXL is available\n${UCX.replace(
        'rc_mlx5/mlx5_0:1',
        'tcp/eth0',
      )}\n`,
    );
    cluster.documents.set(DECODE, engine(2e9));
    const status = await becomes('Tcp');
    expect(JSON.stringify(status.body)).not.toContain('rc_mlx5/mlx5_0:1');
  });
});
