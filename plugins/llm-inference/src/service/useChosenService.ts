import { useState } from 'react';
import type { ServiceStatus } from 'backstage-plugin-llm-inference-common';

/**
 * The service that is shown in full: the one of the cluster that was chosen, else the first, which is
 * the worst.
 */
export function useChosenService(services: ServiceStatus[]): {
  chosen: ServiceStatus;
  choose(cluster: string): void;
} {
  const [cluster, choose] = useState<string>();
  const chosen =
    services.find(({ service }) => service.cluster === cluster) ?? services[0];
  return { chosen, choose };
}
