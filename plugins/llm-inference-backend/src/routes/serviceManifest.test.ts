import { parse } from 'yaml';
import type { ServiceManifest } from 'backstage-plugin-llm-inference-common';
import { component } from '../__testUtils__/component';
import { eventually } from '../__testUtils__/eventually';
import { FakeKubernetes } from '../__testUtils__/FakeKubernetes';
import { llmService } from '../__testUtils__/objects';
import { BOB, startPortal } from '../__testUtils__/startPortal';
import type { Portal, PortalOptions } from '../__testUtils__/startPortal';

const QWEN = 'component:default/qwen';
const SERVICE = '/v1/services/gpu-east/llm/qwen';
const MANIFEST = `${SERVICE}/manifest`;
const OBJECT =
  '/apis/serving.kserve.io/v1alpha2/namespaces/llm/llminferenceservices/qwen';

/** The service as the cluster holds it, with what is never kept in memory. */
function wholeService(replicas = 1) {
  const object = llmService('qwen', { entityRef: QWEN });
  return {
    ...object,
    metadata: {
      ...object.metadata,
      generation: replicas,
      managedFields: [{ manager: 'kubectl' }],
    },
    spec: {
      replicas,
      model: { uri: 'hf://Qwen/Qwen2.5-7B-Instruct', name: 'qwen' },
      prefill: { replicas: 2 },
      template: {
        containers: [
          {
            name: 'main',
            command: ['/bin/bash', '-c', 'a very long script'],
            env: [
              { name: 'HF_TOKEN', value: 'hf_secretsecretsecret' },
              { name: 'UCX_PROTO_INFO', value: 'y' },
            ],
          },
        ],
      },
    },
  };
}

describe('the manifest of a service over HTTP', () => {
  let cluster: FakeKubernetes;
  let portal: Portal;

  beforeEach(async () => {
    cluster = await FakeKubernetes.start();
    put();
  });

  afterEach(async () => {
    await portal.stop();
    await cluster.stop();
  });

  function put(replicas = 1) {
    const object = wholeService(replicas);
    cluster.documents.set(OBJECT, JSON.stringify(object));
    cluster.put(object);
  }

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

  const timesAsked = () =>
    cluster.requests.filter(({ path }) => path === OBJECT).length;

  it('is whole, without secrets, with findings at their lines', async () => {
    await start();
    const { status, body } = await portal.get(MANIFEST);
    expect(status).toBe(200);
    const manifest = body as ServiceManifest;
    expect(parse(manifest.yaml, { version: '1.1' })).toEqual({
      apiVersion: 'serving.kserve.io/v1alpha2',
      kind: 'LLMInferenceService',
      metadata: {
        name: 'qwen',
        namespace: 'llm',
        annotations: { 'backstage.io/entity-ref': QWEN },
      },
      spec: {
        ...wholeService().spec,
        template: {
          containers: [
            {
              name: 'main',
              command: ['/bin/bash', '-c', 'a very long script'],
              env: [
                { name: 'HF_TOKEN', value: '[redacted]' },
                { name: 'UCX_PROTO_INFO', value: 'y' },
              ],
            },
          ],
        },
      },
    });
    expect(JSON.stringify(manifest)).not.toContain('hf_secret');
    const secret = manifest.findings.find(({ path }) =>
      path.startsWith('spec.template.containers[0].env[0]'),
    );
    const line = manifest.yaml.split('\n')[(secret?.line ?? 0) - 1];
    expect(line).toMatch(/HF_TOKEN|redacted/);
  });

  it('is read from the cluster once per version, however many look', async () => {
    await start();
    const answers = await Promise.all([
      portal.get(MANIFEST),
      portal.get(MANIFEST),
      portal.get(MANIFEST, { user: BOB }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(timesAsked()).toBe(1);
    const { etag } = answers[0].headers;
    const again = await portal.get(MANIFEST, {
      headers: { 'if-none-match': etag },
    });
    expect(again.status).toBe(304);

    put(3);
    const changed = await eventually(
      () => portal.get(MANIFEST, { headers: { 'if-none-match': etag } }),
      ({ status }) => status === 200,
    );
    expect(parse(changed.body.yaml).spec.replicas).toBe(3);
    expect(timesAsked()).toBe(2);
  });

  it('is for those who may read the status, and no oracle for others', async () => {
    let refused = false;
    await start({ policy: () => !refused });
    refused = true;
    const bob = { user: BOB };
    const hidden = await portal.get(MANIFEST, bob);
    const absent = await portal.get(
      '/v1/services/gpu-east/llm/other/manifest',
      bob,
    );
    expect([hidden.status, absent.status]).toEqual([404, 404]);
    expect(hidden.body.error.message).toBe(
      absent.body.error.message.replace('other', 'qwen'),
    );
    expect((await portal.get(MANIFEST, { user: null })).status).toBe(401);
    expect(timesAsked()).toBe(0);
  });

  it('says in words why the cluster does not give it, and asks again next time', async () => {
    await start();
    cluster.fault = ({ path }) =>
      path === OBJECT ? { answer: 403 } : undefined;
    const forbidden = await portal.get(MANIFEST);
    expect(forbidden.status).toBe(403);
    expect(forbidden.body.error.message).toContain(
      'grant it get on llminferenceservices',
    );
    cluster.fault = ({ path }) => (path === OBJECT ? 'drop' : undefined);
    expect((await portal.get(MANIFEST)).status).toBe(503);
    cluster.fault = ({ path }) =>
      path === OBJECT ? { answer: 404 } : undefined;
    expect((await portal.get(MANIFEST)).status).toBe(404);
    cluster.fault = () => undefined;
    expect((await portal.get(MANIFEST)).status).toBe(200);
  });
});
