import type { ServiceBoard } from '../assess/ServiceBoard';
import type { ClusterWatcher } from '../watch/ClusterWatcher';

/** Whether the services of a cluster have been read and can be watched now. */
export function seesServices(
  watcher: Pick<ClusterWatcher, 'status'> | undefined,
): boolean {
  return watcher?.status().resources.llminferenceservices?.state === 'Live';
}

/** Whether a service of a cluster that is not on the board does not exist. */
export function isComplete(
  watcher: ClusterWatcher | undefined,
  board: ServiceBoard,
): boolean {
  if (!watcher || !seesServices(watcher)) return false;
  for (const service of watcher.store.services()) {
    if (!board.get({ cluster: watcher.name, ...service })) return false;
  }
  return true;
}
