import { setTimeout as delay } from 'node:timers/promises';
import type { FleetHandle } from '../fleet/FleetSize';
import type { ChurnOptions } from '../fleet/World';
import type { Measurement, Scenario } from '../harness/Scenario';
import { fleetSizes } from './fleetSizes';

const PEER = "client-node's informer";
const FLOOR = 'JSON.parse of the same bytes';
/** As fast as the clusters can tell of them. */
const PER_SECOND = 4_000;
const SETTLE_MS = 1_500;
const IDLE_MS = 2_000;

/** How many events a core takes: the wall clock would measure the clusters that send them. */
export const ingest: Scenario = {
  name: 'ingest',
  title:
    'Pod events ingested per second of CPU time, against JSON.parse of the same bytes',
  sizes: fleetSizes,
  async measure({ fleet: start, mode }) {
    const fleet = await start();
    const { ours, peer, floor } = await samplesOf(fleet, {
      seconds: mode === 'quick' ? 1 : 3,
      rounds: mode === 'quick' ? 2 : 4,
    });
    const measurement = (
      metric: string,
      kind: 'report' | 'turn',
      rest: Pick<Measurement, 'note' | 'bars'>,
    ): Measurement => ({
      metric,
      unit: '1/s',
      higherIsBetter: true,
      contenders: [
        { role: 'ours', name: 'our backend', samples: ours[kind] },
        { role: 'peer', name: PEER, samples: peer[kind] },
        { role: 'floor', name: FLOOR, samples: floor },
      ],
      ...rest,
    });
    return [
      measurement('events per CPU second', 'report', {
        note: 'Reports of kubelets that change no verdict, as nearly all events do; from the socket to the store',
        bars: [{ statistic: 'median', against: FLOOR, atLeast: 0.5 }],
      }),
      measurement('events that change a verdict, per CPU second', 'turn', {
        note: 'Ours assesses the service, keeps the history and tells the streams as well',
      }),
    ];
  },
};

type Samples = Record<'report' | 'turn', number[]>;

async function samplesOf(
  fleet: FleetHandle,
  { seconds, rounds }: { seconds: number; rounds: number },
): Promise<{ ours: Samples; peer: Samples; floor: number[] }> {
  const { size, world } = fleet;
  const { portal } = await fleet.ours();
  const raw = await fleet.rawClient();
  const informer = await fleet.informer();
  const ours: Samples = { report: [], turn: [] };
  const peer: Samples = { report: [], turn: [] };
  const floor: number[] = [];
  const cpuTimes = async () => ({
    at: performance.now(),
    ours: await portal.cpuTime(),
    peer: await informer.call('cpuTime'),
  });
  try {
    await informer.call('read', size.services * size.podsPerService);
    const idle = await cpuTimes();
    await delay(IDLE_MS);
    const idled = await cpuTimes();
    // What a process does anyway is not the events' doing.
    const perIdleMs = (who: 'ours' | 'peer') =>
      (idled[who] - idle[who]) / (idled.at - idle.at);
    // The first round warms up.
    for (let round = -1; round < rounds; round++) {
      for (const kind of ['report', 'turn'] as const) {
        const before = await cpuTimes();
        const events = await world.churn({ ...flood(seconds), kind });
        await delay(SETTLE_MS);
        const after = await cpuTimes();
        const rate = (who: 'ours' | 'peer') =>
          (events.total * 1000) /
          (after[who] - before[who] - perIdleMs(who) * (after.at - before.at));
        if (round < 0) continue;
        ours[kind].push(rate('ours'));
        peer[kind].push(rate('peer'));
      }
      await raw.call('watch');
      await world.churn(flood(0.5));
      await raw.call('arrivals');
      floor.push(1000 / (await raw.call('parseLines', PER_SECOND)));
    }
  } finally {
    await raw.close();
    await informer.close();
  }
  return { ours, peer, floor };
}

function flood(seconds: number): ChurnOptions {
  return { perSecond: PER_SECOND, seconds, watched: [] };
}
