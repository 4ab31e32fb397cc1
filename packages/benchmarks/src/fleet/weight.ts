import { setTimeout as delay } from 'node:timers/promises';
import type { Child } from './childProcess';
import { askAround, readCluster, readEverything } from './firstPicture';
import type { FleetService } from './FleetSize';
import type { InformerHandlers } from './informer.child';
import type { Memory, PortalHandle } from './PortalHandle';

/** Memory of a process that has warmed up on the first cluster, and after it has read all others. */
export interface Weight {
  before: Memory;
  after: Memory;
}

const SETTLE_MS = 3_000;

/** Weighs what a portal with our plugin holds of all clusters but the first. */
export async function weighPortal(
  portal: PortalHandle,
  services: readonly FleetService[],
): Promise<Weight> {
  await askAround(portal, services);
  await readCluster(portal, services, warmUpCluster(services));
  await askAround(portal, services);
  await delay(SETTLE_MS);
  const before = await portal.memory();
  await readEverything(portal, services);
  await delay(SETTLE_MS);
  return { before, after: await portal.memory() };
}

/** Weighs what an informer on the pods holds of all clusters but the first. */
export async function weighInformer(
  informer: Child<InformerHandlers>,
  services: readonly FleetService[],
  podsPerService: number,
): Promise<Weight> {
  const first = warmUpCluster(services);
  const pods = (among: readonly FleetService[]) =>
    among.length * podsPerService;
  const there = services.filter(({ cluster }) => cluster === first);
  await informer.call('read', { cluster: first, pods: pods(there) });
  await delay(SETTLE_MS);
  const before = await informer.call('memory');
  await informer.call('read', { pods: pods(services) });
  await delay(SETTLE_MS);
  return { before, after: await informer.call('memory') };
}

/** How many of the services are weighed: those of all clusters but the first. */
export function weighedServices(services: readonly FleetService[]): number {
  const first = warmUpCluster(services);
  return services.filter(({ cluster }) => cluster !== first).length;
}

function warmUpCluster([{ cluster }]: readonly FleetService[]): string {
  return cluster;
}
