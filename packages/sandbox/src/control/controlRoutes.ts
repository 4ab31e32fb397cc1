import { ErrorRequestHandler, Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Fault, FaultTarget } from '../faults/Fault';
import { FAULTS } from '../faults/faultTable';
import { clearFault, injectFault } from '../faults/injectFault';
import { UnknownError } from '../faults/UnknownError';
import { askService } from '../kserve/endpoint/askService';
import { Player } from '../kserve/Player';
import { parseTraffic, setTraffic } from './traffic';
import { parseClusterFaults } from '../kubernetes/faults/ClusterFaults';
import { ControlOptions } from './startControl';

const TARGETS: FaultTarget[] = ['decode', 'prefill', 'scheduler'];

const HELP = {
  'GET /': 'this page',
  'GET /healthz': 'whether the sandbox is up',
  'GET /faults': 'the faults that can be played on a service',
  'GET /clusters': 'clusters, their addresses and what plays in them',
  'POST /clusters/:cluster/services/:namespace/:name/faults/:fault':
    'plays a fault; body (optional): {"targets": ["decode", "prefill", "scheduler"]}',
  'DELETE /clusters/:cluster/services/:namespace/:name/faults/:fault':
    'ends a fault',
  'PUT /clusters/:cluster/services/:namespace/:name/traffic':
    'how requests run; body: {"requestsPerSecond", "disaggregatedShare", "transferShare", "bytesPerSecond", "fabric": "rdma"|"tcp", "failureShare", "expiredShare"}; {} is the ordinary traffic',
  'PUT /clusters/:cluster/scheduler-metrics':
    'whether the metrics of schedulers can be read without a token; body: {"open": true|false}',
  'PUT /clusters/:cluster/api-faults':
    'what is wrong with the API of a cluster; body: {"latencyMs", "status": 401|403|429|500, "retryAfterSeconds", "resources", "dropWatchesEveryMs", "expiredVersions": "event"|"status", "connection": "refused"|"hung"|"half-open", "denyServices": "why", "notServed": ["llminferenceservices.serving.kserve.io"], "malformed": "objects"|"lines"}',
  'DELETE /clusters/:cluster/api-faults': 'heals the API of a cluster',
  'GET /gitops': 'what the GitOps sync read last, and what became of it',
  'POST /gitops/sync': 'asks for a round of the GitOps sync',
  'POST /endpoints/:cluster/:namespace/:name/v1/completions':
    'asks a service as through the gateway of its cluster',
  'POST /clusters/:cluster/expire-versions':
    'lets all versions so far expire, once',
};

/** A request that asks for something that is not there, or asks wrongly. */
class ControlError extends Error {
  constructor(readonly status: 400 | 404, message: string) {
    super(message);
  }
}

const errorAnswer: ErrorRequestHandler = (error, _req, res, next) => {
  if (res.headersSent) {
    next(error);
    return;
  }
  const status = error instanceof ControlError ? error.status : error.status;
  res
    .status(typeof status === 'number' ? status : 500)
    .json({ error: String(error?.message ?? error) });
};

