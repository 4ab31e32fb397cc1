import { setTimeout as delay } from 'node:timers/promises';
import type { FleetHandle } from '../fleet/FleetSize';
import { POLLS_PER_MINUTE, pollKubernetesPage } from '../fleet/kubernetesPage';
import { OpenPages } from '../fleet/OpenPages';
import { statusPath } from '../fleet/statusPath';
import { alternate } from '../harness/alternate';
import type { Measurement, Run, Scenario } from '../harness/Scenario';
import { fleetSizes } from './fleetSizes';

const PEER = 'Kubernetes plugin';
const OURS = 'our page';
const PAGES = 100;

/** What it costs the clusters, and the browser, that people look at services. */
export const pageView: Scenario = {
  name: 'page-view',
  title:
    "What open entity pages cost the Kubernetes APIs and the browser, against Backstage's Kubernetes plugin",
  sizes: fleetSizes,
  async measure(run) {
    const fleet = await run.fleet();
    // Requests are counted at the pages that stay open, and no time is taken: the peer can start meanwhile.
    const opened = await openPages(run, fleet);
    return [...(await views(run, fleet)), ...opened];
  },
};

/** One look at one page, again and again. */
async function views(run: Run, fleet: FleetHandle): Promise<Measurement[]> {
  const { portal: ours } = await fleet.ours();
  const peer = await fleet.peer();
  const { services, world } = fleet;
  const cost = {
    ours: {
      requests: [] as number[],
      bytes: [] as number[],
      body: [] as number[],
    },
    peer: {
      requests: [] as number[],
      bytes: [] as number[],
      body: [] as number[],
    },
  };
  let turn = 0;
  const look = (who: 'ours' | 'peer') => async () => {
    const service = services[turn % services.length];
    turn += 1;
    const before = await world.traffic();
    const startedAt = performance.now();
    const body =
      who === 'ours'
        ? (await ours.get(statusPath(service))).length
        : (await pollKubernetesPage(peer, service)).bytes;
    const ms = performance.now() - startedAt;
    const after = await world.traffic();
    // Our watches are renewed whether or not anybody looks; they are in the figures of open pages.
    const renewed = after.watches - before.watches;
    cost[who].requests.push(after.requests - before.requests - renewed);
    cost[who].bytes.push(
      who === 'ours' && after.requests - before.requests === renewed
        ? 0
        : after.bytes - before.bytes,
    );
    cost[who].body.push(body);
    return ms;
  };
  const latency = await alternate(
    { ours: look('ours'), peer: look('peer') },
    {
      warmUp: run.mode === 'quick' ? 1 : 2,
      rounds: run.mode === 'quick' ? 8 : 30,
    },
  );
  const measurement = (
    metric: string,
    unit: string,
    samples: { ours: number[]; peer: number[] },
    atMost?: number,
  ): Measurement => ({
    metric,
    unit,
    contenders: [
      { role: 'ours', name: OURS, samples: samples.ours },
      { role: 'peer', name: PEER, samples: samples.peer },
    ],
    ...(atMost === undefined
      ? {}
      : { bars: [{ statistic: 'median', against: PEER, atMost }] }),
  });
  return [
    measurement(
      'Kubernetes requests per view',
      'requests',
      { ours: cost.ours.requests, peer: cost.peer.requests },
      0,
    ),
    measurement('bytes from Kubernetes per view', 'bytes', {
      ours: cost.ours.bytes,
      peer: cost.peer.bytes,
    }),
    measurement(
      'bytes to the browser per view',
      'bytes',
      { ours: cost.ours.body, peer: cost.peer.body },
      0.05,
    ),
    measurement('view latency', 'ms', latency),
  ];
}

/** A hundred pages that stay open, for a while in which nothing changes. */
async function openPages(
  run: Run,
  { ours, peer, services, world }: FleetHandle,
): Promise<Measurement[]> {
  const minutes = (run.mode === 'quick' ? 15 : 30) / 60;
  const opened = Array.from(
    { length: Math.min(PAGES, services.length) },
    (_, index) => services[index],
  );
  const { portal } = await ours();
  const before = await world.traffic();
  const pages = await OpenPages.open(portal, opened);
  for (let i = 0; i < PAGES; i++) {
    await portal.get(statusPath(services[i % services.length]));
  }
  const trafficThen = async () => {
    await delay(minutes * 60_000);
    return await world.traffic();
  };
  const [after, polled] = await Promise.all([trafficThen(), peer()]);
  pages.close();
  const polls: Array<{ requests: number; bytes: number }> = [];
  for (let i = 0; i < 3; i++) {
    const start = await world.traffic();
    await pollKubernetesPage(polled, services[i % services.length]);
    const end = await world.traffic();
    const watches = end.watches - start.watches;
    polls.push({
      requests: end.requests - start.requests - watches,
      bytes: end.bytes - start.bytes,
    });
  }
  const perMinute = PAGES * POLLS_PER_MINUTE;
  const against = (
    metric: string,
    unit: string,
    mine: number,
    theirs: number[],
  ): Measurement => ({
    metric,
    unit,
    note: `${PAGES} pages open while nothing changes; the peer's poll is counted and taken ${perMinute} times a minute`,
    contenders: [
      { role: 'ours', name: OURS, samples: [mine / minutes] },
      {
        role: 'peer',
        name: PEER,
        samples: theirs.map(value => value * perMinute),
      },
    ],
    bars: [{ statistic: 'median', against: PEER, atMost: 0.01 }],
  });
  return [
    against(
      `Kubernetes requests at ${PAGES} open pages`,
      'requests/min',
      after.requests - before.requests,
      polls.map(({ requests }) => requests),
    ),
    against(
      `bytes from Kubernetes at ${PAGES} open pages`,
      'bytes/min',
      after.bytes - before.bytes,
      polls.map(({ bytes }) => bytes),
    ),
  ];
}
