import { setTimeout as delay } from 'node:timers/promises';
import { statusPath } from './statusPath';
import type { FleetService } from './FleetSize';
import type { Memory, PortalHandle } from './PortalHandle';

/** What it took a portal with our plugin to read every cluster. */
export interface FirstPicture {
  /** Milliseconds until every resource of every cluster was read and the last service of each had its verdict. */
  ms: number;
  /** Longest stop of the event loop meanwhile, and while it idled for two seconds before; milliseconds. */
  stopped: { idle: number; reading: number };
  memory: { before: Memory; after: Memory };
}

const IDLE_MS = 2_000;
const LONGEST_MS = 300_000;
const SETTLE_MS = 3_000;

/** Lets an idle portal read all clusters, and measures that. */
export async function takeFirstPicture(
  portal: PortalHandle,
  services: readonly FleetService[],
): Promise<FirstPicture> {
  const before = await portal.memory();
  await portal.resetLoopDelay();
  await delay(IDLE_MS);
  const idle = (await portal.loopDelay()).longest;
  await portal.resetLoopDelay();
  const ms = await readEverything(portal, services);
  const reading = (await portal.loopDelay()).longest;
  await delay(SETTLE_MS);
  const after = await portal.memory();
  return { ms, stopped: { idle, reading }, memory: { before, after } };
}

async function readEverything(
  portal: PortalHandle,
  services: readonly FleetService[],
): Promise<number> {
  const last = [
    ...new Map(services.map(service => [service.cluster, service])).values(),
  ];
  const startedAt = performance.now();
  await portal.watch();
  while (!(await isRead(portal)) || !(await areKnown(portal, last))) {
    if (performance.now() - startedAt > LONGEST_MS) {
      throw new Error('The clusters are not read after five minutes');
    }
    await delay(50);
  }
  return performance.now() - startedAt;
}

async function isRead(portal: PortalHandle): Promise<boolean> {
  const clusters = await portal.client().listClusters();
  return clusters.every(({ resources }) =>
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
