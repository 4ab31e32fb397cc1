import type { FleetSize } from './FleetSize';

/** Opens every cluster of the fleet. */
export const TOKEN = 'benchmark-token';

/** Names of the clusters, in their order. */
export function clusterNames({ clusters }: FleetSize): string[] {
  return Array.from({ length: clusters }, (_, index) => `cluster-${index + 1}`);
}

/** How many of the services run in a cluster: they are dealt out in turns. */
export function servicesIn(
  { clusters, services }: FleetSize,
  cluster: string,
): number {
  const index = Number(cluster.slice('cluster-'.length)) - 1;
  return (
    Math.floor(services / clusters) + (index < services % clusters ? 1 : 0)
  );
}
