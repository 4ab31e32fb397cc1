import { setTimeout as delay } from 'node:timers/promises';
import type { FleetHandle } from '../fleet/FleetSize';
import type { ChurnOptions } from '../fleet/World';
import type { Measurement, Scenario } from '../harness/Scenario';
import { fleetSizes } from './fleetSizes';

const PEER = "client-node's informer";
const FLOOR = 'JSON.parse of the same bytes';
/** As fast as the clusters can tell of them. */
const PER_SECOND = 4_000;
const FLOOD_SECONDS = 60;
const FLOOR_EVENTS = 1_000;
/** Idle processes work now and then: as long as a round takes, for it is taken off. */
const IDLE_MS = 10_000;

/** A process is done with its events once it works no more than this share of a core above what it does idle. */
const DONE_SHARE = 0.05;
const LOOK_MS = 300;
const LONGEST_MS = 20_000;

/** How many events a core takes: the wall clock would measure the clusters that send them. */
export const ingest: Scenario = {
  name: 'ingest',
  title:
    'Pod events ingested per second of CPU time, against JSON.parse of the same bytes',
  sizes: fleetSizes,
  async measure({ fleet: start, mode }) {
    const fleet = await start();
    const { ours, peer, floor } = await samplesOf(fleet, {
      // Enough that a collection of garbage is no matter of luck: on a large fleet one costs as much as 5,000 reports.
      events:
        mode === 'quick'
          ? { report: 2_000, turn: 2_000 }
          : { report: 32_000, turn: 8_000 },
      idleMs: mode === 'quick' ? 2_000 : IDLE_MS,
      rounds: mode === 'quick' ? 1 : 3,
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
  {
    events,
    idleMs,
    rounds,
  }: {
    events: Record<'report' | 'turn', number>;
    idleMs: number;
    rounds: number;
  },
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
    await delay(idleMs);
    const idled = await cpuTimes();
    // What a process does anyway is not the events' doing.
    const perIdleMs = (who: 'ours' | 'peer') =>
      (idled[who] - idle[who]) / (idled.at - idle.at);
    type Times = Awaited<ReturnType<typeof cpuTimes>>;
    const shareOf = (who: 'ours' | 'peer', from: Times, to: Times) =>
      (to[who] - from[who]) / (to.at - from.at) - perIdleMs(who);
    // Who falls behind the flood has to be waited for: all events count, and all that they cost.
    const untilDone = async () => {
      const giveUpAt = performance.now() + LONGEST_MS;
      let last = await cpuTimes();
      for (;;) {
        await delay(LOOK_MS);
        const now = await cpuTimes();
        const isDone =
          shareOf('ours', last, now) < DONE_SHARE &&
          shareOf('peer', last, now) < DONE_SHARE;
        if (isDone || now.at > giveUpAt) return now;
        last = now;
      }
    };
    // The first round warms up.
    for (let round = -1; round < rounds; round++) {
      for (const kind of ['report', 'turn'] as const) {
        const before = await cpuTimes();
        const { total } = await world.churn({ ...flood(events[kind]), kind });
        const after = await untilDone();
        const rate = (who: 'ours' | 'peer') =>
          (total * 1000) /
          (after[who] - before[who] - perIdleMs(who) * (after.at - before.at));
        if (round < 0) continue;
        ours[kind].push(rate('ours'));
        peer[kind].push(rate('peer'));
      }
      await raw.call('watch');
      await world.churn(flood(FLOOR_EVENTS));
      await raw.call('arrivals');
      floor.push(1000 / (await raw.call('parseLines', PER_SECOND)));
      await untilDone();
    }
  } finally {
    await world.heal();
    await raw.close();
    await informer.close();
  }
  return { ours, peer, floor };
}

function flood(events: number): ChurnOptions {
  return { perSecond: PER_SECOND, seconds: FLOOD_SECONDS, events, watched: [] };
}
