import { setTimeout as delay } from 'node:timers/promises';
import type { ClusterFaults } from 'sandbox';
import type { FleetHandle, FleetService } from '../fleet/FleetSize';
import { pollKubernetesPage } from '../fleet/kubernetesPage';
import { statusPath } from '../fleet/statusPath';
import { alternate } from '../harness/alternate';
import type { Measurement, Mode, Run, Scenario } from '../harness/Scenario';
import { fleetSizes } from './fleetSizes';
import { streamed } from './freshness';

const PEER = 'Kubernetes plugin';
const WELL = 'our page while all is well';
const SICK = 'cluster-1';

const FAULTS: Array<{ name: string; faults: ClusterFaults }> = [
  { name: 'hangs', faults: { connection: 'hung' } },
  { name: 'answers 401', faults: { status: 401 } },
];

/** Long enough for our backend to notice, and for its watches to end. */
const NOTICED_MS = 2_000;

const longest = (mode: Mode) => (mode === 'quick' ? 3_000 : 10_000);
const changes = ({ mode }: Run) => (mode === 'quick' ? 25 : 100);

/** What one sick cluster of twenty does to the pages of services in the others. */
export const badCluster: Scenario = {
  name: 'bad-cluster',
  title:
    'Pages of services in healthy clusters while one of twenty clusters hangs or answers 401',
  sizes: fleetSizes,
  async measure(run) {
    const fleet = await run.fleet();
    // Both portals are up and warm before anything goes wrong.
    await fleet.peer();
    const well = await look(run, await healthy(fleet));
    const freshWell = await streamed(onlyHealthy(fleet), changes(run));
    const measurements: Measurement[] = [];
    for (const { name, faults } of FAULTS) {
      await fleet.world.setFaults(SICK, faults);
      try {
        await delay(NOTICED_MS);
        const sick = await look(run, await healthy(fleet));
        const freshSick = await streamed(onlyHealthy(fleet), changes(run));
        measurements.push(
          {
            metric: `view latency, one cluster ${name}`,
            unit: 'ms',
            note: `The peer is waited for ${longest(run.mode)} ms at most`,
            contenders: [
              { role: 'ours', name: 'our page', samples: sick.ours },
              { role: 'peer', name: PEER, samples: sick.peer },
              {
                role: 'peer',
                name: `${PEER} while all is well`,
                samples: well.peer,
              },
              { role: 'floor', name: WELL, samples: well.ours },
            ],
            bars: [{ statistic: 'median', against: WELL, atMost: 1.5 }],
          },
          {
            metric: `time to page, one cluster ${name}`,
            unit: 'ms',
            contenders: [
              { role: 'ours', name: 'live stream', samples: freshSick },
              { role: 'floor', name: WELL, samples: freshWell },
            ],
            bars: [{ statistic: 'median', against: WELL, atMost: 1.5 }],
          },
        );
      } finally {
        await fleet.world.setFaults(SICK, {});
      }
    }
    return measurements;
  },
};

function onlyHealthy(fleet: FleetHandle): FleetHandle {
  return {
    ...fleet,
    services: fleet.services.filter(({ cluster }) => cluster !== SICK),
  };
}

async function healthy(fleet: FleetHandle) {
  const { services } = onlyHealthy(fleet);
  return {
    ours: (await fleet.ours()).portal,
    peer: await fleet.peer(),
    services: services.slice(0, 10),
  };
}

async function look(
  run: Run,
  { ours, peer, services }: Awaited<ReturnType<typeof healthy>>,
) {
  let turn = 0;
  const next = (): FleetService => {
    turn += 1;
    return services[turn % services.length];
  };
  const read = async () => {
    const startedAt = performance.now();
    await ours.get(statusPath(next()));
    return performance.now() - startedAt;
  };
  const waitMs = longest(run.mode);
  return await alternate(
    {
      ours: async () => {
        // Waiting for a peer that hangs takes so long that the decisions about these services have ended since.
        for (const service of services) await ours.get(statusPath(service));
        const samples: number[] = [];
        for (let i = 0; i < 50; i++) samples.push(await read());
        return samples;
      },
      async peer() {
        const startedAt = performance.now();
        try {
          await pollKubernetesPage(peer, next(), AbortSignal.timeout(waitMs));
        } catch (error) {
          if ((error as Error).name !== 'TimeoutError') throw error;
        }
        return performance.now() - startedAt;
      },
    },
    {
      warmUp: run.mode === 'quick' ? 0 : 1,
      rounds: run.mode === 'quick' ? 1 : 2,
    },
  );
}
