import { setTimeout as delay } from 'node:timers/promises';
import type { FleetHandle, FleetService } from '../fleet/FleetSize';
import {
  POLLS_PER_MINUTE,
  pollKubernetesPage,
  readyPrefillPods,
} from '../fleet/kubernetesPage';
import { OpenPages } from '../fleet/OpenPages';
import { sharedNow } from '../fleet/World';
import type { Change } from '../fleet/World';
import type { Run, Scenario } from '../harness/Scenario';
import { fleetSizes } from './fleetSizes';

const PEER = 'Kubernetes plugin, polling';
const PAGES = 10;
const POLL_MS = 60_000 / POLLS_PER_MINUTE;
const PAUSE_MS = 40;

/** How long the peer's tabs poll, and within what time they are opened; the quick look waits for one change each. */
const POLLED = {
  quick: { staggerMs: 1_000, forMs: 12_000 },
  full: { staggerMs: POLL_MS, forMs: 30_000 },
};

/** How long it takes until an open page shows what has happened to a pod. */
export const freshness: Scenario = {
  name: 'freshness',
  title: 'From the change of a pod to the open page, against polling',
  sizes: fleetSizes,
  async measure(run) {
    const fleet = await run.fleet();
    return [
      {
        metric: 'time to page',
        unit: 'ms',
        note: `${PAGES} open pages, one change at a time`,
        contenders: [
          {
            role: 'ours',
            name: 'live stream',
            samples: await streamed(fleet, run.mode === 'quick' ? 60 : 300),
          },
          {
            role: 'peer',
            name: PEER,
            samples: await polled(run, fleet),
          },
        ],
        bars: [{ statistic: 'p99', against: PEER, atMost: 0.05 }],
      },
    ];
  },
};

/** Turns a pod of one page after the other and waits until the page has heard of it. */
export async function streamed(
  { ours, services, world }: FleetHandle,
  changes: number,
): Promise<number[]> {
  const watched = services.slice(0, PAGES);
  const pages = await OpenPages.open((await ours()).portal, watched);
  const samples: number[] = [];
  try {
    for (let index = 0; index < changes; index++) {
      const { name } = watched[index % watched.length];
      const ready = Math.floor(index / watched.length) % 2 === 1;
      samples.push(await pages.heard(await world.turnPod(name, ready)));
      await delay(PAUSE_MS * Math.random());
    }
  } finally {
    pages.close();
    await world.heal();
  }
  return samples;
}

/** As many tabs of the Kubernetes plugin, each polling as its React hook does, for a while. */
async function polled(
  run: Run,
  { peer, services, world }: FleetHandle,
): Promise<number[]> {
  const portal = await peer();
  const samples: number[] = [];
  const { staggerMs, forMs } = POLLED[run.mode];
  const endAt = performance.now() + forMs;
  const tab = async (service: FleetService, index: number) => {
    await delay((staggerMs / PAGES) * index);
    let change: Change | undefined;
    let ready = true;
    while (performance.now() < endAt) {
      const polledAt = performance.now();
      const { objects } = await pollKubernetesPage(portal, service);
      const arrivedAt = sharedNow();
      if (change && readyPrefillPods(objects) === change.ready) {
        samples.push(arrivedAt - change.at);
        change = undefined;
      }
      const wait = POLL_MS - (performance.now() - polledAt);
      if (!change && performance.now() + wait > endAt) break;
      if (change) {
        await delay(wait);
      } else {
        // Pods do not wait for polls: the change falls anywhere between two of them.
        const before = Math.max(0, wait) * Math.random();
        await delay(before);
        ready = !ready;
        change = await world.turnPod(service.name, ready);
        await delay(wait - before);
      }
    }
  };
  await Promise.all(services.slice(0, PAGES).map(tab));
  return samples;
}
