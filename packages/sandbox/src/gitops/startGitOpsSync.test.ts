import { setTimeout } from 'node:timers/promises';
import { createClusterStore } from '../cluster/createClusterStore';
import { openPullRequest } from '../github/__testUtils__/openPullRequest';
import { GitHub, startGitHub } from '../github/startGitHub';
import {
  createKubernetesApi,
  KubernetesApi,
} from '../kubernetes/createKubernetesApi';
import { GitOpsSyncServer, startGitOpsSync } from './startGitOpsSync';

const TOKEN = 'sandbox-token';
const SECRET = 'sandbox-secret';
const FAST = { retries: 20, minTimeout: 10, maxTimeout: 50, factor: 1 };

const configMap = (name: string, value: string) => `
apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
data:
  value: ${JSON.stringify(value)}
`;

const overlay = 'namespace: default\nresources: [../../base]\n';

/** A service of two ConfigMaps, one of them optional, in one cluster. */
const service = (
  name: string,
  cluster: string,
  values: { settings: string; extra?: string },
) => ({
  [`services/${name}/base/kustomization.yaml`]: `resources: [settings.yaml${
    values.extra ? ', extra.yaml' : ''
  }]\n`,
  [`services/${name}/base/settings.yaml`]: configMap(
    `${name}-settings`,
    values.settings,
  ),
  ...(values.extra && {
    [`services/${name}/base/extra.yaml`]: configMap(
      `${name}-extra`,
      values.extra,
    ),
  }),
  [`services/${name}/overlays/${cluster}/kustomization.yaml`]: overlay,
});

