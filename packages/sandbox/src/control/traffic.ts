import { isRecord } from '../cluster/json';
import { ServiceRef } from '../faults/injectFault';
import { UnknownError } from '../faults/UnknownError';
import { PlannedTraffic } from '../kserve/engine/TrafficPlan';
import { RESOURCES } from '../kserve/kinds';
import { Player } from '../kserve/Player';

const SHARES = [
  'disaggregatedShare',
  'transferShare',
  'failureShare',
  'expiredShare',
];
const AMOUNTS = ['requestsPerSecond', 'bytesPerSecond'];
/** A transfer that stands still would never end. */
const LEAST: Record<string, number> = {
  requestsPerSecond: 0,
  bytesPerSecond: 1,
};

/** Reads traffic from unknown data. @throws Error that names the field, its value and what it may be */
export function parseTraffic(value: unknown): PlannedTraffic {
  if (!isRecord(value)) {
    throw new Error('Traffic must be an object');
  }
  for (const [field, given] of Object.entries(value)) {
    const shown = JSON.stringify(given);
    if (SHARES.includes(field)) {
      if (typeof given !== 'number' || given < 0 || given > 1) {
        throw new Error(`${field} is ${shown}; it must be from 0 to 1`);
      }
    } else if (AMOUNTS.includes(field)) {
      if (typeof given !== 'number' || !(given >= LEAST[field])) {
        throw new Error(
          `${field} is ${shown}; it must be ${LEAST[field]} or more`,
        );
      }
    } else if (field !== 'fabric') {
      throw new Error(
        `${field} is nothing that traffic has; there are ${[
          ...AMOUNTS,
          ...SHARES,
          'fabric',
        ].join(', ')}`,
      );
    } else if (given !== 'rdma' && given !== 'tcp') {
      throw new Error(`fabric is ${shown}; it may be rdma or tcp`);
    }
  }
  return value as PlannedTraffic;
}

/** Turns the traffic of a service. @throws UnknownError where there is no such service */
export function setTraffic(
  player: Player,
  ref: ServiceRef,
  change: PlannedTraffic,
): void {
  const { store, traffic } = player.context;
  const service = store.get(RESOURCES.service, ref.name, ref.namespace);
  if (!service) {
    throw new UnknownError(
      `There is no LLMInferenceService ${ref.namespace}/${ref.name} in cluster ${store.name}`,
    );
  }
  player.meters.settle(service);
  traffic.set(ref, change);
  // Connections are made anew, and the engines write what came of it.
  for (const pod of player.pods.readyOf(service).decode) {
    player.kubelet.runOf(pod)?.refresh();
  }
}
