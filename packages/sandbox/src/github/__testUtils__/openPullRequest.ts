import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { createPublishGithubPullRequestAction } from '@backstage/plugin-scaffolder-backend-module-github';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { GitHub } from '../startGitHub';

/** Opens a pull request with Backstage's own `publish:github:pull-request`, as a template does. */
export async function openPullRequest(
  github: GitHub,
  options: {
    token: string;
    branch: string;
    title: string;
    description?: string;
    files: Record<string, string>;
    filesToDelete?: string[];
    update?: boolean;
  },
): Promise<{ url: string; number: number }> {
  const workspacePath = await mkdtemp(join(tmpdir(), 'pull-request-'));
  try {
    for (const [path, content] of Object.entries(options.files)) {
      await mkdir(join(workspacePath, dirname(path)), { recursive: true });
      await writeFile(join(workspacePath, path), content);
    }
    const action = createPublishGithubPullRequestAction({
      integrations: ScmIntegrations.fromConfig(
        new ConfigReader({
          integrations: {
            github: [
              {
                host: github.host,
                apiBaseUrl: github.url,
                rawBaseUrl: `${github.url}/raw`,
                token: options.token,
              },
            ],
          },
        }),
      ),
    });
    const context = createMockActionContext({
      workspacePath,
      input: {
        repoUrl: `${github.host}?owner=platform&repo=llm-gitops`,
        branchName: options.branch,
        title: options.title,
        description: options.description ?? '',
        filesToDelete: options.filesToDelete,
        update: options.update,
      },
    });
    const output = jest.mocked(context.output);
    await action.handler(context);
    const outputs = Object.fromEntries(output.mock.calls);
    return {
      url: String(outputs.remoteUrl),
      number: Number(outputs.pullRequestNumber),
    };
  } finally {
    await rm(workspacePath, { recursive: true });
  }
}
