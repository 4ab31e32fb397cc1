import { setTimeout as delay } from 'node:timers/promises';
import type { FleetHandle, FleetService } from '../fleet/FleetSize';
import { OpenPages } from '../fleet/OpenPages';
import { alternate } from '../harness/alternate';
import type { Measurement, Mode, Scenario, Size } from '../harness/Scenario';
import { promisedSizes } from './fleetSizes';

const FLOOR = 'raw watch';
const IDLE = 'the same portal, idle';
const WATCHED = 100;

/** The promised fleet, ever faster; the fifth of the changes that open pages wait for leaves each of them a second. */
const RATES: Record<Mode, number[]> = { quick: [5], full: [5, 50, 500] };

/** Changes everywhere, and what open pages notice of theirs. */
export const churn: Scenario = {
  name: 'churn',
  title:
    'From the change of a pod to the open stream while many pods change, against a raw watch',
  sizes: mode => RATES[mode].map(rate => sizeOf(mode, rate)),
  async measure(run) {
    const fleet = await run.fleet();
    const { portal } = await fleet.ours();
    const raw = await fleet.rawClient();
    await portal.resetLoopDelay();
    await delay(2_000);
    const idle = (await portal.loopDelay()).longest;
    const longest: number[] = [];
    const seconds = run.mode === 'quick' ? 3 : 10;
    const load = { perSecond: run.size.scale, seconds };
    const pages = await OpenPages.open(portal, watchedOf(fleet));
    try {
      const samples = await alternate(
        {
          async ours() {
            await portal.resetLoopDelay();
            const heard = await streamed(fleet, pages, load);
            longest.push((await portal.loopDelay()).longest);
            return heard;
          },
          async floor() {
            await raw.call('watch');
            const { watched } = await fleet.world.churn({
              ...load,
              watched: names(fleet),
            });
            await delay(500);
            const arrivals = await raw.call('arrivals');
            return watched.map(({ at, pod, isReady }) => {
              const arrival = arrivals.find(
                seen =>
                  seen.pod === pod && seen.ready === isReady && seen.at >= at,
              );
              if (!arrival)
                throw new Error(`The raw watch has not seen ${pod}`);
              return arrival.at - at;
            });
          },
        },
        // In the first second of a flood the code that judges is not compiled yet.
        {
          warmUp: run.mode === 'quick' ? 0 : 1,
          rounds: run.mode === 'quick' ? 1 : 2,
        },
      );
      return measurements(samples, { longest, idle });
    } finally {
      pages.close();
      await fleet.world.heal();
      await raw.close();
    }
  },
};

function sizeOf(mode: Mode, rate: number): Size {
  const { fleet } = promisedSizes(mode).at(-1)!;
  return { label: `${rate} changes/s`, scale: rate, fleet };
}

/** From every cluster alike. */
function watchedOf({ services }: FleetHandle): FleetService[] {
  const every = Math.max(1, Math.floor(services.length / WATCHED));
  return services.filter((_, index) => index % every === 0).slice(0, WATCHED);
}

function names(fleet: FleetHandle): string[] {
  return watchedOf(fleet).map(({ name }) => name);
}

async function streamed(
  fleet: FleetHandle,
  pages: OpenPages,
  load: { perSecond: number; seconds: number },
): Promise<number[]> {
  const { watched } = await fleet.world.churn({
    ...load,
    watched: names(fleet),
  });
  return await Promise.all(watched.map(change => pages.heard(change)));
}

function measurements(
  samples: Record<'ours' | 'floor', number[]>,
  { longest, idle }: { longest: number[]; idle: number },
): Measurement[] {
  return [
    {
      metric: 'time to stream',
      unit: 'ms',
      contenders: [
        { role: 'ours', name: 'live stream', samples: samples.ours },
        { role: 'floor', name: FLOOR, samples: samples.floor },
      ],
      bars: [{ statistic: 'p99', atMost: 250 }],
    },
    {
      metric: 'longest stop of the event loop',
      unit: 'ms',
      contenders: [
        { role: 'ours', name: 'our backend', samples: longest },
        { role: 'floor', name: IDLE, samples: [idle] },
      ],
      bars: [{ statistic: 'median', atMost: 100 }],
    },
  ];
}
