import { verify } from '@octokit/webhooks-methods';
import express from 'express';
import PromiseRouter from 'express-promise-router';
import { listen } from '../github/listen';
import { GitSource } from './GitSource';
import { GitOpsSync } from './GitOpsSync';
import { ClusterAddress } from './KubernetesClient';
import { findKustomize } from './kustomize';
import { DEFAULT_RETRIES, Retries } from './retrying';
import { SyncStatus } from './SyncStatus';

/** How the GitOps sync starts. */
export interface GitOpsSyncOptions {
  github: GitSource;
  clusters: ClusterAddress[];
  /** Checks the signature of webhooks. */
  secret: string;
  /** TCP port on loopback; 0 or nothing lets the system choose. */
  port?: number;
  retries?: Retries;
  /** Where failures are told. */
  log?: (message: string) => void;
}

/** A running GitOps sync. */
export interface GitOpsSyncServer {
  /** Its address: `GET /status` answers a {@link SyncStatus}, `POST /sync` asks for a round. */
  url: string;
  /** Where GitHub has to send its pushes. */
  webhookUrl: string;
  status(): SyncStatus;
  /** Asks for a round and returns at once. */
  request(): void;
  /** Waits until nothing is under way. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts what Argo CD or Flux would be: it applies what an organisation's
 * repositories say to clusters, once now and then whenever a push is reported.
 */
export async function startGitOpsSync(
  options: GitOpsSyncOptions,
): Promise<GitOpsSyncServer> {
  const sync = new GitOpsSync({
    source: options.github,
    clusters: options.clusters,
    kustomize: await findKustomize(),
    retries: options.retries ?? DEFAULT_RETRIES,
    log: options.log ?? (() => {}),
  });

  const router = PromiseRouter();
  router.get('/status', (_req, res) => {
    res.json(sync.status());
  });
  router.post('/sync', (_req, res) => {
    sync.request();
    res.status(202).end();
  });
  router.post(
    '/webhooks/github',
    express.text({ type: () => true, limit: '50mb' }),
    async (req, res) => {
      const signature = req.get('x-hub-signature-256');
      const isGenuine =
        signature && (await verify(options.secret, req.body, signature));
      if (!isGenuine) {
        res.status(401).json({ message: 'The signature does not fit' });
        return;
      }
      if (
        req.get('x-github-event') === 'push' &&
        isPushToApplied(JSON.parse(req.body), options.github)
      ) {
        sync.request();
      }
      res.status(202).end();
    },
  );

  const app = express();
  app.disable('x-powered-by');
  app.use(router);
  const server = await listen(app, options.port ?? 0);
  sync.request();

  const url = `http://127.0.0.1:${server.port}`;
  return {
    url,
    webhookUrl: `${url}/webhooks/github`,
    status: () => sync.status(),
    request: () => sync.request(),
    settled: () => sync.settled(),
    async close() {
      await server.close();
      await sync.close();
    },
  };
}

/** Whether a push moved the branch of a repository that is applied. */
function isPushToApplied(
  payload: {
    ref?: unknown;
    repository?: {
      name?: unknown;
      default_branch?: unknown;
      owner?: { login?: unknown };
    };
  },
  source: GitSource,
): boolean {
  const {
    name,
    default_branch: defaultBranch,
    owner,
  } = payload.repository ?? {};
  const branch = name === source.repo ? source.branch : defaultBranch;
  return (
    owner?.login === source.owner && payload.ref === `refs/heads/${branch}`
  );
}
