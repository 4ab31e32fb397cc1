import { setTimeout as delay } from 'node:timers/promises';
import type { JsonObject } from '@backstage/types';
import type { PortalHandle } from '../fleet/PortalHandle';
import { startPostgres } from '../fleet/postgres';
import type { Measurement, Run, Scenario, Size } from '../harness/Scenario';
import { fleetSizes } from './fleetSizes';

const MIB = 1024 * 1024;
const CLUSTERS = 20;
const SERVICES = [1_000, 10_000];

/** Pods do not matter to the catalog; a service has at least so many. */
const PODS_PER_SERVICE = 3;

const LONGEST_MS = 600_000;
const PACE_MS = 2_000;

/** Of so many services it is seen that the catalog shows them all. */
const WATCHED = 1_000;
const TASKS = '/api/catalog/.backstage/scheduler/v1/tasks';
const ROUND = 'LlmInferenceEntityProvider:round';

interface Task {
  taskId: string;
  taskState?: { lastRunEndedAt?: string; lastRunError?: string };
}

interface Round {
  /** Milliseconds until the catalog had taken over everything. */
  ms: number;
  /** Bytes that the heap grew to, garbage included, above what it held before. */
  bytes: number;
  /** Longest stop of the event loop; milliseconds. */
  stopped: number;
}

/** What it costs to have every service of all clusters in the catalog. */
export const catalogRound: Scenario = {
  name: 'catalog-round',
  title:
    'A full round of our entity provider over services that no file describes, into a real catalog: first into an empty one, then with nothing new',
  sizes: mode => (mode === 'quick' ? fleetSizes(mode) : SERVICES.map(sizeOf)),
  async measure(run) {
    const sqlite = await roundsOn(run, 'SQLite', undefined);
    if (run.mode === 'quick') return sqlite;
    const server = await startPostgres();
    try {
      return [
        ...sqlite,
        ...(await roundsOn(run, 'PostgreSQL', server.connection)),
      ];
    } finally {
      await server.stop();
    }
  },
};

function sizeOf(services: number): Size {
  return {
    label: `${services.toLocaleString('en')} found services`,
    scale: services,
    fleet: { clusters: CLUSTERS, services, podsPerService: PODS_PER_SERVICE },
  };
}

async function roundsOn(
  { fleet, say, size }: Run,
  name: string,
  database: JsonObject | undefined,
): Promise<Measurement[]> {
  const { cataloguing } = await fleet();
  const portal = await cataloguing(database);
  try {
    await portal.watch();
    await until(async () => {
      await delay(PACE_MS);
      const { total } = await portal.client().listServices({ limit: 1 });
      return total === size.scale;
    });
    const first = await takeRound(portal);
    // The catalog works through what it was given at its own pace: seconds for hundreds, minutes for thousands.
    if (size.scale <= WATCHED) {
      await until(async () => (await shown(portal)) === size.scale);
    }
    const again = await takeRound(portal);
    say(
      `${name}: ${first.ms.toFixed(0)} ms, again ${again.ms.toFixed(0)} ms, ${(
        first.bytes / MIB
      ).toFixed(0)} MiB`,
    );
    const measurement = (
      metric: string,
      unit: string,
      sample: number,
      atMost?: number,
    ): Measurement => ({
      metric: `${metric}, ${name}`,
      unit,
      contenders: [{ role: 'ours', name: 'our provider', samples: [sample] }],
      ...(atMost ? { bars: [{ statistic: 'median', atMost }] } : {}),
    });
    return [
      measurement('first round', 'ms', first.ms, 60_000),
      measurement('round with nothing new', 'ms', again.ms, 60_000),
      measurement('memory', 'MiB', first.bytes / MIB, 512),
      measurement('longest stop of the event loop', 'ms', first.stopped),
    ];
  } finally {
    await portal.close();
  }
}

/** How many services the catalog shows. */
async function shown(portal: PortalHandle): Promise<number> {
  await delay(PACE_MS);
  const { totalItems } = JSON.parse(
    String(
      await portal.get(
        '/api/catalog/entities/by-query?limit=0&filter=kind=component',
      ),
    ),
  ) as { totalItems: number };
  return totalItems;
}

/** Asks for a round as an administrator would, and waits for its end. */
async function takeRound(portal: PortalHandle): Promise<Round> {
  const read = async () => {
    const { tasks } = JSON.parse(String(await portal.get(TASKS))) as {
      tasks: Task[];
    };
    return tasks.find(({ taskId }) => taskId === ROUND)?.taskState;
  };
  const endedBefore = (await read())?.lastRunEndedAt;
  const before = (await portal.memory()).heap;
  await portal.resetHeapPeak();
  await portal.resetLoopDelay();
  const startedAt = Date.now();
  await portal.post(`${TASKS}/${encodeURIComponent(ROUND)}/trigger`, {});
  let endedAt: string | undefined;
  await until(async () => {
    const state = await read();
    if (state?.lastRunError) throw new Error(state.lastRunError);
    endedAt = state?.lastRunEndedAt;
    return endedAt !== undefined && endedAt !== endedBefore;
  });
  return {
    ms: Date.parse(endedAt ?? '') - startedAt,
    bytes: (await portal.heapPeak()) - before,
    stopped: (await portal.loopDelay()).longest,
  };
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const giveUpAt = performance.now() + LONGEST_MS;
  while (!(await holds())) {
    if (performance.now() > giveUpAt) {
      throw new Error('Not there after ten minutes');
    }
    await delay(50);
  }
}
