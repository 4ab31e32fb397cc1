import { conditionStatus } from '../conditions';
import { Pod } from '../kinds';

/** Ready and not on its way out. */
export function isReady(pod: Pod): boolean {
  return (
    !pod.metadata.deletionTimestamp &&
    conditionStatus(pod.status?.conditions, 'Ready') === 'True'
  );
}

/** Counts towards the replicas of its owner: neither finished nor on its way out. */
export function isActive(pod: Pod): boolean {
  return (
    !pod.metadata.deletionTimestamp &&
    pod.status?.phase !== 'Failed' &&
    pod.status?.phase !== 'Succeeded'
  );
}

/** Containers of a pod that were started again, counted together. */
export function restartsOf(pod: Pod): number {
  const statuses = [
    ...(pod.status?.initContainerStatuses ?? []),
    ...(pod.status?.containerStatuses ?? []),
  ];
  return statuses.reduce((sum, status) => sum + status.restartCount, 0);
}
