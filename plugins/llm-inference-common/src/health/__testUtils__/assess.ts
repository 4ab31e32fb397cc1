import { assessService } from '../assessService';
import type { ServingHealth } from '../ServingHealth';
import { ServiceBuilder } from './ServiceBuilder';

/** The health of a service that differs from a healthy one in what the change states. */
export function assess(change: (s: ServiceBuilder) => void): ServingHealth {
  const service = new ServiceBuilder();
  change(service);
  return assessService(service.observe());
}