/** The control endpoint: faults on services and on the clusters' APIs. */
export function controlRoutes({
  players,
  api,
  gitOps,
}: ControlOptions): Router {
  const router = PromiseRouter();
  router.get('/', (_req, res) => {
    res.json(HELP);
  });
  router.get('/healthz', (_req, res) => {
    res.json({ status: 'ok' });
  });
  router.get('/faults', (_req, res) => {
    res.json({ items: [...FAULTS.values()].map(describe) });
  });
  router.get('/clusters', (_req, res) => {
    res.json({
      items: api.clusters.map(cluster => ({
        name: cluster.name,
        url: cluster.url,
        apiFaults: cluster.faults(),
        faults: playerOf(players, cluster.name).context.faults.all(),
      })),
    });
  });

  const faultPath =
    '/clusters/:cluster/services/:namespace/:name/faults/:fault';
  router.post(faultPath, (req, res) => {
    const { namespace, name, fault } = req.params;
    const player = playerOf(players, req.params.cluster);
    const entry = attempt(() =>
      injectFault(player, { namespace, name }, fault, {
        targets: targetsOf(req),
      }),
    );
    res.status(201).json({ fault: fault, targets: entry.targets });
  });
  router.delete(faultPath, (req, res) => {
    const { namespace, name, fault } = req.params;
    const player = playerOf(players, req.params.cluster);
    attempt(() => clearFault(player, { namespace, name }, fault));
    res.status(204).end();
  });

  router.put(
    '/clusters/:cluster/services/:namespace/:name/traffic',
    (req, res) => {
      const { namespace, name } = req.params;
      const player = playerOf(players, req.params.cluster);
      const change = attempt(() => {
        const parsed = parseTraffic(req.body);
        setTraffic(player, { namespace, name }, parsed);
        return parsed;
      });
      res.json(change);
    },
  );
  router.put('/clusters/:cluster/scheduler-metrics', (req, res) => {
    const { open } = req.body;
    if (typeof open !== 'boolean') {
      throw new ControlError(
        400,
        `open is ${JSON.stringify(open)}; it must be true or false`,
      );
    }
    playerOf(players, req.params.cluster).engines.isSchedulerOpen = open;
    res.json({ open });
  });

  router.put('/clusters/:cluster/api-faults', async (req, res) => {
    playerOf(players, req.params.cluster);
    const faults = attempt(() => parseClusterFaults(req.body));
    await api.cluster(req.params.cluster).setFaults(faults);
    res.json(faults);
  });
  router.delete('/clusters/:cluster/api-faults', async (req, res) => {
    playerOf(players, req.params.cluster);
    await api.cluster(req.params.cluster).setFaults({});
    res.status(204).end();
  });
  router.post('/clusters/:cluster/expire-versions', (req, res) => {
    playerOf(players, req.params.cluster);
    api.cluster(req.params.cluster).expireVersions();
    res.status(204).end();
  });

  router.get('/gitops', (_req, res) => {
    res.json(gitOps.status());
  });
  router.post('/gitops/sync', (_req, res) => {
    gitOps.request();
    res.status(202).end();
  });

  router.all('/endpoints/:cluster/:namespace/:name/*', async (req, res) => {
    const { cluster, namespace, name } = req.params;
    const answer = await askService(playerOf(players, cluster), {
      namespace,
      name,
      method: req.method,
      path: `/${(req.params as Record<string, string>)[0]}`,
      body: JSON.stringify(req.body ?? {}),
    });
    res
      .status(answer.status)
      .set(answer.headers ?? {})
      .send(answer.body);
  });

  router.use((req, _res) => {
    throw new ControlError(
      404,
      `There is no ${req.method} ${req.path}; GET / lists what there is`,
    );
  });
  router.use(errorAnswer);
  return router;
}

function describe({ id, title, targets }: Fault) {
  return { id, title, targets };
}

function playerOf(
  players: ReadonlyMap<string, Player>,
  cluster: string,
): Player {
  const player = players.get(cluster);
  if (!player) {
    throw new ControlError(
      404,
      `There is no cluster ${cluster}; there are ${[...players.keys()].join(
        ', ',
      )}`,
    );
  }
  return player;
}

function targetsOf(req: Request): FaultTarget[] | undefined {
  const targets: unknown = req.body?.targets;
  if (targets === undefined) {
    return undefined;
  }
  const isValid =
    Array.isArray(targets) &&
    targets.length > 0 &&
    targets.every(target => TARGETS.includes(target));
  if (!isValid) {
    throw new ControlError(
      400,
      `targets is ${JSON.stringify(
        targets,
      )}; it must be a list of ${TARGETS.join(', ')}`,
    );
  }
  return targets;
}

/** What the caller asked for does not exist or makes no sense: that is theirs to know. */
function attempt<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ControlError(error instanceof UnknownError ? 404 : 400, message);
  }
}
