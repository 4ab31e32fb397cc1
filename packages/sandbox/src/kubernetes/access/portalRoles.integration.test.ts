import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { useCluster } from '../testing/sandbox';

const DOCS = join(__dirname, '../../../../../docs/rbac');

const test = useCluster({
  tokens: {
    'admin-token': { name: 'admin', groups: ['system:masters'] },
    'portal-token': {
      name: 'system:serviceaccount:llm-inference:llm-inference-portal',
      groups: [
        'system:serviceaccounts',
        'system:serviceaccounts:llm-inference',
        'system:authenticated',
      ],
    },
  },
});

const PLURALS: Record<string, string> = {
  Namespace: '/api/v1/namespaces',
  ServiceAccount: '/api/v1/namespaces/llm-inference/serviceaccounts',
  ClusterRole: '/apis/rbac.authorization.k8s.io/v1/clusterroles',
  ClusterRoleBinding: '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings',
};

async function apply(file: string) {
  const text = readFileSync(join(DOCS, file), 'utf8');
  for (const document of parseAllDocuments(text)) {
    const object = document.toJS();
    const { status } = await test
      .as('admin-token')
      .post(PLURALS[object.kind], object);
    expect([object.kind, status]).toEqual([object.kind, 201]);
  }
}

const read = async (path: string) =>
  (await test.as('portal-token').get(path)).status;

const WATCHED = [
  '/apis/serving.kserve.io/v1alpha2/llminferenceservices',
  '/apis/serving.kserve.io/v1alpha2/llminferenceserviceconfigs',
  '/api/v1/pods',
  '/api/v1/events',
  '/apis/apps/v1/deployments',
  '/apis/apps/v1/replicasets',
  '/apis/leaderworkerset.x-k8s.io/v1/leaderworkersets',
  '/apis/inference.networking.k8s.io/v1/inferencepools',
  '/apis/gateway.networking.k8s.io/v1/httproutes',
  '/apis/gateway.networking.k8s.io/v1/gateways',
];

describe('the roles that ship for the portal', () => {
  it('open what is watched and nothing else', async () => {
    for (const path of WATCHED) {
      expect([path, await read(path)]).toEqual([path, 403]);
    }
    await apply('watch.yaml');
    for (const path of WATCHED) {
      expect([path, await read(path)]).toEqual([path, 200]);
    }
    for (const path of [
      '/api/v1/secrets',
      '/api/v1/configmaps',
      '/api/v1/nodes',
    ]) {
      expect([path, await read(path)]).toEqual([path, 403]);
    }
    const created = await test
      .as('portal-token')
      .post('/api/v1/namespaces/default/pods', {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'intruder' },
        spec: { containers: [{ name: 'main', image: 'x' }] },
      });
    expect(created.status).toBe(403);
  });

  it.each([
    ['logs.yaml', '/api/v1/namespaces/llm/pods/qwen-0/log'],
    ['metrics.yaml', '/api/v1/namespaces/llm/pods/qwen-0:8000/proxy/metrics'],
  ])('open one subresource of pods with %s only', async (file, path) => {
    expect(await read(path)).toBe(403);
    await apply(file);
    // Allowed, but there is no such pod.
    expect(await read(path)).toBe(404);
    expect(await read('/api/v1/namespaces/llm/secrets/qwen-0')).toBe(403);
    const posted = await test.as('portal-token').post(path, {});
    expect(posted.status).toBe(403);
  });

  it('open dry runs of services, and no deletion, with the role for dry runs only', async () => {
    const path = '/apis/serving.kserve.io/v1alpha2/namespaces/default';
    const service = {
      apiVersion: 'serving.kserve.io/v1alpha2',
      kind: 'LLMInferenceService',
      metadata: { name: 'tried', namespace: 'default' },
      spec: { model: { uri: 'hf://a/b' } },
    };
    const create = async () =>
      (
        await test
          .as('portal-token')
          .post(`${path}/llminferenceservices?dryRun=All`, service)
      ).status;
    expect(await create()).toBe(403);
    await apply('dry-run.yaml');
    expect(await create()).toBe(201);
    const deleted = await test
      .as('portal-token')
      .delete(`${path}/llminferenceservices/tried`);
    expect(deleted.status).toBe(403);
  });

  it('open nodes and networks with the role for capabilities only', async () => {
    await apply('capabilities.yaml');
    expect(await read('/api/v1/nodes')).toBe(200);
    expect(await read('/api/v1/secrets')).toBe(403);
  });
});
