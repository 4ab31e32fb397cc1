import { setTimeout as delay } from 'node:timers/promises';
import type { ClusterFaults } from 'sandbox';
import type { FleetHandle } from '../fleet/FleetSize';
import { pollKubernetesPage } from '../fleet/kubernetesPage';
import type { PortalHandle } from '../fleet/PortalHandle';
import { statusPath } from '../fleet/statusPath';
import { alternate } from '../harness/alternate';
import type { Measurement, Mode, Scenario } from '../harness/Scenario';
import { fleetSizes } from './fleetSizes';
import { streamed } from './freshness';

const PEER = 'Kubernetes plugin';
const WELL = 'our page while all is well';
const SICK = 'cluster-1';

const FAULTS = {
  well: {},
  hangs: { connection: 'hung' },
  'answers 401': { status: 401 },
} satisfies Record<string, ClusterFaults>;

type State = keyof typeof FAULTS;

/** Long enough for our backend to notice, and for its watches to end. */
const NOTICED_MS = 2_000;

/** A cluster that is well again is read within ten seconds. */
const RECOVERED_MS = 30_000;
const LOOK_MS = 200;

const SERVICES = 10;

/** Reads that do not count come first: after a wait a process is slow, whatever its clusters do. */
const READS = { warmUp: 100, counted: 50 };

const longest = (mode: Mode) => (mode === 'quick' ? 3_000 : 10_000);
const changes = (mode: Mode) => (mode === 'quick' ? 15 : 40);

/** What pages of healthy clusters have seen in one state of the other, in milliseconds. */
interface Seen {
  views: number[];
  changes: number[];
  poll: number;
}

/** What one sick cluster of twenty does to the pages of services in the others. */
export const badCluster: Scenario = {
  name: 'bad-cluster',
  title:
    'Pages of services in healthy clusters while one of twenty clusters hangs or answers 401',
  sizes: fleetSizes,
  async measure({ fleet: start, mode }) {
    const fleet = await start();
    const { portal } = await fleet.ours();
    // Both portals are up before anything goes wrong.
    await fleet.peer();
    const healthy: FleetHandle = {
      ...fleet,
      services: fleet.services.filter(({ cluster }) => cluster !== SICK),
    };
    const turn = (state: State) => async () => {
      await fleet.world.setFaults(SICK, FAULTS[state]);
      try {
        await delay(NOTICED_MS);
        return await look(healthy, mode);
      } finally {
        await fleet.world.setFaults(SICK, {});
        await recovered(portal);
      }
    };
    // In turns: two looks minutes apart differ by twice, with no fault in between.
    const seen = await alternate<State, Seen>(
      {
        well: turn('well'),
        hangs: turn('hangs'),
        'answers 401': turn('answers 401'),
      },
      mode === 'quick' ? { warmUp: 0, rounds: 1 } : { warmUp: 1, rounds: 3 },
    );
    return (['hangs', 'answers 401'] as const).flatMap(state =>
      measurementsOf(state, { sick: seen[state], well: seen.well, mode }),
    );
  },
};

function measurementsOf(
  state: State,
  { sick, well, mode }: { sick: Seen[]; well: Seen[]; mode: Mode },
): Measurement[] {
  const views = (seen: Seen[]) => seen.flatMap(each => each.views);
  const heard = (seen: Seen[]) => seen.flatMap(each => each.changes);
  const polls = (seen: Seen[]) => seen.map(each => each.poll);
  const bars: Measurement['bars'] = [
    { statistic: 'median', against: WELL, atMost: 1.5 },
  ];
  return [
    {
      metric: `view latency, one cluster ${state}`,
      unit: 'ms',
      note: `The peer is waited for ${longest(mode)} ms at most`,
      contenders: [
        { role: 'ours', name: 'our page', samples: views(sick) },
        { role: 'peer', name: PEER, samples: polls(sick) },
        {
          role: 'peer',
          name: `${PEER} while all is well`,
          samples: polls(well),
        },
        { role: 'floor', name: WELL, samples: views(well) },
      ],
      bars,
    },
    {
      metric: `time to page, one cluster ${state}`,
      unit: 'ms',
      contenders: [
        { role: 'ours', name: 'live stream', samples: heard(sick) },
        { role: 'floor', name: WELL, samples: heard(well) },
      ],
      bars,
    },
  ];
}

async function look(fleet: FleetHandle, mode: Mode): Promise<Seen> {
  const { portal } = await fleet.ours();
  const services = fleet.services.slice(0, SERVICES);
  const views: number[] = [];
  for (let read = -READS.warmUp; read < READS.counted; read++) {
    const service = services[(read + READS.warmUp) % services.length];
    const startedAt = performance.now();
    await portal.get(statusPath(service));
    if (read >= 0) views.push(performance.now() - startedAt);
  }
  const heard = await streamed(fleet, changes(mode));
  const startedAt = performance.now();
  try {
    await pollKubernetesPage(
      await fleet.peer(),
      services[0],
      AbortSignal.timeout(longest(mode)),
    );
  } catch (error) {
    if ((error as Error).name !== 'TimeoutError') throw error;
  }
  return { views, changes: heard, poll: performance.now() - startedAt };
}

/** Waits until our backend watches the cluster again that was sick. */
async function recovered(portal: PortalHandle): Promise<void> {
  const giveUpAt = performance.now() + RECOVERED_MS;
  for (;;) {
    const clusters = await portal.client().listClusters();
    const state = clusters.find(({ name }) => name === SICK)?.state;
    if (state === 'Live') return;
    if (performance.now() > giveUpAt) {
      throw new Error(`${SICK} is ${state} and not Live again`);
    }
    await delay(LOOK_MS);
  }
}
