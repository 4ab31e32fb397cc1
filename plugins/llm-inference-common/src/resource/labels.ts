/** Label whose value `llminferenceservice` marks everything that the controller manages. @public */
export const PART_OF_LABEL = 'app.kubernetes.io/part-of';

/** Label with the name of the service. @public */
export const NAME_LABEL = 'app.kubernetes.io/name';

/** Label with the part of the service that an object belongs to. @public */
export const COMPONENT_LABEL = 'app.kubernetes.io/component';

/** Value of the part-of label. @public */
export const PART_OF_VALUE = 'llminferenceservice';

/** Label of LeaderWorkerSet pods with the index of their group. @public */
export const GROUP_INDEX_LABEL = 'leaderworkerset.sigs.k8s.io/group-index';

/** Label of LeaderWorkerSet pods with their index in the group; 0 is the leader. @public */
export const WORKER_INDEX_LABEL = 'leaderworkerset.sigs.k8s.io/worker-index';

/** Label of LeaderWorkerSet pods with the name of the set. @public */
export const LWS_NAME_LABEL = 'leaderworkerset.sigs.k8s.io/name';

/** Label of LeaderWorkerSet pods with the hash of the template they were made from. @public */
export const LWS_REVISION_LABEL =
  'leaderworkerset.sigs.k8s.io/template-revision-hash';

/** Part of a service that runs pods. @public */
export type ServicePart = 'decode' | 'prefill' | 'scheduler';

const PARTS: Readonly<Record<string, ServicePart | undefined>> = {
  'llminferenceservice-workload': 'decode',
  'llminferenceservice-workload-leader': 'decode',
  'llminferenceservice-workload-worker': 'decode',
  'llminferenceservice-workload-prefill': 'prefill',
  'llminferenceservice-workload-leader-prefill': 'prefill',
  'llminferenceservice-workload-worker-prefill': 'prefill',
  'llminferenceservice-router-scheduler': 'scheduler',
};

/** The part of the service that a component label names; absent for others (router objects, tokenizer). @public */
export function partOfComponent(
  component: string | undefined,
): ServicePart | undefined {
  return component !== undefined && Object.hasOwn(PARTS, component)
    ? PARTS[component]
    : undefined;
}
