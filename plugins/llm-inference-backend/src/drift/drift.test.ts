import { setTimeout as delay } from 'node:timers/promises';
import { createBackendModule } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import {
  eventsServiceFactory,
  eventsServiceRef,
} from '@backstage/plugin-events-node';
import type { KubernetesObject } from 'backstage-plugin-llm-inference-common';
import { component } from '../__testUtils__/component';
import { eventually } from '../__testUtils__/eventually';
import { FakeKubernetes } from '../__testUtils__/FakeKubernetes';
import { folder, fromGit, GitRepository } from '../__testUtils__/gitRepository';
import { llmService } from '../__testUtils__/objects';
import { startPortal } from '../__testUtils__/startPortal';
import type { Portal } from '../__testUtils__/startPortal';

const QWEN = 'component:default/qwen';
const STATUS = '/v1/entities/component/default/qwen/status';
const PUSH = {
  repository: { html_url: 'https://github.com/platform/llm-gitops' },
};

/** What Argo CD says after its sync of a service was refused. */
function refused(message: string): KubernetesObject {
  const resource = {
    group: 'serving.kserve.io',
    version: 'v1alpha2',
    kind: 'LLMInferenceService',
    namespace: 'llm',
    name: 'qwen',
  };
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'qwen-gpu-east', namespace: 'argocd' },
    spec: {
      source: {
        repoURL: 'https://github.com/platform/llm-gitops.git',
        path: 'services/qwen/overlays/gpu-east',
      },
      destination: { server: 'https://kubernetes.default.svc' },
    },
    status: {
      sync: { status: 'OutOfSync', revision: 'abc' },
      health: { status: 'Missing' },
      resources: [
        { ...resource, status: 'OutOfSync', health: { status: 'Missing' } },
      ],
      operationState: {
        phase: 'Failed',
        message: 'one or more objects failed to apply',
        finishedAt: '2026-11-22T10:00:00Z',
        syncResult: {
          revision: 'abc',
          resources: [{ ...resource, status: 'SyncFailed', message }],
        },
      },
    },
  };
}

/** What Flux says: a GitRepository, and a Kustomization that applies the service's overlay. */
function flux(
  ready: { status: string; reason: string; message: string },
  more: { spec?: object; status?: object } = {},
): KubernetesObject[] {
  return [
    {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'GitRepository',
      metadata: { name: 'gitops', namespace: 'flux-system' },
      spec: { url: 'ssh://git@github.com/platform/llm-gitops.git' },
    },
    {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: { name: 'qwen', namespace: 'flux-system' },
      spec: {
        path: './services/qwen/overlays/gpu-east',
        sourceRef: { kind: 'GitRepository', name: 'gitops' },
        ...more.spec,
      },
      status: {
        conditions: [
          {
            type: 'Ready',
            lastTransitionTime: '2026-11-22T10:00:00Z',
            ...ready,
          },
        ],
        lastAppliedRevision: 'main@sha1:abc',
        lastAttemptedRevision: 'main@sha1:def',
        ...more.status,
      },
    },
  ];
}

