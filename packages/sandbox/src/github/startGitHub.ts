import express, { Express, NextFunction, Request, Response } from 'express';
import PromiseRouter from 'express-promise-router';
import { Octokit } from '@octokit/rest';
import { mkdtemp, rm } from 'node:fs/promises';
import { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiRoutes } from './apiRoutes';
import { forward, reply } from './forward';
import { gitRoutes } from './git/gitRoutes';
import { listen } from './listen';
import { pageRoutes } from './pageRoutes';
import { RepositoryChanges } from './RepositoryChanges';
import { seedRepository } from './seedRepository';
import { EmulatorSeed, startEmulator } from './startEmulator';
import { Webhook, Webhooks } from './Webhooks';
import { World } from './World';

const ORGANIZATION = 'platform';

/** How the sandbox's GitHub starts. */
export interface GitHubOptions {
  /** TCP port on loopback; 0 or nothing lets the system choose. */
  port?: number;
  /** Access token of the sandbox's user, an administrator of the organisation. */
  token: string;
  /** Login of that user. */
  login?: string;
  /** The organisation. */
  organization?: string;
  /** Repositories of the organisation and the files on their `main` branch, by path. */
  repositories: Record<
    string,
    { description: string; files: Record<string, string> }
  >;
  /** Told of every push. */
  webhooks?: Webhook[];
  /** Where remarks go, such as a webhook that could not be delivered. */
  log?: (message: string) => void;
}

/** The sandbox's GitHub: REST and GraphQL API, raw files and pages on one port. */
export interface GitHub {
  /** Its address, also the base address of the API, without a trailing slash. */
  url: string;
  /** `localhost:<port>`: the host of a GitHub integration in app-config. */
  host: string;
  /** Adds a webhook; it hears of pushes from now on. */
  addWebhook(hook: Webhook): void;
  /** Waits until the webhooks of everything that happened so far were called. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts a stateful GitHub on loopback. The REST API is the npm package
 * `emulate`; this adds what it lacks for Backstage, GitOps and people.
 */
export async function startGitHub(options: GitHubOptions): Promise<GitHub> {
  const { token, organization = ORGANIZATION, log = () => {} } = options;
  const opened: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const end of opened.reverse()) {
      await end();
    }
  };
  try {
    // Links carry the port, so it is taken first; requests wait for the rest.
    let answerWith: (app: RequestListener) => void = () => {};
    const app = new Promise<RequestListener>(resolve => {
      answerWith = resolve;
    });
    const server = await listen(
      async (req, res) => (await app)(req, res),
      options.port ?? 0,
    );
    opened.push(() => server.close());
    const host = `localhost:${server.port}`;
    const url = `http://${host}`;

    const folder = await mkdtemp(join(tmpdir(), 'sandbox-github-'));
    opened.push(() => rm(folder, { recursive: true, force: true }));
    const emulator = await startEmulator({
      publicUrl: url,
      seed: emulatorSeed(options),
    });
    opened.push(() => emulator.close());

    const octokit = new Octokit({ baseUrl: emulator.url, auth: token });
    for (const [repo, { files }] of Object.entries(options.repositories)) {
      await seedRepository(octokit, { owner: organization, repo }, files);
    }

    const webhooks = new Webhooks(log);
    opened.push(() => webhooks.close());
    options.webhooks?.forEach(hook => webhooks.add(hook));
    const changes = new RepositoryChanges(octokit, webhooks);
    const world = {
      emulatorUrl: emulator.url,
      publicUrl: url,
      octokit,
      changes,
    };
    answerWith(createApp(world, { folder, token }));

    return {
      url,
      host,
      addWebhook: hook => webhooks.add(hook),
      settled: () => webhooks.settled(),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function createApp(
  world: World,
  options: { folder: string; token: string },
): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(express.raw({ type: () => true, limit: '50mb' }));
  app.use(gitRoutes(world, options));
  app.use(apiRoutes(world));
  app.use(pageRoutes(world, options.token));
  app.use(
    PromiseRouter().use(async (req, res) => {
      reply(res, await forward(world.emulatorUrl, req));
    }),
  );
  app.use(errorAnswer);
  return app;
}

function emulatorSeed(options: GitHubOptions): EmulatorSeed {
  const {
    token,
    login = 'platform-engineer',
    organization = ORGANIZATION,
  } = options;
  return {
    tokens: {
      [token]: { login, scopes: ['repo', 'admin:org', 'admin:repo_hook'] },
    },
    github: {
      users: [
        { login, name: 'Platform Engineer', email: `${login}@example.com` },
      ],
      orgs: [
        {
          login: organization,
          name: 'Platform',
          members: [{ login, role: 'admin' }],
        },
      ],
      repos: Object.entries(options.repositories).map(
        ([name, { description }]) => ({
          owner: organization,
          name,
          description,
          default_branch: 'main',
        }),
      ),
    },
  };
}

/** Answers like GitHub: the status of what failed and a message. */
function errorAnswer(
  error: { status?: unknown; message?: unknown },
  _req: Request,
  res: Response,
  next: NextFunction,
): void {
  if (res.headersSent) {
    next(error);
    return;
  }
  const status = typeof error.status === 'number' ? error.status : 500;
  res.status(status).json({ message: String(error.message ?? error) });
}
