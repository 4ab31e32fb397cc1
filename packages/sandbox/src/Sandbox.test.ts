import { createSandbox, Sandbox, SANDBOX_TOKEN } from './Sandbox';

const SERVICE = '/clusters/gpu-east/services/llm-demo/qwen2-7b-chat';

describe('the sandbox over HTTP', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await createSandbox({ speed: 2_000 });
  });
  afterAll(async () => {
    await sandbox.close();
  });

  const control = (path: string, init?: RequestInit) =>
    fetch(`${sandbox.control.url}${path}`, {
      ...init,
      headers: { 'content-type': 'application/json' },
    });
  const east = (path: string) =>
    fetch(`${sandbox.api.cluster('gpu-east').url}${path}`, {
      headers: { authorization: `Bearer ${SANDBOX_TOKEN}` },
    });
  it('knows who calls, and lets those without a token in as long as a binding says so', async () => {
    const { url } = sandbox.api.cluster('gpu-east');
    const status = async (init?: RequestInit) =>
      (await fetch(`${url}/api/v1/pods`, init)).status;
    expect((await east('/api/v1/pods')).status).toBe(200);
    expect(
      await status({ headers: { authorization: 'Bearer something-else' } }),
    ).toBe(401);
    expect(await status()).toBe(200);

    const binding =
      '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/sandbox-without-token';
    await fetch(`${url}${binding}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${SANDBOX_TOKEN}` },
    });
    expect(await status()).toBe(403);
  });

  const readyOf = async (name: string) => {
    const response = await east(
      `/apis/serving.kserve.io/v1alpha2/namespaces/llm-demo/llminferenceservices/${name}`,
    );
    const { status } = await response.json();
    return status.conditions.find(
      (condition: { type: string }) => condition.type === 'Ready',
    ).status;
  };
  const until = async (name: string, wanted: string) => {
    while ((await readyOf(name)) !== wanted) {
      await new Promise(resolve => {
        setTimeout(resolve, 50);
      });
    }
  };
  const podNamed = async (prefix: string): Promise<string> => {
    const { items } = await (
      await east('/api/v1/namespaces/llm-demo/pods')
    ).json();
    return items.find((pod: { metadata: { name: string } }) =>
      pod.metadata.name.startsWith(prefix),
    ).metadata.name;
  };

  it('tells what can be done', async () => {
    expect(await (await control('/')).json()).toHaveProperty(['GET /faults']);
    expect((await control('/healthz')).status).toBe(200);
    const { items } = await (await control('/faults')).json();
    expect(items.map(({ id }: { id: string }) => id)).toContain(
      'insufficient-rdma',
    );
  });

  it('plays a fault and ends it', async () => {
    const response = await control(`${SERVICE}/faults/decode-unavailable`, {
      method: 'POST',
    });
    expect(response.status).toBe(201);
    await until('qwen2-7b-chat', 'False');
    const ended = await control(`${SERVICE}/faults/decode-unavailable`, {
      method: 'DELETE',
    });
    expect(ended.status).toBe(204);
    await until('qwen2-7b-chat', 'True');
  });

  it('answers wrong names and values with one sentence', async () => {
    const unknown = await control(`${SERVICE}/faults/gremlins`, {
      method: 'POST',
    });
    expect(unknown.status).toBe(404);
    expect((await unknown.json()).error).toContain(
      'There is no fault gremlins',
    );
    const wrong = await control(`${SERVICE}/faults/engine-crash`, {
      method: 'POST',
      body: '{"targets":["everything"]}',
    });
    expect(wrong.status).toBe(400);
    const traffic = await control(`${SERVICE}/traffic`, {
      method: 'PUT',
      body: '{"transferShare":2}',
    });
    expect(await traffic.json()).toEqual({
      error: 'transferShare is 2; it must be from 0 to 1',
    });
  });

  it('serves logs and metrics of engines, and the scheduler refuses', async () => {
    const decode = await podNamed('qwen2-7b-chat-kserve-');
    const path = (pod: string, port: number) =>
      `/api/v1/namespaces/llm-demo/pods/${pod}:${port}/proxy/metrics`;
    const page = await (await east(path(decode, 8001))).text();
    expect(page).toContain('vllm:nixl_xfer_time_seconds_count{');
    const log = await (
      await east(
        `/api/v1/namespaces/llm-demo/pods/${decode}/log?container=main`,
      )
    ).text();
    expect(log).toContain('NIXL is available');

    const scheduler = await podNamed('qwen2-7b-chat-kserve-router-scheduler');
    expect((await east(path(scheduler, 9090))).status).toBe(401);
    await control('/clusters/gpu-east/scheduler-metrics', {
      method: 'PUT',
      body: '{"open":true}',
    });
    expect(await (await east(path(scheduler, 9090))).text()).toContain(
      'llm_d_epp_disagg_decision_total{decision_type="prefill-decode"',
    );
  });

  it('breaks and heals the API of a cluster', async () => {
    await control('/clusters/gpu-east/api-faults', {
      method: 'PUT',
      body: '{"status":403}',
    });
    expect((await east('/api/v1/pods')).status).toBe(403);
    await control('/clusters/gpu-east/api-faults', { method: 'DELETE' });
    expect((await east('/api/v1/pods')).status).toBe(200);
  });

  it('holds the manifests of the seeded services in its GitHub', async () => {
    const response = await fetch(
      `${sandbox.gitHub.url}/repos/platform/llm-gitops/contents/services`,
      { headers: { authorization: 'token sandbox-token' } },
    );
    const names = (await response.json()).map(
      ({ name }: { name: string }) => name,
    );
    expect(names).toHaveLength(6);
    await sandbox.gitOps.settled();
    expect(sandbox.gitOps.status().services.map(({ state }) => state)).toEqual(
      Array(6).fill('Synced'),
    );
  });
});
