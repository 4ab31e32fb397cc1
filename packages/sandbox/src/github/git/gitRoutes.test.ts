import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { createPublishGithubAction } from '@backstage/plugin-scaffolder-backend-module-github';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  receiveWebhooks,
  WebhookReceiver,
} from '../__testUtils__/WebhookReceiver';
import { GitHub, startGitHub } from '../startGitHub';

const run = promisify(execFile);

const TOKEN = 'sandbox-token';

const hasGit = spawnSync('git', ['--version']).status === 0;
const describeWithGit = hasGit ? describe : describe.skip;

describeWithGit(
  `git over HTTP${hasGit ? '' : ' (git is not installed)'}`,
  () => {
    let hooks: WebhookReceiver;
    let github: GitHub;
    let folder: string;

    beforeEach(async () => {
      hooks = await receiveWebhooks();
      github = await startGitHub({
        token: TOKEN,
        repositories: {
          'llm-gitops': {
            description: '',
            files: { 'README.md': '# One\n', 'services/a/b.yaml': 'a: 1\n' },
          },
        },
        webhooks: [{ url: hooks.url }],
      });
      folder = await mkdtemp(join(tmpdir(), 'clone-'));
    });

    afterEach(async () => {
      await rm(folder, { recursive: true });
      await github.close();
      await hooks.close();
    });

    const git = async (...args: string[]) => {
      const { stdout } = await run('git', args, {
        cwd: folder,
        env: {
          PATH: process.env.PATH,
          HOME: folder,
          GIT_TERMINAL_PROMPT: '0',
          GIT_AUTHOR_NAME: 'Ada',
          GIT_AUTHOR_EMAIL: 'ada@example.com',
          GIT_AUTHOR_DATE: '2026-03-01T12:00:00+05:30',
          GIT_COMMITTER_NAME: 'Ada',
          GIT_COMMITTER_EMAIL: 'ada@example.com',
        },
      });
      return stdout.trim();
    };

    const address = (password: string) =>
      `http://x-access-token:${password}@${github.host}/platform/llm-gitops.git`;

    const read = async (repository: string, path: string) => {
      const response = await fetch(
        `${github.url}/raw/platform/${repository}/main/${path}`,
      );
      return response.ok ? response.text() : response.status;
    };

    const pushes = async () => {
      await github.settled();
      return hooks.calls.map(({ body }) => JSON.parse(body));
    };

    it('brings a pushed commit into the API and tells the webhooks', async () => {
      await git('clone', address(TOKEN), '.');
      expect(await readFile(join(folder, 'services/a/b.yaml'), 'utf8')).toBe(
        'a: 1\n',
      );

      await writeFile(join(folder, 'README.md'), '# Two\n');
      await writeFile(join(folder, 'run.sh'), 'echo\n', { mode: 0o755 });
      await git('add', '.');
      await git('commit', '-m', 'Change the text\n\nAnd say why.');
      await git('push', 'origin', 'main');

      expect(await read('llm-gitops', 'README.md')).toBe('# Two\n');
      expect(await pushes()).toMatchObject([
        {
          ref: 'refs/heads/main',
          after: await git('rev-parse', 'HEAD'),
          commits: [{ added: ['run.sh'], modified: ['README.md'] }],
        },
      ]);
    });

    it('hands out what was committed by the API since', async () => {
      await git('clone', address(TOKEN), '.');
      await fetch(`${github.url}/repos/platform/llm-gitops/contents/new.txt`, {
        method: 'PUT',
        headers: { authorization: `token ${TOKEN}` },
        body: JSON.stringify({
          message: 'Add a file',
          content: Buffer.from('new\n').toString('base64'),
        }),
      });

      await git('pull');

      expect(await readFile(join(folder, 'new.txt'), 'utf8')).toBe('new\n');
    });

    it('takes a history that replaces the one it had', async () => {
      await git('init', '-b', 'main', '.');
      await writeFile(join(folder, 'one.txt'), 'one\n');
      await git('add', '.');
      await git('commit', '-m', 'One');
      await writeFile(join(folder, 'two.txt'), 'two\n');
      await git('add', '.');
      await git('commit', '-m', 'Two');
      await git('push', '--force', address(TOKEN), 'main');

      expect(await read('llm-gitops', 'README.md')).toBe(404);
      expect(await read('llm-gitops', 'one.txt')).toBe('one\n');
      expect(await pushes()).toMatchObject([
        { commits: [{ added: ['one.txt'] }, { added: ['two.txt'] }] },
      ]);
    });

    it('creates, moves and deletes branches', async () => {
      await git('clone', address(TOKEN), '.');
      await git('checkout', '-b', 'chat');
      await git('commit', '--allow-empty', '-m', 'One');
      await git('push', 'origin', 'chat');
      await git('commit', '--amend', '--allow-empty', '-m', 'Other');
      await git('push', '--force', 'origin', 'chat');
      const moved = await branches();
      await git('push', 'origin', '--delete', 'chat');

      expect(moved).toEqual({
        main: expect.anything(),
        chat: await git('rev-parse', 'HEAD'),
      });
      expect(Object.keys(await branches())).toEqual(['main']);
    });

    async function branches(): Promise<Record<string, string>> {
      const response = await fetch(
        `${github.url}/repos/platform/llm-gitops/branches`,
      );
      const list = (await response.json()) as {
        name: string;
        commit: { sha: string };
      }[];
      return Object.fromEntries(
        list.map(({ name, commit }) => [name, commit.sha]),
      );
    }

    it('takes no push without the token', async () => {
      await git('clone', address('other'), '.');
      await git('commit', '--allow-empty', '-m', 'One');

      await expect(git('push', 'origin', 'main')).rejects.toThrow(
        /Authentication failed/,
      );
      expect(await pushes()).toEqual([]);
    });

    it('does not know a repository that GitHub does not know', async () => {
      await expect(
        git('clone', address(TOKEN).replace('llm-gitops', 'none'), '.'),
      ).rejects.toThrow(/not found/);
    });

    it('lets a template publish a repository of its own', async () => {
      await writeFile(join(folder, 'catalog-info.yaml'), 'kind: Component\n');
      const integrations = ScmIntegrations.fromConfig(
        new ConfigReader({
          integrations: {
            github: [
              { host: github.host, apiBaseUrl: github.url, token: TOKEN },
            ],
          },
        }),
      );
      const action = createPublishGithubAction({
        integrations,
        config: new ConfigReader({}),
      });
      const context = createMockActionContext({
        workspacePath: folder,
        input: {
          repoUrl: `${github.host}?owner=platform&repo=chat`,
          description: 'A service of its own',
          repoVisibility: 'public' as const,
          protectDefaultBranch: false,
        },
      });

      await action.handler(context);

      expect(context.output).toHaveBeenCalledWith(
        'repoContentsUrl',
        `${github.url}/platform/chat/blob/main`,
      );
      expect(await read('chat', 'catalog-info.yaml')).toBe('kind: Component\n');
      expect(await pushes()).toMatchObject([
        {
          ref: 'refs/heads/main',
          created: true,
          repository: { full_name: 'platform/chat' },
          commits: [{ added: ['catalog-info.yaml'] }],
        },
      ]);
    });
  },
);
