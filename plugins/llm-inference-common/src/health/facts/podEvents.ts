import type { ClusterEvent } from '../../resource/event';
import type { Pod } from '../../resource/pod';
import type { Facts } from './Facts';

/**
 * Events about this very pod, newest first: not those of an earlier pod of the same name (groups reuse names),
 * and none from before it was created.
 */
export function podEvents(pod: Pod, facts: Facts): readonly ClusterEvent[] {
  const events = facts.events.of('Pod', pod.name);
  if (events.length === 0) {
    return events;
  }
  const skew = facts.thresholds.clockSkew * 1000;
  return events.filter(
    event =>
      (!event.uid || !pod.uid || event.uid === pod.uid) &&
      (event.at === undefined ||
        pod.createdAt === undefined ||
        event.at + skew >= pod.createdAt),
  );
}
