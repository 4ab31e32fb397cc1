import { setTimeout as delay } from 'node:timers/promises';
import { statusPath } from './statusPath';
import type { FleetService } from './FleetSize';
import type { PortalHandle } from './PortalHandle';

/** What it took a portal with our plugin to read every cluster. */
export interface FirstPicture {
  /** Milliseconds until every resource of every cluster was read and the last service of each had its verdict. */
  ms: number;
  /** Longest stop of the event loop meanwhile, and while it idled for two seconds before; milliseconds. */
  stopped: { idle: number; reading: number };
}

const WARM_UP = 3;
const IDLE_MS = 2_000;
const LONGEST_MS = 300_000;

/** Lets an idle portal read all clusters, and measures that. */
export async function takeFirstPicture(
  portal: PortalHandle,
  services: readonly FleetService[],
): Promise<FirstPicture> {
  await askAround(portal, services);
  // Its garbage is collected before the stops are measured.
  await portal.memory();
  await portal.resetLoopDelay();
  await delay(IDLE_MS);
  const idle = (await portal.loopDelay()).longest;
  await portal.resetLoopDelay();
  const ms = await readEverything(portal, services);
  const reading = (await portal.loopDelay()).longest;
  return { ms, stopped: { idle, reading } };
}

/** Lets a portal read all clusters; answers the milliseconds that it took. */
export async function readEverything(
  portal: PortalHandle,
  services: readonly FleetService[],
): Promise<number> {
  return await read(portal, services);
}

/** Lets a portal read one cluster. */
export async function readCluster(
  portal: PortalHandle,
  services: readonly FleetService[],
  cluster: string,
): Promise<void> {
  const there = services.filter(service => service.cluster === cluster);
  await read(portal, there, cluster);
}

/** Asks a portal for what it will be asked for, a few times. */
export async function askAround(
  portal: PortalHandle,
  services: readonly FleetService[],
): Promise<void> {
  for (let i = 0; i < WARM_UP; i++) {
    await isRead(portal);
    for (const service of lastOfEach(services)) {
      await portal.get(statusPath(service));
    }
  }
}

async function read(
  portal: PortalHandle,
  services: readonly FleetService[],
  cluster?: string,
): Promise<number> {
  const last = lastOfEach(services);
  const startedAt = performance.now();
  await portal.watch(cluster === undefined ? undefined : [cluster]);
  while (!(await isRead(portal, cluster)) || !(await areKnown(portal, last))) {
    if (performance.now() - startedAt > LONGEST_MS) {
      throw new Error('The clusters are not read after five minutes');
    }
    await delay(50);
  }
  return performance.now() - startedAt;
}

/** The last service of each cluster. */
function lastOfEach(services: readonly FleetService[]): FleetService[] {
  return [
    ...new Map(services.map(service => [service.cluster, service])).values(),
  ];
}

async function isRead(
  portal: PortalHandle,
  cluster?: string,
): Promise<boolean> {
  const clusters = await portal.client().listClusters();
  return clusters
    .filter(({ name }) => cluster === undefined || name === cluster)
    .every(({ resources }) =>
      Object.values(resources).every(({ state }) => state !== 'Syncing'),
    );
}

async function areKnown(
  portal: PortalHandle,
  services: readonly FleetService[],
): Promise<boolean> {
  for (const service of services) {
    const status = JSON.parse(String(await portal.get(statusPath(service))));
    if (status.services.length === 0) return false;
  }
  return true;
}
