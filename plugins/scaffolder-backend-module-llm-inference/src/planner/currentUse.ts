import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  trafficNow,
  type Traffic,
  type TrafficUnknown,
} from 'backstage-plugin-llm-inference-common';

import type { ServiceStatuses } from './ServiceStatuses';

const UNKNOWN: Record<TrafficUnknown, string> = {
  Off: 'not measured in this cluster',
  Forbidden: 'the portal may not read the metrics of the pods',
  Unreadable: 'the metrics of the pods could not be read',
  NotYet: 'nothing was measured lately',
};

/** How a service serves and what it does at the moment, two lines per cluster that has it. Never throws. */
export async function currentUse(
  statuses: ServiceStatuses,
  entityRef: string,
  credentials: BackstageCredentials,
): Promise<string[]> {
  const client = statuses.client(credentials);
  try {
    const { services } = await client.getEntityStatus(entityRef);
    if (services.length === 0) return ['no cluster runs it'];
    const lines = await Promise.all(
      services.map(async ({ service, health }) => {
        const traffic = await client
          .getMetrics(service)
          .then(trafficNow)
          .then(inWords, error => `not known: ${toError(error).message}`);
        return [
          `${service.cluster}: ${health.verdict}, ${health.summary}`,
          `Traffic: ${traffic}`,
        ];
      }),
    );
    return lines.flat();
  } catch (error) {
    // Whoever retires a service must be told that nobody knows, rather than be kept from it.
    return [`could not be read: ${toError(error).message}`];
  }
}

function inWords(traffic: Traffic | TrafficUnknown): string {
  if (typeof traffic === 'string') return `not known, ${UNKNOWN[traffic]}`;
  const { at, running, requestsPerSecond, tokensPerSecond } = traffic;
  const numbers = [
    [running, 'requests running'],
    [requestsPerSecond, 'requests/s'],
    [tokensPerSecond, 'tokens/s generated'],
  ] as const;
  const known = numbers.flatMap(([value, unit]) =>
    value === undefined ? [] : [`${Number(value.toPrecision(3))} ${unit}`],
  );
  return `${known.join(', ')} (measured ${at})`;
}