describe('the GitOps sync', () => {
  let api: KubernetesApi;
  let github: GitHub;
  let sync: GitOpsSyncServer;

  beforeEach(async () => {
    api = await createKubernetesApi({
      stores: ['gpu-east', 'gpu-west'].map(name => createClusterStore(name)),
    });
    github = await startGitHub({
      token: TOKEN,
      repositories: {
        'llm-gitops': {
          description: '',
          files: {
            ...service('search', 'gpu-west', { settings: 'as seeded' }),
          },
        },
      },
    });
    sync = await startSync();
    await sync.settled();
  });

  afterEach(async () => {
    await sync.close();
    await github.close();
    await api.close();
  });

  async function startSync() {
    const started = await startGitOpsSync({
      github: {
        url: github.url,
        token: TOKEN,
        owner: 'platform',
        repo: 'llm-gitops',
        branch: 'main',
      },
      clusters: api.clusters.map(({ name, url }) => ({
        name,
        url,
        controller: name === 'gpu-west' ? 'flux' : 'argo-cd',
      })),
      secret: SECRET,
      retries: FAST,
    });
    github.addWebhook({ url: started.webhookUrl, secret: SECRET });
    return started;
  }

  /** Opens a pull request, merges it by its button, and waits for the webhooks. */
  async function merge(
    branch: string,
    files: Record<string, string>,
    filesToDelete?: string[],
  ) {
    const pull = await openPullRequest(github, {
      token: TOKEN,
      branch,
      title: branch,
      files,
      filesToDelete,
    });
    const merged = await fetch(`${pull.url}/merge`, {
      method: 'POST',
      redirect: 'manual',
    });
    expect(merged.status).toBe(303);
    await github.settled();
  }

  async function value(cluster: string, name: string) {
    const response = await fetch(
      `${
        api.cluster(cluster).url
      }/api/v1/namespaces/default/configmaps/${name}`,
    );
    return response.ok
      ? ((await response.json()) as { data: { value: string } }).data.value
      : response.status;
  }

  /** What Argo CD would say in gpu-east; undefined where it says nothing. */
  async function application(name: string): Promise<unknown> {
    const response = await fetch(
      `${
        api.cluster('gpu-east').url
      }/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/${name}`,
    );
    return response.ok ? response.json() : undefined;
  }

  /** What Flux would say in gpu-west. */
  async function kustomization(name: string): Promise<unknown> {
    const response = await fetch(
      `${
        api.cluster('gpu-west').url
      }/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations/${name}`,
    );
    return response.ok ? response.json() : undefined;
  }

  const state = (name: string) =>
    sync.status().services.find(each => each.service === name);

  it('applies what is on the branch when it starts', async () => {
    expect(await value('gpu-west', 'search-settings')).toBe('as seeded');
    expect(await value('gpu-east', 'search-settings')).toBe(404);
    expect(state('search')).toMatchObject({
      cluster: 'gpu-west',
      state: 'Synced',
      revision: sync.status().revision,
    });
  });

  it('applies a merged pull request, told by the webhook alone', async () => {
    await merge('chat', service('chat', 'gpu-east', { settings: 'one' }));
    await sync.settled();

    expect(await value('gpu-east', 'chat-settings')).toBe('one');
    expect(state('chat')).toMatchObject({
      cluster: 'gpu-east',
      state: 'Synced',
      revision: sync.status().revision,
    });
  });

  it('applies a service that has a repository of its own, and removes it once that is empty', async () => {
    const headers = { authorization: `token ${TOKEN}` };
    await fetch(`${github.url}/orgs/platform/repos`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ name: 'chat', auto_init: true }),
    });
    const prefix = 'services/chat/';
    const files = service('chat', 'gpu-east', { settings: 'own' });
    for (const [path, content] of Object.entries(files)) {
      await fetch(
        `${github.url}/repos/platform/chat/contents/${path.slice(
          prefix.length,
        )}`,
        {
          method: 'PUT',
          headers,
          body: JSON.stringify({
            message: path,
            content: Buffer.from(content).toString('base64'),
          }),
        },
      );
    }
    await github.settled();
    await sync.settled();

    expect(await value('gpu-east', 'chat-settings')).toBe('own');
    expect(state('chat')).toMatchObject({ state: 'Synced' });
    expect(await value('gpu-west', 'search-settings')).toBe('as seeded');

    for (const path of ['README.md', ...Object.keys(files)]) {
      const url = `${github.url}/repos/platform/chat/contents/${path.replace(
        prefix,
        '',
      )}`;
      const { sha } = await (await fetch(url, { headers })).json();
      const body = JSON.stringify({ message: path, sha });
      await fetch(url, { method: 'DELETE', headers, body });
    }
    await github.settled();
    await sync.settled();

    expect(sync.status().message).toBeUndefined();
    expect(state('chat')).toBeUndefined();
    expect(await value('gpu-west', 'search-settings')).toBe('as seeded');
  });

  it('changes what changed and removes what is gone from a service', async () => {
    await merge(
      'chat',
      service('chat', 'gpu-east', { settings: 'one', extra: 'more' }),
    );
    await sync.settled();
    expect(await value('gpu-east', 'chat-extra')).toBe('more');

    await merge('less', service('chat', 'gpu-east', { settings: 'two' }), [
      'services/chat/base/extra.yaml',
    ]);
    await sync.settled();

    expect(await value('gpu-east', 'chat-settings')).toBe('two');
    expect(await value('gpu-east', 'chat-extra')).toBe(404);
  });

  const retireSearch = () =>
    merge(
      'retire',
      {},
      Object.keys(service('search', 'gpu-west', { settings: '' })),
    );

  it('removes a service that is gone from Git', async () => {
    await retireSearch();
    await sync.settled();

    expect(await value('gpu-west', 'search-settings')).toBe(404);
    expect(sync.status().services).toEqual([]);
  });

  it('removes a service that an earlier sync applied', async () => {
    await sync.close();
    await retireSearch();

    sync = await startSync();
    await sync.settled();

    expect(await value('gpu-west', 'search-settings')).toBe(404);
    expect(sync.status().services).toEqual([]);
  });

  it("reports the API server's own words and lets other services pass", async () => {
    await merge('both', {
      ...service('good', 'gpu-east', { settings: 'one' }),
      ...service('bad', 'gpu-east', { settings: 'one' }),
      'services/bad/base/settings.yaml': configMap('Not_A_Name', 'one'),
    });
    await sync.settled();

    expect(state('good')).toMatchObject({ state: 'Synced' });
    expect(state('bad')).toMatchObject({
      state: 'Error',
      message: expect.stringMatching(
        /ConfigMap "Not_A_Name" is invalid: metadata.name/,
      ),
    });
    expect(await application('good-gpu-east')).toMatchObject({
      spec: {
        source: {
          repoURL: `${github.url}/platform/llm-gitops.git`,
          path: 'services/good/overlays/gpu-east',
        },
      },
      status: {
        sync: { status: 'Synced', revision: sync.status().revision },
        health: { status: 'Healthy' },
        resources: [{ kind: 'ConfigMap', status: 'Synced' }],
        operationState: { phase: 'Succeeded' },
      },
    });
    expect(await application('bad-gpu-east')).toMatchObject({
      status: {
        sync: { status: 'OutOfSync' },
        health: { status: 'Missing' },
        resources: [{ status: 'OutOfSync', health: { status: 'Missing' } }],
        operationState: {
          phase: 'Failed',
          syncResult: {
            resources: [
              {
                name: 'Not_A_Name',
                status: 'SyncFailed',
                message: expect.stringContaining('is invalid: metadata.name'),
              },
            ],
          },
        },
      },
    });
  });

  it('tells the same in the words of Flux where a cluster has that', async () => {
    await merge('refused', {
      ...service('bad', 'gpu-west', { settings: 'one' }),
      'services/bad/base/settings.yaml': configMap('Not_A_Name', 'one'),
      ...service('broken', 'gpu-west', { settings: 'one' }),
      'services/broken/base/kustomization.yaml': 'resources: [absent.yaml]\n',
    });
    await sync.settled();
    const revision = `main@sha1:${sync.status().revision}`;

    expect(await kustomization('search')).toMatchObject({
      spec: {
        path: './services/search/overlays/gpu-west',
        sourceRef: { kind: 'GitRepository', name: 'llm-gitops' },
      },
      status: {
        conditions: [{ type: 'Ready', status: 'True' }],
        inventory: { entries: [{ id: 'default_search-settings__ConfigMap' }] },
        lastAppliedRevision: revision,
      },
    });
    expect(await kustomization('bad')).toMatchObject({
      status: {
        conditions: [
          {
            status: 'False',
            reason: 'ReconciliationFailed',
            message: expect.stringMatching(
              /^ConfigMap\/default\/Not_A_Name dry-run failed: .*is invalid/,
            ),
          },
        ],
        lastAttemptedRevision: revision,
      },
    });
    expect(await kustomization('broken')).toMatchObject({
      status: { conditions: [{ reason: 'BuildFailed' }] },
    });
    await retireSearch();
    await sync.settled();
    expect(await kustomization('search')).toBeUndefined();
  });

  it('names the file that kustomize cannot build', async () => {
    await merge('broken', {
      ...service('broken', 'gpu-east', { settings: 'one' }),
      'services/broken/base/kustomization.yaml': 'resources: [absent.yaml]\n',
    });
    await sync.settled();

    expect(state('broken')).toMatchObject({
      state: 'Error',
      message: expect.stringContaining('absent.yaml'),
    });
  });

  it('names a cluster that nobody knows', async () => {
    await merge('far', service('far', 'moon', { settings: 'one' }));
    await sync.settled();

    expect(state('far')).toMatchObject({
      cluster: 'moon',
      state: 'Error',
      message: 'There is no cluster moon; there are gpu-east and gpu-west',
    });
  });

  it('tries again while a cluster fails and is in sync once it is back', async () => {
    await api.cluster('gpu-east').setFaults({ status: 500 });
    await merge('chat', service('chat', 'gpu-east', { settings: 'one' }));
    while (!state('chat')?.message) {
      await setTimeout(5);
    }
    const failing = state('chat');

    await api.cluster('gpu-east').setFaults({});
    await sync.settled();

    expect(failing).toMatchObject({
      state: 'OutOfSync',
      message: expect.stringContaining('trying again'),
    });
    expect(state('chat')).toMatchObject({ state: 'Synced' });
    expect(await value('gpu-east', 'chat-settings')).toBe('one');
  });

  it('writes nothing when nothing changed', async () => {
    const version = async () => {
      const response = await fetch(
        `${
          api.cluster('gpu-west').url
        }/api/v1/namespaces/default/configmaps/search-settings`,
      );
      return ((await response.json()) as { metadata: object }).metadata;
    };
    const before = await version();

    await sync.close();
    sync = await startSync();
    await sync.settled();

    expect(await version()).toEqual(before);
  });

  it('answers its status by HTTP', async () => {
    const response = await fetch(`${sync.url}/status`);

    expect(await response.json()).toEqual(
      JSON.parse(JSON.stringify(sync.status())),
    );
  });

  it('refuses a webhook whose signature does not fit', async () => {
    const response = await fetch(sync.webhookUrl, {
      method: 'POST',
      headers: {
        'x-github-event': 'push',
        'x-hub-signature-256': `sha256=${'0'.repeat(64)}`,
      },
      body: '{}',
    });

    expect(response.status).toBe(401);
  });
});
