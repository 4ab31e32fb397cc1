import type { Mode, Size } from '../harness/Scenario';

const CLUSTERS = 20;
const PODS_PER_SERVICE = 50;

/** Times one, ten and a hundred. */
const SCALES = [10, 100, 1_000];

/** The fleet for which the figures are promised. */
const PROMISED = 2_000;

/** A fleet that is up within seconds. */
const QUICK = 20;
const QUICK_PODS_PER_SERVICE = 10;

/** The fleets that scenarios are measured on, by number of services. */
export function fleetSizes(mode: Mode): Size[] {
  return mode === 'quick'
    ? [sizeOf(QUICK, QUICK_PODS_PER_SERVICE)]
    : SCALES.map(services => sizeOf(services, PODS_PER_SERVICE));
}

/** The same, and the fleet for which the figures are promised. */
export function promisedSizes(mode: Mode): Size[] {
  const sizes = fleetSizes(mode);
  return mode === 'quick'
    ? sizes
    : [...sizes, sizeOf(PROMISED, PODS_PER_SERVICE)];
}

function sizeOf(services: number, podsPerService: number): Size {
  return {
    label: `${services.toLocaleString('en')} services`,
    scale: services,
    fleet: { clusters: CLUSTERS, services, podsPerService },
  };
}
