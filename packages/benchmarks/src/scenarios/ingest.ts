import { setTimeout as delay } from 'node:timers/promises';
import type { FleetHandle } from '../fleet/FleetSize';
import type { CpuTimes } from '../fleet/cpuTimes';
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
      // Enough that a collection of garbage is no matter of luck: one costs as much as 2,500 reports, on a large fleet
      // as 5,000, and the first flood after a pause brings one, since V8 lets the heap of an idle process grow little.
      events:
        mode === 'quick'
          ? { report: 16_000, turn: 2_000 }
          : { report: 32_000, turn: 8_000 },
      idleMs: mode === 'quick' ? 2_000 : IDLE_MS,
      rounds: mode === 'quick' ? 1 : 3,
    });
    const measurement = (
      metric: string,
      kind: Kind,
      threads: keyof CpuTimes,
      rest: Pick<Measurement, 'note' | 'bars'>,
    ): Measurement => ({
      metric,
      unit: '1/s',
      higherIsBetter: true,
      contenders: [
        { role: 'ours', name: 'our backend', samples: ours[kind][threads] },
        { role: 'peer', name: PEER, samples: peer[kind][threads] },
        { role: 'floor', name: FLOOR, samples: floor[threads] },
      ],
      ...rest,
    });
    return [
      measurement('events per second of the main thread', 'report', 'main', {
        note: 'Reports of kubelets that change no verdict, as nearly all events do; from the socket to the store',
      }),
      measurement('the same, per second of all threads', 'report', 'all', {
        note: 'Garbage is looked for by other threads, through all that is held: the floor holds nothing',
        bars: [{ statistic: 'median', against: FLOOR, atLeast: 0.5 }],
      }),
      measurement(
        'events that change a verdict, of the main thread',
        'turn',
        'main',
        {
          note: 'Ours assesses the service, keeps the history and tells the streams as well',
        },
      ),
    ];
  },
};

type Kind = 'report' | 'turn';

/** Events per second of CPU time. */
type Rates = Record<keyof CpuTimes, number[]>;

type Samples = Record<Kind, Rates>;

const THREADS = ['main', 'all'] as const;
const rates = (): Rates => ({ main: [], all: [] });

async function samplesOf(
  fleet: FleetHandle,
  {
    events,
    idleMs,
    rounds,
  }: {
    events: Record<Kind, number>;
    idleMs: number;
    rounds: number;
  },
): Promise<{ ours: Samples; peer: Samples; floor: Rates }> {
  const { size, world } = fleet;
  const { portal } = await fleet.ours();
  const raw = await fleet.rawClient();
  const informer = await fleet.informer();
  const ours: Samples = { report: rates(), turn: rates() };
  const peer: Samples = { report: rates(), turn: rates() };
  const floor = rates();
  const times = async () => ({
    at: performance.now(),
    ours: await portal.cpuTimes(),
    peer: await informer.call('cpuTimes'),
  });
  try {
    await informer.call('read', {
      pods: size.services * size.podsPerService,
    });
    const idle = await times();
    await delay(idleMs);
    const idled = await times();
    // What a process does anyway is not the events' doing.
    const perIdleMs = (who: 'ours' | 'peer', threads: keyof CpuTimes) =>
      (idled[who][threads] - idle[who][threads]) / (idled.at - idle.at);
    type Times = Awaited<ReturnType<typeof times>>;
    const shareOf = (who: 'ours' | 'peer', from: Times, to: Times) =>
      (to[who].all - from[who].all) / (to.at - from.at) - perIdleMs(who, 'all');
    // Who falls behind the flood has to be waited for: all events count, and all that they cost.
    const untilDone = async () => {
      const giveUpAt = performance.now() + LONGEST_MS;
      let last = await times();
      for (;;) {
        await delay(LOOK_MS);
        const now = await times();
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
        // A service that is not well is judged again every few seconds, which is no event's doing.
        if (kind === 'report') {
          await world.heal();
          await untilDone();
        }
        const before = await times();
        const { total } = await world.churn({ ...flood(events[kind]), kind });
        const after = await untilDone();
        if (round < 0) continue;
        const rate = (who: 'ours' | 'peer', threads: keyof CpuTimes) =>
          (total * 1000) /
          (after[who][threads] -
            before[who][threads] -
            perIdleMs(who, threads) * (after.at - before.at));
        for (const threads of THREADS) {
          ours[kind][threads].push(rate('ours', threads));
          peer[kind][threads].push(rate('peer', threads));
        }
      }
      await raw.call('watch');
      await world.churn(flood(FLOOR_EVENTS));
      await raw.call('arrivals');
      const parsed = await raw.call('parseLines', PER_SECOND);
      for (const threads of THREADS)
        floor[threads].push(1000 / parsed[threads]);
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
