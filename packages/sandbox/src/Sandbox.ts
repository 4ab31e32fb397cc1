import { createClusterStore } from './cluster/createClusterStore';
import { ControlServer, startControl } from './control/startControl';
import { GitHub, startGitHub } from './github/startGitHub';
import { Webhook } from './github/Webhooks';
import { GitOpsSyncServer, startGitOpsSync } from './gitops/startGitOpsSync';
import { SandboxClock } from './kserve/clock/SandboxClock';
import { Player } from './kserve/Player';
import {
  createKubernetesApi,
  KubernetesApi,
} from './kubernetes/createKubernetesApi';
import { PodProxyRequest } from './kubernetes/pods/PodSources';
import { CLUSTERS, ClusterName } from './seed/clusters';
import { gitOpsRepository } from './seed/gitOpsRepository';
import { historyStart, seedCluster } from './seed/seedCluster';

/** How fast play runs in the portal: a small model is there after about fifteen seconds. */
const DEFAULT_SPEED = 20;

/** Opens the sandbox's GitHub and its clusters alike; it opens nothing else. */
export const SANDBOX_TOKEN = 'sandbox-token';

/** Signs the webhooks of the sandbox's GitHub; the portal's app-config.yaml knows it too. */
export const SANDBOX_WEBHOOK_SECRET = 'sandbox-webhook-secret';

/** How the sandbox starts. Ports that are not given are chosen by the system. */
export interface SandboxOptions {
  ports?: {
    control?: number;
    gitHub?: number;
    clusters?: Partial<Record<ClusterName, number>>;
  };
  /** Seconds of play in a second of the wall; 20 where nothing is given. */
  speed?: number;
  /** Whether the clusters start furnished and with the six services; yes where nothing is given. */
  seeded?: boolean;
  /** Where pushes are told of besides the sync: the events endpoint of the portal's backend. */
  pushWebhooks?: Webhook[];
  /** Where remarks go. */
  log?: (message: string) => void;
}

/** A running sandbox. */
export interface Sandbox {
  /** Players of the clusters by name; for tests and benchmarks. */
  players: ReadonlyMap<string, Player>;
  api: KubernetesApi;
  gitHub: GitHub;
  gitOps: GitOpsSyncServer;
  control: ControlServer;
  close(): Promise<void>;
}

/** Starts clusters, their API servers, GitHub, the GitOps sync and the control endpoint, all on loopback. */
export async function createSandbox(
  options: SandboxOptions = {},
): Promise<Sandbox> {
  const now = new Date();
  const players = new Map(
    clusterNames().map(name => [name, createPlayer(name, options, now)]),
  );
  const open: (() => Promise<void>)[] = [
    async () => players.forEach(player => player.stop()),
  ];
  const close = async () => {
    for (const part of open.reverse()) {
      await part();
    }
  };
  try {
    const api = await createKubernetesApi({
      stores: [...players.values()].map(player => player.context.store),
      ports: options.ports?.clusters,
      tokens: {
        [SANDBOX_TOKEN]: { name: 'sandbox-admin', groups: ['system:masters'] },
      },
      logs: Object.fromEntries(
        [...players].map(([name, player]) => [name, player.context.logs]),
      ),
      proxies: Object.fromEntries(
        [...players].map(([name, { engines }]) => [
          name,
          (request: PodProxyRequest) => engines.answer(request),
        ]),
      ),
    });
    open.push(() => api.close());
    const gitHub = await startGitHub({
      port: options.ports?.gitHub,
      token: SANDBOX_TOKEN,
      repositories: {
        'llm-gitops': {
          description: 'What runs in the GPU clusters',
          files: options.seeded === false ? {} : gitOpsRepository(),
        },
      },
      webhooks: options.pushWebhooks,
      log: options.log,
    });
    open.push(() => gitHub.close());
    const gitOps = await startGitOpsSync({
      github: {
        url: gitHub.url,
        token: SANDBOX_TOKEN,
        owner: 'platform',
        repo: 'llm-gitops',
        branch: 'main',
      },
      // One of each, so that both are seen.
      clusters: api.clusters.map(({ name, url }) => ({
        name,
        url,
        token: SANDBOX_TOKEN,
        controller: name === 'gpu-west' ? 'flux' : 'argo-cd',
      })),
      secret: SANDBOX_WEBHOOK_SECRET,
      log: options.log,
    });
    open.push(() => gitOps.close());
    gitHub.addWebhook({
      url: gitOps.webhookUrl,
      secret: SANDBOX_WEBHOOK_SECRET,
    });
    const control = await startControl({
      players,
      api,
      gitOps,
      port: options.ports?.control,
    });
    open.push(() => control.close());
    return { players, api, gitHub, gitOps, control, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function clusterNames(): ClusterName[] {
  return Object.keys(CLUSTERS) as ClusterName[];
}

function createPlayer(
  name: ClusterName,
  options: SandboxOptions,
  now: Date,
): Player {
  const clock = new SandboxClock({
    speed: options.speed ?? DEFAULT_SPEED,
    startAt: historyStart(now),
  });
  const player = new Player(createClusterStore(name, { clock }), clock);
  if (options.seeded ?? true) {
    seedCluster(name, player, now);
  } else {
    clock.advanceTo(now);
  }
  letAnybodyIn(player);
  clock.goLive();
  return player;
}

/**
 * Over plain HTTP kubectl sends no token, not even one that it is given. Requests without a token may
 * therefore do everything here, as a role binding that anybody can take away; a wrong token is refused.
 */
function letAnybodyIn(player: Player): void {
  player.context.store.create('clusterrolebindings.rbac.authorization.k8s.io', {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: 'sandbox-without-token' },
    roleRef: {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'ClusterRole',
      name: 'cluster-admin',
    },
    subjects: [
      {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'Group',
        name: 'system:unauthenticated',
      },
    ],
  });
}
