import { mockServices } from '@backstage/backend-test-utils';
import { component } from '../__testUtils__/component';
import { eventually } from '../__testUtils__/eventually';
import { FakeKubernetes } from '../__testUtils__/FakeKubernetes';
import { llmService, pod } from '../__testUtils__/objects';
import { startPortal } from '../__testUtils__/startPortal';
import type { Portal, PortalOptions } from '../__testUtils__/startPortal';

const QWEN = 'component:default/qwen';
const SERVICE = '/v1/services/gpu-east/llm/qwen';
const LOG = `${SERVICE}/pods/qwen-kserve-0/log`;
const POD_LOG = '/api/v1/namespaces/llm/pods/qwen-kserve-0/log';

describe('logs, validation, capabilities and history over HTTP', () => {
  let cluster: FakeKubernetes;
  let portal: Portal;

  beforeEach(async () => {
    cluster = await FakeKubernetes.start();
    cluster.put(
      llmService('qwen', { entityRef: QWEN }),
      pod('qwen', 'decode', 0),
      llmService('unbound'),
      pod('unbound', 'decode', 0),
    );
  });

  afterEach(async () => {
    await portal.stop();
    await cluster.stop();
  });

  async function start(options: Partial<PortalOptions> = {}) {
    portal = await startPortal({
      clusters: { 'gpu-east': cluster },
      entities: [component('qwen', 'llm/qwen')],
      ...options,
    });
    await eventually(
      () => portal.get(SERVICE),
      ({ status }) => status === 200,
    );
  }

  /** An auditor that writes down what it hears. */
  function auditing() {
    const auditor = mockServices.auditor.mock();
    const events: string[] = [];
    auditor.createEvent.mockImplementation(async ({ eventId, meta }) => ({
      success: async () => {
        events.push(`${eventId} ${JSON.stringify(meta)} ok`);
      },
      fail: async () => {
        events.push(`${eventId} ${JSON.stringify(meta)} failed`);
      },
    }));
    return { audited: events, feature: auditor.factory };
  }

  it('are audited where a read goes beyond one entity, also when it is refused', async () => {
    const { audited, feature } = auditing();
    await start({
      features: [feature],
      policy: ({ name }) => name !== 'llm-inference.manifest.validate',
    });
    audited.length = 0;
    await portal.get('/v1/services');
    await portal.get(SERVICE);
    await portal.get('/v1/services/gpu-east/llm/none');
    await portal.get('/v1/clusters/gpu-east/capabilities');
    await portal.get('/v1/entities/component/default/qwen/status');
    expect(audited).toEqual([
      'service-list {} ok',
      'service-read {"cluster":"gpu-east","namespace":"llm","name":"qwen"} ok',
      'service-read {"cluster":"gpu-east","namespace":"llm","name":"none"} failed',
      'capabilities-read {"cluster":"gpu-east"} failed',
    ]);
  });

  it.each([
    `${SERVICE}/timeline?from=2026-11-22T09:00:00Z`,
    '/v1/transitions?from=2026-11-22T09:00:00Z',
    '/v1/clusters/gpu-east/capabilities',
    `${SERVICE}/metrics`,
  ])('are not sent again where the caller has them: %s', async path => {
    await start();
    await eventually(
      () => portal.get(`${SERVICE}/timeline`),
      answer => answer.body.transitions?.length > 0,
    );
    const again = await eventually(
      async () => {
        const { headers } = await portal.get(path);
        return await portal.get(path, {
          headers: { 'if-none-match': headers.etag },
        });
      },
      ({ status }) => status === 304,
    );
    expect(again.text).toBe('');
  });

  describe('logs', () => {
    const enabled = { llmInference: { logs: { enabled: true } } };

    it('are off unless they are turned on', async () => {
      await start();
      const { status, body } = await portal.get(`${LOG}?container=main`);
      expect(status).toBe(403);
      expect(body.error.message).toContain('llmInference.logs.enabled');
    });

    it('are sent with secrets replaced and audited', async () => {
      const { audited, feature } = auditing();
      await start({ ...enabled, features: [feature] });
      cluster.documents.set(
        POD_LOG,
        'loading with token hf_abcdefghijkl123\n\u001b[31mERROR\u001b[0m Authorization: Bearer abc.def\nlast line',
      );
      const { text, status } = await portal.get(
        `${LOG}?container=main&tailLines=10`,
      );
      expect(status).toBe(200);
      expect(text).toBe(
        'loading with token hf_***\nERROR Authorization: Bearer ***\nlast line\n',
      );
      const asked = cluster.requests.find(({ path }) => path === POD_LOG);
      expect(Object.fromEntries(asked?.query ?? [])).toMatchObject({
        container: 'main',
        tailLines: '10',
      });
      expect(audited).toContainEqual(
        expect.stringMatching(/^log-read .*"pod":"qwen-kserve-0".* ok$/),
      );
    });

    it('are refused without the permission, and of services that are bound to nothing', async () => {
      await start({
        ...enabled,
        policy: ({ name }) => name !== 'llm-inference.logs.read',
      });
      expect((await portal.get(`${LOG}?container=main`)).status).toBe(403);
      const unbound = await portal.get(
        '/v1/services/gpu-east/llm/unbound/pods/unbound-kserve-0/log?container=main',
      );
      expect(unbound.status).toBe(403);
      expect(cluster.requests.map(({ path }) => path)).not.toContain(POD_LOG);
    });

    it('reach only pods and containers of the service itself', async () => {
      await start(enabled);
      for (const path of [
        `${SERVICE}/pods/unbound-kserve-0/log?container=main`,
        `${LOG}?container=other`,
        `${SERVICE}/pods/..%2F..%2Fsecrets/log?container=main`,
      ]) {
        expect([path, (await portal.get(path)).status]).toEqual([path, 404]);
      }
      expect((await portal.get(`${LOG}?container=a%26b`)).status).toBe(400);
      expect(
        cluster.requests.filter(({ path }) => path.endsWith('/log')),
      ).toEqual([]);
    });

    it('say in words what the cluster refuses', async () => {
      await start(enabled);
      cluster.fault = ({ path }) =>
        path === POD_LOG ? { answer: 403 } : undefined;
      const refused = await portal.get(`${LOG}?container=main`);
      expect(refused.status).toBe(403);
      expect(refused.body.error.message).toContain('get on pods/log');
      cluster.fault = ({ path }) =>
        path === POD_LOG ? { answer: 400 } : undefined;
      const waiting = await portal.get(`${LOG}?container=main`);
      expect(waiting.status).toBe(404);
    });
  });

  describe('validation', () => {
    const manifest = (more = '') => `
apiVersion: serving.kserve.io/v1alpha2
kind: LLMInferenceService
metadata: { name: qwen, namespace: llm }
spec:
  model: { uri: hf://Qwen/Qwen2.5-7B-Instruct, name: qwen }
  template: { containers: [{ name: main, image: 'vllm:latest' }] }
  prefill: { template: { containers: [{ name: main, image: 'vllm:other' }] } }
${more}`;
    const APPLY =
      '/apis/serving.kserve.io/v1alpha2/namespaces/llm/llminferenceservices/qwen';

    it('finds what is wrong with a manifest', async () => {
      await start();
      const { status, body } = await portal.post('/v1/manifests/validate', {
        manifests: manifest(),
      });
      expect(status).toBe(200);
      expect(body.findings.length).toBeGreaterThan(0);
      expect(body.dryRun).toBeUndefined();
    });

    it('needs the permission, and manifests that can be read', async () => {
      let allowed = false;
      await start({
        policy: ({ name }) =>
          name !== 'llm-inference.manifest.validate' || allowed,
        llmInference: {},
      });
      const send = (body: object) =>
        portal.post('/v1/manifests/validate', body);
      expect((await send({ manifests: '' })).status).toBe(403);
      await portal.stop();
      allowed = true;
      await start({ policy: () => true });
      for (const [body, words] of [
        [{}, 'manifests'],
        [{ manifests: 'a: [' }, 'document 1 is not YAML'],
        [{ manifests: 'just text' }, 'document 1 is not a Kubernetes object'],
        [{ manifests: '', dryRun: true }, 'cluster'],
        [{ manifests: '', dryRun: true, cluster: 'gpu-east' }, 'serverDryRun'],
        [{ manifests: '', more: 1 }, 'more'],
      ] as const) {
        const { status, body: answer } = await send(body);
        expect([status, answer.error.message]).toEqual([
          400,
          expect.stringContaining(words),
        ]);
      }
    });

    it('asks the cluster without changing anything, where that is allowed', async () => {
      await start({ llmInference: { validation: { serverDryRun: true } } });
      const send = () =>
        portal.post('/v1/manifests/validate', {
          manifests: manifest(),
          cluster: 'gpu-east',
          dryRun: true,
        });
      cluster.documents.set(APPLY, '{}');
      expect((await send()).body.dryRun).toEqual([
        { object: 'LLMInferenceService/qwen', accepted: true },
      ]);
      const asked = cluster.requests.find(({ path }) => path === APPLY);
      expect(asked?.query.get('dryRun')).toBe('All');
      cluster.fault = ({ path }) =>
        path === APPLY
          ? { answer: 422, message: 'spec.model.uri: Invalid value' }
          : undefined;
      expect((await send()).body.dryRun).toEqual([
        {
          object: 'LLMInferenceService/qwen',
          accepted: false,
          message: expect.stringContaining('spec.model.uri: Invalid value'),
        },
      ]);
    });
  });

  it('knows what a cluster offers, and what could not be read', async () => {
    cluster.put(
      {
        apiVersion: 'v1',
        kind: 'Node',
        metadata: { name: 'node-1' },
        status: {
          allocatable: {
            cpu: '64',
            'nvidia.com/gpu': '8',
            'rdma/roce_gdr': '4',
          },
        },
      },
      {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'Gateway',
        metadata: { name: 'inference', namespace: 'kserve' },
        status: { conditions: [{ type: 'Programmed', status: 'True' }] },
      },
    );
    await start();
    const { body } = await portal.get('/v1/clusters/gpu-east/capabilities');
    expect(body).toMatchObject({
      cluster: 'gpu-east',
      kserve: { apiVersion: 'v1alpha2' },
      gpus: [{ name: 'nvidia.com/gpu', nodes: 1, allocatable: 8, free: 6 }],
      rdma: [{ name: 'rdma/roce_gdr', allocatable: 4, free: 2 }],
      networkAttachments: null,
      gateways: [{ namespace: 'kserve', name: 'inference', programmed: true }],
    });
    expect(Object.keys(body.unread)).toContain(
      'network-attachment-definitions',
    );
    const missing = await portal.get('/v1/clusters/nowhere/capabilities');
    expect(missing.status).toBe(404);
  });

  it('tells what a service did, to those who may see it', async () => {
    await start();
    const { body } = await eventually(
      () => portal.get(`${SERVICE}/timeline`),
      answer => answer.body.transitions?.length > 0,
    );
    expect(body.service.name).toBe('qwen');
    const latest = await portal.get('/v1/transitions');
    expect(
      latest.body.items.map(
        ({ service }: { service: { name: string } }) => service.name,
      ),
    ).toEqual(expect.arrayContaining(['qwen', 'unbound']));
    expect(
      (await portal.get(`${SERVICE}/timeline?from=yesterday`)).status,
    ).toBe(400);
    const gone = await portal.get('/v1/services/gpu-east/llm/none/timeline');
    expect(gone.status).toBe(404);
  });
});
