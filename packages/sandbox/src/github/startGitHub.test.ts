import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { GithubEntityProvider } from '@backstage/plugin-catalog-backend-module-github';
import { EntityProviderMutation } from '@backstage/plugin-catalog-node';
import { verify } from '@octokit/webhooks-methods';
import webhookSchema from '@octokit/webhooks-schemas';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { list } from 'tar';
import { GitHub, startGitHub } from './startGitHub';
import { openPullRequest } from './__testUtils__/openPullRequest';
import {
  receiveWebhooks,
  WebhookReceiver,
} from './__testUtils__/WebhookReceiver';

const TOKEN = 'sandbox-token';
const SECRET = 'sandbox-secret';

describe('the GitHub of the sandbox', () => {
  let hooks: WebhookReceiver;
  let github: GitHub;

  beforeEach(async () => {
    hooks = await receiveWebhooks();
    github = await startGitHub({
      token: TOKEN,
      repositories: {
        'llm-gitops': {
          description: 'Services of the platform',
          files: {
            'README.md': '# Services\n',
            'services/old/catalog-info.yaml': 'kind: Component\n',
          },
        },
      },
      webhooks: [{ url: hooks.url, secret: SECRET }],
    });
  });

  afterEach(async () => {
    await github.close();
    await hooks.close();
  });

  const open = (
    branch: string,
    files: Record<string, string>,
    more: {
      title?: string;
      description?: string;
      filesToDelete?: string[];
    } = {},
  ) =>
    openPullRequest(github, {
      token: TOKEN,
      branch,
      title: `Add ${branch}`,
      files,
      ...more,
    });

  const merge = (number: number) =>
    fetch(`${github.url}/platform/llm-gitops/pull/${number}/merge`, {
      method: 'POST',
      redirect: 'manual',
    });

  const read = async (path: string, ref = 'main') => {
    const response = await fetch(
      `${github.url}/raw/platform/llm-gitops/${ref}/${path}`,
    );
    return response.ok ? response.text() : response.status;
  };

  const pushes = async () => {
    await github.settled();
    return hooks.calls
      .filter(({ headers }) => headers['x-github-event'] === 'push')
      .map(({ body }) => JSON.parse(body));
  };

  it('takes a pull request from the template action and shows it on a page', async () => {
    const { url, number } = await open(
      'chat',
      { 'services/chat/catalog-info.yaml': 'kind: <b>Component</b>\n' },
      {
        title: 'Add <chat>',
        description: '# Serves "chat"\n<script>alert(1)</script>',
      },
    );

    expect(url).toBe(`${github.url}/platform/llm-gitops/pull/${number}`);
    const page = await (await fetch(url)).text();
    expect(page).toContain('Add &lt;chat&gt;');
    expect(page).toContain('<h1>Serves &quot;chat&quot;</h1>');
    expect(page).not.toContain('<script>');
    expect(page).toContain('services/chat/catalog-info.yaml');
    expect(page).toContain('+kind: &lt;b&gt;Component&lt;/b&gt;');
    expect(page).toContain('Merge pull request</button>');
  });

  it('refuses a second pull request for a branch and updates it when asked to', async () => {
    const first = await open('chat', { 'a.txt': 'one\n' });

    await expect(open('chat', { 'a.txt': 'two\n' })).rejects.toThrow(
      'Pull request creation failed',
    );
    const again = await openPullRequest(github, {
      token: TOKEN,
      branch: 'chat',
      title: 'Add chat',
      files: { 'a.txt': 'two\n' },
      update: true,
    });

    expect(again.number).toBe(first.number);
    expect((await merge(first.number)).status).toBe(303);
    expect(await read('a.txt')).toBe('two\n');
  });

  it('merges by the button and shows that it is merged', async () => {
    const { url, number } = await open('chat', { 'chat.txt': 'chat\n' });

    const response = await merge(number);

    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe(
      `/platform/llm-gitops/pull/${number}`,
    );
    const page = await (await fetch(url)).text();
    expect(page).toContain('Merged');
    expect(page).not.toContain('<button');
    expect(await read('chat.txt')).toBe('chat\n');
  });

  it('does not merge on behalf of another site', async () => {
    const { number } = await open('chat', { 'chat.txt': 'chat\n' });

    const response = await fetch(
      `${github.url}/platform/llm-gitops/pull/${number}/merge`,
      { method: 'POST', headers: { origin: 'http://elsewhere.example' } },
    );

    expect(response.status).toBe(403);
    expect(await read('chat.txt')).toBe(404);
  });

  it('keeps what was merged before when two pull requests overlap in time', async () => {
    const chat = await open('chat', { 'services/chat/a.yaml': 'a: 1\n' });
    const search = await open('search', { 'services/search/a.yaml': 'a: 1\n' });

    expect((await merge(chat.number)).status).toBe(303);
    expect((await merge(search.number)).status).toBe(303);

    expect(await read('services/chat/a.yaml')).toBe('a: 1\n');
    expect(await read('services/search/a.yaml')).toBe('a: 1\n');
    expect((await pushes()).at(-1).commits.at(-1).added).toEqual([
      'services/search/a.yaml',
    ]);
  });

  it('names the files that stand in the way of a merge', async () => {
    const one = await open('one', { 'README.md': '# One\n' });
    const two = await open('two', { 'README.md': '# Two\n' });
    await merge(one.number);

    const page = await (await fetch(two.url)).text();
    const response = await merge(two.number);

    expect(page).toContain('Cannot be merged');
    expect(page).not.toContain('<button');
    expect(response.status).toBe(405);
    expect(await response.text()).toContain('main also changed README.md');
    expect(await read('README.md')).toBe('# One\n');
  });

  it('sends a signed push after a merge', async () => {
    const { number } = await open(
      'change',
      {
        'README.md': '# Changed\n',
        'services/chat/catalog-info.yaml': 'kind: Component\n',
      },
      { filesToDelete: ['services/old/catalog-info.yaml'] },
    );
    await merge(number);
    await github.settled();

    const call = hooks.calls.at(-1)!;
    expect(call.headers['x-github-event']).toBe('push');
    expect(
      await verify(
        SECRET,
        call.body,
        String(call.headers['x-hub-signature-256']),
      ),
    ).toBe(true);
    const payload = JSON.parse(call.body);
    expect(payload).toMatchObject({
      ref: 'refs/heads/main',
      repository: {
        full_name: 'platform/llm-gitops',
        default_branch: 'main',
        html_url: `${github.url}/platform/llm-gitops`,
      },
      organization: { login: 'platform' },
    });
    expect(payload.commits[0]).toMatchObject({
      added: ['services/chat/catalog-info.yaml'],
      removed: ['services/old/catalog-info.yaml'],
      modified: ['README.md'],
    });
  });

  it('sends pushes of the shape that GitHub documents', async () => {
    const { number } = await open('chat', { 'chat.txt': 'chat\n' });
    await merge(number);

    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats(ajv);
    ajv.addSchema(webhookSchema, 'github');
    const isPush = ajv.getSchema('github#/definitions/push$event')!;
    const sent = await pushes();
    expect(sent.map(({ ref }) => ref)).toEqual([
      'refs/heads/chat',
      'refs/heads/main',
    ]);
    for (const payload of sent) {
      isPush(payload);
      expect(isPush.errors ?? []).toEqual([]);
    }
  });

  it('sends a push for a file written by the contents API', async () => {
    const response = await fetch(
      `${github.url}/repos/platform/llm-gitops/contents/new.txt`,
      {
        method: 'PUT',
        headers: { authorization: `token ${TOKEN}` },
        body: JSON.stringify({
          message: 'Add a file',
          content: Buffer.from('new\n').toString('base64'),
        }),
      },
    );

    expect(response.status).toBe(201);
    const [push] = await pushes();
    expect(push.commits).toMatchObject([
      { message: 'Add a file', added: ['new.txt'] },
    ]);
  });

  it.each(['tarball', 'tarball/main'])(
    'archives a branch at %s',
    async path => {
      const response = await fetch(
        `${github.url}/repos/platform/llm-gitops/${path}`,
      );

      expect(await filesInTar(response)).toEqual([
        'README.md',
        'services/old/catalog-info.yaml',
      ]);
    },
  );

  it('archives a branch as zip', async () => {
    const response = await fetch(
      `${github.url}/repos/platform/llm-gitops/zipball/main`,
    );

    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(0, 2).toString()).toBe('PK');
    expect(bytes.includes('services/old/catalog-info.yaml')).toBe(true);
  });

  it('answers 404 for what is not there', async () => {
    const statuses = await Promise.all(
      [
        '/repos/platform/none',
        '/repos/platform/none/tarball/main',
        '/repos/platform/llm-gitops/tarball/none',
        '/platform/llm-gitops/pull/99',
      ].map(async path => (await fetch(`${github.url}${path}`)).status),
    );

    expect(statuses).toEqual([404, 404, 404, 404]);
  });

  it('creates a repository of the organisation', async () => {
    const response = await fetch(`${github.url}/orgs/platform/repos`, {
      method: 'POST',
      headers: { authorization: `token ${TOKEN}` },
      body: JSON.stringify({ name: 'chat', auto_init: true }),
    });

    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({
      full_name: 'platform/chat',
      clone_url: `${github.url}/platform/chat.git`,
    });
  });

  it('shows the files of a repository', async () => {
    const folder = await (
      await fetch(`${github.url}/platform/llm-gitops/tree/main/services/old`)
    ).text();
    const file = await (
      await fetch(
        `${github.url}/platform/llm-gitops/blob/main/services/old/catalog-info.yaml`,
      )
    ).text();

    expect(folder).toContain('catalog-info.yaml');
    expect(file).toContain('kind: Component');
  });

  it("lets the catalog's GitHub provider find the repositories of the organisation", async () => {
    await fetch(`${github.url}/orgs/platform/repos`, {
      method: 'POST',
      headers: { authorization: `token ${TOKEN}` },
      body: JSON.stringify({ name: 'without-catalog-file', auto_init: true }),
    });
    const [provider] = GithubEntityProvider.fromConfig(
      new ConfigReader({
        integrations: {
          github: [{ host: github.host, apiBaseUrl: github.url, token: TOKEN }],
        },
        catalog: {
          providers: {
            github: {
              host: github.host,
              organization: 'platform',
              catalogPath: '/services/old/catalog-info.yaml',
              validateLocationsExist: true,
            },
          },
        },
      }),
      {
        logger: mockServices.logger.mock(),
        schedule: { run: async task => task.fn(new AbortController().signal) },
      },
    );
    const mutations: EntityProviderMutation[] = [];

    await provider.connect({
      applyMutation: async mutation => void mutations.push(mutation),
      refresh: async () => {},
    });

    expect(mutations).toMatchObject([
      {
        type: 'full',
        entities: [
          {
            entity: {
              kind: 'Location',
              spec: {
                target: `${github.url}/platform/llm-gitops/blob/main/services/old/catalog-info.yaml`,
              },
            },
          },
        ],
      },
    ]);
  });
});

async function filesInTar(response: Response): Promise<string[]> {
  const paths: string[] = [];
  const parser = list({ onReadEntry: entry => paths.push(entry.path) });
  const done = new Promise((resolve, reject) => {
    parser.on('end', resolve).on('error', reject);
  });
  parser.end(Buffer.from(await response.arrayBuffer()));
  await done;
  const [top, ...files] = paths;
  expect(top).toMatch(/^platform-llm-gitops-\w{7}\/$/);
  return files.map(path => path.slice(top.length));
}
