import type { PodHealth } from 'backstage-plugin-llm-inference-common';

/** How a pod is drawn. `absent` is a pod that was asked for and does not exist. */
export type PodMark =
  | 'ready'
  | 'starting'
  | 'failing'
  | 'terminating'
  | 'absent';

/** All marks in the order they are drawn: what needs attention stands first. */
export const POD_MARKS: readonly PodMark[] = [
  'failing',
  'starting',
  'ready',
  'terminating',
  'absent',
];

/** Words a kubelet or scheduler uses for a pod that is simply on its way. */
const ON_ITS_WAY = new Set([
  'ContainerCreating',
  'PodInitializing',
  'Pulling',
  'Scheduled',
  'Starting',
]);

/** How to draw one pod. */
export function podMark(pod: PodHealth): PodMark {
  if (pod.terminating) {
    return 'terminating';
  }
  if (pod.ready) {
    return 'ready';
  }
  if (pod.phase === 'Failed') {
    return 'failing';
  }
  return pod.reason && !ON_ITS_WAY.has(pod.reason) ? 'failing' : 'starting';
}
