import { conflict } from './ApiError';
import { KubeObject } from './ClusterStore';
import { recordAt } from './json';
import { ResourceKind } from './kinds';
import { timestamp } from './objectMetadata';

/** The options of a delete, as in the body of the request. */
export interface DeleteOptions {
  gracePeriodSeconds?: number;
  /** What becomes of the dependents; Background where nothing is said. */
  propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
  preconditions?: { uid?: string; resourceVersion?: string };
}

export const FOREGROUND_FINALIZER = 'foregroundDeletion';
export const ORPHAN_FINALIZER = 'orphan';

/** Seconds that a pod has to stop where neither the request nor the pod says otherwise. */
const DEFAULT_POD_GRACE_SECONDS = 30;

interface DeletionPlan {
  removeNow: boolean;
  /** The object with its deletion marks, where they change. */
  marked?: KubeObject;
  removeAfterSeconds?: number;
}

/** Decides what a delete does to an object: gone at once, or marked and held by finalizers or a grace period. */
export function planDeletion(
  kind: ResourceKind,
  current: KubeObject,
  options: DeleteOptions,
  now: Date,
): DeletionPlan {
  checkPreconditions(kind, current, options);
  const { metadata } = current;
  const finalizers = finalizersFor(current, options);
  const grace = graceSeconds(kind, current, options);
  const held =
    finalizers.length > 0 || grace > 0 || kind.resource === 'namespaces';
  if (!held) {
    return { removeNow: true };
  }
  const marksAreThere =
    metadata.deletionTimestamp !== undefined &&
    grace >= (metadata.deletionGracePeriodSeconds ?? 0);
  if (
    marksAreThere &&
    finalizers.length === (metadata.finalizers?.length ?? 0)
  ) {
    return { removeNow: false };
  }
  const marked: KubeObject = {
    ...current,
    metadata: {
      ...metadata,
      deletionTimestamp: timestamp(new Date(now.getTime() + grace * 1000)),
      deletionGracePeriodSeconds: grace,
      ...(finalizers.length > 0 && { finalizers }),
      ...(kind.generation &&
        !metadata.deletionTimestamp && {
          generation: (metadata.generation ?? 1) + 1,
        }),
    },
  };
  if (kind.resource === 'namespaces') {
    marked.status = { ...recordAt(current, 'status'), phase: 'Terminating' };
  }
  return {
    removeNow: false,
    marked,
    removeAfterSeconds: grace > 0 ? grace : undefined,
  };
}

function checkPreconditions(
  kind: ResourceKind,
  { metadata }: KubeObject,
  { preconditions }: DeleteOptions,
): void {
  const { uid, resourceVersion } = preconditions ?? {};
  if (uid && uid !== metadata.uid) {
    throw conflict(
      kind,
      metadata.name,
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${metadata.uid}`,
    );
  }
  if (resourceVersion && resourceVersion !== metadata.resourceVersion) {
    throw conflict(
      kind,
      metadata.name,
      `Precondition failed: ResourceVersion in precondition: ${resourceVersion}, ResourceVersion in object meta: ${metadata.resourceVersion}`,
    );
  }
}

function finalizersFor(
  { metadata }: KubeObject,
  { propagationPolicy }: DeleteOptions,
): string[] {
  const finalizers = metadata.finalizers ?? [];
  const others = finalizers.filter(
    finalizer =>
      finalizer !== ORPHAN_FINALIZER && finalizer !== FOREGROUND_FINALIZER,
  );
  switch (propagationPolicy) {
    case 'Orphan':
      return [...others, ORPHAN_FINALIZER];
    case 'Foreground':
      return [...others, FOREGROUND_FINALIZER];
    case 'Background':
      return others;
    default:
      return finalizers;
  }
}

function graceSeconds(
  kind: ResourceKind,
  pod: KubeObject,
  options: DeleteOptions,
): number {
  if (kind.resource !== 'pods') {
    return 0;
  }
  const { nodeName, terminationGracePeriodSeconds } = recordAt(pod, 'spec');
  const { phase } = recordAt(pod, 'status');
  if (!nodeName || phase === 'Succeeded' || phase === 'Failed') {
    return 0;
  }
  if (options.gracePeriodSeconds !== undefined) {
    return Math.max(0, options.gracePeriodSeconds);
  }
  return typeof terminationGracePeriodSeconds === 'number'
    ? terminationGracePeriodSeconds
    : DEFAULT_POD_GRACE_SECONDS;
}
