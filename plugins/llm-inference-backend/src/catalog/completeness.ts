import type { ClusterStatus } from 'backstage-plugin-llm-inference-common';
import type { ServiceBoard } from '../assess/ServiceBoard';

/** The part of a cluster's watcher that is asked here. */
export interface WatchedServices {
  name: string;
  status(): Pick<ClusterStatus, 'resources'>;
  store: { services(): Iterable<{ namespace: string; name: string }> };
}

/**
 * A definition that is deleted takes its objects with it. It is believed after this long only: an upgrade that
 * replaces it, or an API server that is still starting, looks the same for a while.
 */
const GONE_AFTER_MS = 10 * 60_000;

/** Whether the services of a cluster have been read and can be watched now. */
export function seesServices(
  watcher: Pick<WatchedServices, 'status'> | undefined,
): boolean {
  return watcher?.status().resources.llminferenceservices?.state === 'Live';
}

/** Whether a service of a cluster that is not on the board does not exist. */
export function isComplete(
  watcher: WatchedServices | undefined,
  board: ServiceBoard,
  now = Date.now(),
): boolean {
  if (!watcher) return false;
  if (!seesServices(watcher)) return hasNoKind(watcher, now);
  for (const service of watcher.store.services()) {
    if (!board.get({ cluster: watcher.name, ...service })) return false;
  }
  return true;
}

/** Whether a cluster that answers has not served the kind for long: then it has no services. */
function hasNoKind(watcher: WatchedServices, now: number): boolean {
  const { llminferenceservices, pods } = watcher.status().resources;
  return (
    llminferenceservices?.state === 'NotServed' &&
    pods?.state === 'Live' &&
    now - Date.parse(llminferenceservices.since) >= GONE_AFTER_MS
  );
}
