import type { Mode, Size } from '../harness/Scenario';

const CLUSTERS = 20;
const PODS_PER_SERVICE = 50;

/** Ten, a hundred and a thousand times one, and the largest fleet that the figures are promised for. */
const FULL = [10, 100, 1_000, 2_000];

/** A fleet that is up within seconds. */
const QUICK = [20];
const QUICK_PODS_PER_SERVICE = 10;

/** The fleets that scenarios are measured on, by number of services. */
export function fleetSizes(mode: Mode): Size[] {
  const isQuick = mode === 'quick';
  const podsPerService = isQuick ? QUICK_PODS_PER_SERVICE : PODS_PER_SERVICE;
  return (isQuick ? QUICK : FULL).map(services => ({
    label: `${services.toLocaleString('en')} services`,
    scale: services,
    fleet: { clusters: CLUSTERS, services, podsPerService },
  }));
}
