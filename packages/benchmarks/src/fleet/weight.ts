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

/** How a process is weighed. */
export interface Weighing {
  services: readonly FleetService[];
  /** How long it may settle before it is weighed. */
  settleMs: number;
}

/** Weighs what a portal with our plugin holds of all clusters but the first. */
export async function weighPortal(
  portal: PortalHandle,
  { services, settleMs }: Weighing,
): Promise<Weight> {
  await askAround(portal, services);
  await readCluster(portal, services, warmUpCluster(services));
  await askAround(portal, services);
  await delay(settleMs);
  const before = await portal.memory();
  await readEverything(portal, services);
  await delay(settleMs);
  return { before, after: await portal.memory() };
}

/** Weighs what an informer on the pods holds of all clusters but the first. */
export async function weighInformer(
  informer: Child<InformerHandlers>,
  { services, settleMs, podsPerService }: Weighing & { podsPerService: number },
): Promise<Weight> {
  const first = warmUpCluster(services);
  const pods = (among: readonly FleetService[]) =>
    among.length * podsPerService;
  const there = services.filter(({ cluster }) => cluster === first);
  await informer.call('read', { cluster: first, pods: pods(there) });
  await delay(settleMs);
  const before = await informer.call('memory');
  await informer.call('read', { pods: pods(services) });
  await delay(settleMs);
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