describe('drift', () => {
  let cluster: FakeKubernetes;
  let portal: Portal;
  let events: EventsService;

  const listener = createBackendModule({
    pluginId: 'llm-inference',
    moduleId: 'pusher',
    register({ registerInit }) {
      registerInit({
        deps: { service: eventsServiceRef },
        init: async ({ service }) => {
          events = service;
        },
      });
    },
  });

  beforeEach(async () => {
    cluster = await FakeKubernetes.start();
  });

  afterEach(async () => {
    await portal.stop();
    await cluster.stop();
  });

  async function start(
    repository: GitRepository,
    options: Partial<Parameters<typeof startPortal>[0]> = {},
  ) {
    portal = await startPortal({
      clusters: { 'gpu-east': cluster },
      entities: [fromGit('qwen')],
      llmInference: { drift: { graceSeconds: 0 } },
      features: [repository.service, listener, eventsServiceFactory],
      ...options,
    });
  }

  const push = () =>
    events.publish({ topic: 'github.push', eventPayload: PUSH });

  /** Puts an object where a single one is read. */
  function put(service: KubernetesObject) {
    cluster.put(service);
    const { namespace, name } = service.metadata ?? {};
    cluster.documents.set(
      `/apis/serving.kserve.io/v1alpha2/namespaces/${namespace}/llminferenceservices/${name}`,
      JSON.stringify(service),
    );
  }

  const driftBecomes = async (state: string) => {
    const { body } = await eventually(
      () => portal.get(STATUS),
      answer => answer.body.services?.[0]?.drift?.state === state,
    );
    return body.services[0];
  };

  it('follows the cluster and Git, asks for each once, and never because somebody looks', async () => {
    const service = llmService('qwen', { entityRef: QWEN });
    const repository = new GitRepository(folder(service));
    put(service);
    await start(repository);
    const { drift } = await driftBecomes('InSync');
    expect(drift).toEqual({
      state: 'InSync',
      source: {
        url: 'https://github.com/platform/llm-gitops/blob/main/services/qwen/base/service.yaml',
        revision: repository.revision,
      },
      differences: [],
      total: 0,
    });

    const changed = {
      ...service,
      metadata: { ...service.metadata, generation: 2 },
      spec: { ...(service.spec as object), prefill: { replicas: 3 } },
    };
    put(changed);
    const { drift: differs, version } = await driftBecomes('Differs');
    expect(differs).toMatchObject({
      total: 1,
      differences: [
        {
          path: 'spec.prefill.replicas',
          change: 'Changed',
          desired: '2',
          live: '3',
        },
      ],
    });

    const single = () =>
      cluster.requests.filter(({ path }) => path.endsWith('/qwen')).length;
    const [asked, reads] = [single(), repository.reads];
    for (let look = 0; look < 5; look += 1) await portal.get(STATUS);
    expect([single(), repository.reads]).toEqual([asked, reads]);

    Object.assign(repository.files, folder(changed));
    await push();
    const synced = await driftBecomes('InSync');
    expect(synced.version).not.toBe(version);
    const { body } = await portal.get('/v1/services');
    expect(body.items).toMatchObject([{ drift: 'InSync' }]);
  });

  it('shows what is merged and does not exist as missing, with the words that kept it out', async () => {
    const service = llmService('qwen', { entityRef: QWEN });
    const repository = new GitRepository(folder(service));
    const words =
      'admission webhook "policy.example.com" denied the request: no more than 4 GPUs';
    cluster.put(refused(words));
    await start(repository, {
      llmInference: { drift: { graceSeconds: 3_600 } },
    });
    const missing = await driftBecomes('NotDeployed');
    expect(missing).toMatchObject({
      service: { cluster: 'gpu-east', namespace: 'llm', name: 'qwen' },
      binding: 'Verified',
      entityRef: QWEN,
      model: { name: 'qwen' },
      health: { verdict: 'Missing', pools: {}, causes: [] },
      drift: {
        gitOps: {
          tool: 'ArgoCd',
          name: 'qwen-gpu-east',
          sync: 'Failed',
          health: 'Missing',
          message: words,
          at: '2026-11-22T10:00:00Z',
        },
      },
    });
    expect(missing.health.summary).toContain(words);
    const { body } = await portal.get('/v1/services?verdict=Missing');
    expect(body).toMatchObject({ total: 1, items: [{ drift: 'NotDeployed' }] });

    put(service);
    const there = await driftBecomes('InSync');
    expect(there.health.verdict).not.toBe('Missing');
    cluster.delete(service);
    await driftBecomes('NotDeployed');
    for (const path of Object.keys(repository.files)) {
      delete repository.files[path];
    }
    await push();
    await eventually(
      () => portal.get(STATUS),
      ({ body: status }) => status.reason === 'NotFound',
    );
  });

  it.each([
    [
      'Failed',
      {
        status: 'False',
        reason: 'ReconciliationFailed',
        message:
          'LLMInferenceService/llm/qwen dry-run failed (Forbidden): admission webhook denied the request: no more than 4 GPUs',
      },
      {},
      'no more than 4 GPUs',
    ],
    [
      'OutOfSync',
      { status: 'True', reason: 'ReconciliationSucceeded', message: 'Applied' },
      { spec: { suspend: true } },
      'The Kustomization is suspended',
    ],
    [
      'Syncing',
      {
        status: 'Unknown',
        reason: 'Progressing',
        message: 'Reconciliation in progress',
      },
      {},
      'Reconciliation in progress',
    ],
    [
      'OutOfSync',
      {
        status: 'False',
        reason: 'DependencyNotReady',
        message: "dependency 'flux-system/kserve' is not ready",
      },
      {},
      "dependency 'flux-system/kserve' is not ready",
    ],
  ])(
    'tells in the words of Flux what keeps a service out: %s, %j',
    async (sync, ready, more, words) => {
      const service = llmService('qwen', { entityRef: QWEN });
      cluster.put(...flux(ready, more));
      await start(new GitRepository(folder(service)));
      const missing = await driftBecomes('NotDeployed');
      expect(missing.drift.gitOps).toEqual({
        tool: 'Flux',
        kind: 'Kustomization',
        namespace: 'flux-system',
        name: 'qwen',
        cluster: 'gpu-east',
        sync,
        revision: 'main@sha1:def',
        message: expect.stringContaining(words),
        at: '2026-11-22T10:00:00Z',
      });
      expect(missing.health.summary).toContain(words);
    },
  );

  it('tells that Flux has applied a service, by what it keeps an inventory of', async () => {
    const service = llmService('qwen', { entityRef: QWEN });
    const applied = { status: 'True', reason: 'ReconciliationSucceeded' };
    const id = 'llm_qwen_serving.kserve.io_LLMInferenceService';
    cluster.put(
      ...flux(
        { ...applied, message: 'Applied revision: main@sha1:abc' },
        {
          // Where it comes from does not count for a service that is there.
          spec: { path: './elsewhere' },
          status: {
            inventory: { entries: [{ id, v: 'v1alpha2' }] },
            conditions: [
              { type: 'Ready', ...applied },
              { type: 'Healthy', status: 'False' },
            ],
          },
        },
      ),
    );
    put(service);
    await start(new GitRepository(folder(service)));
    const { drift } = await driftBecomes('InSync');
    expect(drift.gitOps).toEqual({
      tool: 'Flux',
      kind: 'Kustomization',
      namespace: 'flux-system',
      name: 'qwen',
      cluster: 'gpu-east',
      sync: 'Synced',
      health: 'Unhealthy',
      revision: 'main@sha1:abc',
    });
  });

  it('tells of a chart that Flux installs, and of none in another namespace that a label only names', async () => {
    const release = (name: string, namespace: string) => ({
      apiVersion: 'helm.toolkit.fluxcd.io/v2',
      kind: 'HelmRelease',
      metadata: { name, namespace },
      spec: { values: { token: 'hf_abcdefghijklmnopqrstuvwxyz012345' } },
      status: {
        conditions: [
          {
            type: 'Ready',
            status: 'False',
            reason: 'UpgradeFailed',
            message: `Helm upgrade failed for release ${namespace}/${name} with chart serving@1.2.0: context deadline exceeded`,
          },
        ],
        lastAttemptedRevision: '1.2.0',
      },
    });
    cluster.put(release('chat', 'llm'), release('theirs', 'payments'));
    const labelled = (name: string, namespace: string) => {
      const service = llmService('qwen', { entityRef: QWEN });
      service.metadata!.labels = {
        'helm.toolkit.fluxcd.io/name': name,
        'helm.toolkit.fluxcd.io/namespace': namespace,
      };
      return service;
    };
    put(labelled('chat', 'llm'));
    await start(new GitRepository({ 'services/qwen/chart/Chart.yaml': '' }));
    const { drift } = await driftBecomes('Unknown');
    expect(drift).toMatchObject({
      reason:
        'HelmRelease chat applies it from a chart, which the portal does not render',
      gitOps: {
        tool: 'Flux',
        kind: 'HelmRelease',
        sync: 'Failed',
        revision: '1.2.0',
        message: expect.stringContaining('context deadline exceeded'),
      },
    });
    expect(JSON.stringify(drift)).not.toContain('hf_abc');
    put(labelled('theirs', 'payments'));
    const unlabelled = await driftBecomes('NotInGit');
    expect(unlabelled.drift.gitOps).toBeUndefined();
  });

  it('waits a while before it calls a service missing that nobody has refused', async () => {
    const service = llmService('qwen', { entityRef: QWEN });
    await start(new GitRepository(folder(service)), {
      // Longer than a busy machine takes from its first look to the question below.
      llmInference: { drift: { graceSeconds: 8 } },
    });
    const { body } = await portal.get(STATUS);
    expect(body.services).toEqual([]);
    const missing = await driftBecomes('NotDeployed');
    expect(missing.health.summary).toBe(
      'It is in Git, and no LLMInferenceService llm/qwen in cluster gpu-east names this entity; no GitOps controller that the portal can see applies it there',
    );
  });

  it('waits no longer where the clock was set back meanwhile', async () => {
    const service = llmService('qwen', { entityRef: QWEN });
    await start(new GitRepository(folder(service)), {
      llmInference: { drift: { graceSeconds: 3 } },
    });
    await delay(1_000);
    const rightNow = Date.now;
    const clock = jest
      .spyOn(Date, 'now')
      .mockImplementation(() => rightNow() - 3_600_000);
    try {
      expect(await driftBecomes('NotDeployed')).toBeDefined();
    } finally {
      clock.mockRestore();
    }
  });

  it('says nothing is missing from a cluster that cannot be watched', async () => {
    const service = llmService('qwen', { entityRef: QWEN });
    cluster.fault = ({ path }) =>
      path.endsWith('/llminferenceservices') ? { answer: 500 } : undefined;
    await start(new GitRepository(folder(service)));
    const { body } = await eventually(
      () => portal.get(STATUS),
      answer => answer.body.reason === 'Unreachable',
    );
    expect(body.services).toEqual([]);
    cluster.fault = () => undefined;
    await driftBecomes('NotDeployed');
  });

  it('tells why it cannot tell', async () => {
    const service = llmService('qwen', { entityRef: QWEN });
    const repository = new GitRepository(folder(service));
    put(service);
    repository.failure = new Error('Bearer abcdefgh is not accepted');
    await start(repository);
    const unread = await driftBecomes('Unknown');
    expect(unread.drift.reason).toBe(
      'The repository cannot be read: Bearer *** is not accepted',
    );
    repository.failure = undefined;
    repository.files['services/qwen/base/kustomization.yaml'] =
      'resources: [service.yaml]\nhelmCharts: []';
    await push();
    const { drift } = await eventually(
      () => driftBecomes('Unknown'),
      ({ drift: now }) => now.reason !== unread.drift.reason,
    );
    expect(drift.reason).toContain('uses helmCharts');
  });

  it('says what is not in Git', async () => {
    const service = llmService('qwen', { entityRef: QWEN });
    put(service);
    const found = component('granite.llm.gpu-east', 'llm/granite', 'gpu-east');
    Object.assign(found.metadata.annotations!, {
      'backstage.io/managed-by-origin-location':
        'llm-inference:gpu-east/llm/granite',
    });
    put(llmService('granite'));
    await start(new GitRepository(folder(service, 'gpu-west')), {
      entities: [fromGit('qwen'), found],
    });
    const { drift } = await driftBecomes('NotInGit');
    expect(drift.reason).toContain('no manifest of it for that cluster');
    const { body } = await eventually(
      () => portal.get('/v1/services/gpu-east/llm/granite'),
      answer => answer.body.drift !== undefined,
    );
    expect(body.drift).toMatchObject({ state: 'NotInGit' });
  });

  it('is shown only where entity and service name each other', async () => {
    const theirs = llmService('qwen', { entityRef: 'component:default/other' });
    put(theirs);
    const entities = [fromGit('qwen'), component('other', 'llm/qwen')];
    await start(new GitRepository(folder(llmService('qwen'))), { entities });
    await eventually(
      () => portal.get('/v1/entities/component/default/other/status'),
      ({ body }) => body.services?.[0]?.drift?.state === 'Unknown',
    );
    const { body } = await portal.get(STATUS);
    expect(body).toMatchObject({ services: [], reason: 'BindingNotVerified' });
  });

  it('can be turned off', async () => {
    const service = llmService('qwen', { entityRef: QWEN });
    const repository = new GitRepository(folder(service));
    put(service);
    await start(repository, { llmInference: { drift: { enabled: false } } });
    const { body } = await eventually(
      () => portal.get(STATUS),
      answer => answer.body.services?.length === 1,
    );
    expect(body.services[0].drift).toBeUndefined();
    expect(repository.reads).toBe(0);
  });
});
