import { findCondition } from '../../resource/conditions';
import { MAIN_CONTAINER } from '../../resource/containers';
import {
  findContainerStatus,
  type ContainerStatus,
  type Pod,
} from '../../resource/pod';
import { startupBudgetSeconds } from '../../resource/probes';
import { findContainer } from '../../resource/containers';
import { ageOf, isWithin, type Facts, type PoolFacts } from '../facts/Facts';
import { podEvents } from '../facts/podEvents';
import { wasReadyInLastRun } from '../facts/readPool';
import type { FoundCause } from '../causes/CauseDefinition';

/** A pool with fewer ready replicas than it should have. */
export interface Shortage {
  /** Replicas, or groups. */
  missing: number;
  /** True where all that is missing is starting inside its time, and nothing was lost. */
  onItsWay: boolean;
}

/**
 * What a pool lacks; nothing where it is complete or unread. A pool that is scaled to zero lacks what a person
 * would expect of it.
 */
export function findShortage(
  pool: PoolFacts,
  facts: Facts,
  found: readonly FoundCause[],
): Shortage | undefined {
  const { desired, ready } = pool;
  if (ready === null || desired === null) {
    return undefined;
  }
  if (desired === 0) {
    return ready === 0 ? { missing: 0, onItsWay: false } : undefined;
  }
  const missing = desired - ready;
  if (missing <= 0) {
    return undefined;
  }
  if ((pool.seenReady ?? 0) >= desired) {
    // All pods are ready; only the workload's own count has not followed yet.
    return { missing, onItsWay: true };
  }
  if (wasLost(pool, facts)) {
    return { missing, onItsWay: false };
  }
  const blamed = new Set(
    found
      .filter(cause => cause.pool === pool.name && cause.severity !== 'Info')
      .flatMap(cause => cause.subjects),
  );
  const replaced = replacedPods(pool);
  let starting = 0;
  let stuck = 0;
  for (const pod of pool.current) {
    if (!pod.ready && !replaced.has(pod)) {
      if (!blamed.has(`Pod/${pod.name}`) && isStarting(pod, facts)) {
        starting += 1;
      } else {
        stuck += 1;
      }
    }
  }
  const size = pool.workload?.size ?? 1;
  const absent = desired * size - (pool.current.length - replaced.size);
  return {
    missing,
    onItsWay:
      stuck === 0 &&
      (absent <= 0 || arePodsExpected(pool, facts)) &&
      (starting > 0 || absent > 0),
  };
}

/**
 * Pods of an older revision that never served, while a moving rollout has newer ones: what ailed them is what
 * the rollout replaces.
 */
export function replacedPods(pool: PoolFacts): ReadonlySet<Pod> {
  const newer = pool.current.length > pool.older.length;
  return new Set(
    pool.rolling && newer
      ? pool.older.filter(pod => !pod.ready && !wasReadyInLastRun(pod))
      : [],
  );
}

/** Whether replicas that were there are gone, as opposed to replicas that are new. */
function wasLost(pool: PoolFacts, facts: Facts): boolean {
  if (!pool.seenReady && pool.onceReady && !pool.rolling) {
    return true;
  }
  return (
    pool.current.some(
      pod => !pod.ready && hasRestarted(pod) && wasReadyInLastRun(pod),
    ) || pool.pods.some(pod => isLost(pod, pool, facts))
  );
}

function hasRestarted(pod: Pod): boolean {
  const main = findContainerStatus(pod, MAIN_CONTAINER);
  return (main?.restarts ?? 0) > 0 || main?.state?.kind === 'terminated';
}

/** Whether a pod ended, other than by success, a short time ago, or at an unknown time and nothing replaced it. */
export function isLost(pod: Pod, pool: PoolFacts, facts: Facts): boolean {
  if (pod.phase !== 'Failed') {
    return false;
  }
  const end = endOf(pod, facts);
  return end === undefined
    ? !isReplaced(pod, pool)
    : isWithin(facts, end, facts.thresholds.lostPod);
}

/** What takes the place of a pod is younger than the pod. */
function isReplaced({ createdAt }: Pod, pool: PoolFacts): boolean {
  return pool.current.some(
    other => other.ready && (other.createdAt ?? 0) > (createdAt ?? 0),
  );
}

/** Whether a pod does not go; `deletionTimestamp` already includes the grace period. */
export function isTerminationOverdue(pod: Pod, facts: Facts): boolean {
  const age = pod.terminating ? ageOf(facts, pod.deletedAt) : undefined;
  return age !== undefined && age > facts.thresholds.terminationOverdue;
}

/** Ends of pods that had run; every other failure is a refusal at the pod's first minute. */
const ENDS_OF_RUNS =
  /^(?:Evicted|Preempting|NodeLost|NodeShutdown|Shutdown|Terminated)$/;

/** When a pod that ended did so, as far as its status and its events tell; older kubelets write no time at all. */
export function endOf(pod: Pod, facts: Facts): number | undefined {
  const times = [
    ...pod.containers.map(({ state }) => state?.finishedAt),
    findCondition(pod.conditions, 'DisruptionTarget')?.transitionAt,
    findCondition(pod.conditions, 'Ready')?.transitionAt,
    ...podEvents(pod, facts)
      .filter(({ reason }) => /^(?:Evicted|Preempted|Preempting)$/.test(reason))
      .map(({ at }) => at),
    ENDS_OF_RUNS.test(pod.reason) ? undefined : pod.createdAt,
  ].filter((time): time is number => time !== undefined);
  return times.length > 0 ? Math.max(...times) : undefined;
}

/** Whether a pod that is not ready is still inside the time that its present stage may take. */
export function isStarting(pod: Pod, facts: Facts): boolean {
  const { thresholds } = facts;
  if (pod.phase !== 'Pending' && pod.phase !== 'Running') {
    return false;
  }
  if (!pod.node) {
    return isBeingScheduled(pod, facts);
  }
  const main = findContainerStatus(pod, MAIN_CONTAINER);
  if (main?.state?.kind === 'running') {
    const budget =
      startupBudgetSeconds(findContainer(pod.spec, MAIN_CONTAINER)) ??
      thresholds.startupBudget;
    return (
      !wasReadyInLastRun(pod) &&
      isWithin(
        facts,
        main.state.startedAt ?? pod.createdAt,
        budget + thresholds.readinessGrace,
      )
    );
  }
  if (pod.containers.some(isBackingOff)) {
    return false;
  }
  if (pod.containers.some(({ state }) => state?.kind === 'running')) {
    // A download or another init container is at work; it ends or fails by itself.
    return true;
  }
  return hasSandbox(pod) === false
    ? isWithin(facts, scheduledAt(pod), thresholds.sandboxStuck)
    : isWithin(facts, pod.createdAt, thresholds.containerCreation);
}

function isBeingScheduled(pod: Pod, facts: Facts): boolean {
  const { thresholds } = facts;
  const condition = findCondition(pod.conditions, 'PodScheduled');
  if (condition?.reason === 'SchedulingGated') {
    return isWithin(facts, pod.createdAt, thresholds.schedulingGated);
  }
  return isWithin(
    facts,
    pod.createdAt,
    condition?.reason === 'Unschedulable'
      ? thresholds.nodeScaleUp
      : thresholds.podCreation,
  );
}

function isBackingOff({ state }: ContainerStatus): boolean {
  return (
    state?.kind === 'waiting' && /BackOff|Err|Invalid|Never/.test(state.reason)
  );
}

/** When the pod was given a node. */
export function scheduledAt(pod: Pod): number | undefined {
  const condition = findCondition(pod.conditions, 'PodScheduled');
  return condition?.status === 'True'
    ? condition.transitionAt ?? pod.createdAt
    : pod.createdAt;
}

/** Whether the pod has its sandbox and network; absent where its kubelet does not say. */
export function hasSandbox(pod: Pod): boolean | undefined {
  const condition =
    findCondition(pod.conditions, 'PodReadyToStartContainers') ??
    findCondition(pod.conditions, 'PodHasNetwork');
  return condition ? condition.status === 'True' : undefined;
}

/** Whether pods that do not exist yet are about to be made. */
function arePodsExpected(pool: PoolFacts, facts: Facts): boolean {
  const { podCreation } = facts.thresholds;
  const { workload } = pool;
  if (!workload) {
    return (
      facts.resource !== undefined &&
      (!facts.resource.observed ||
        isWithin(facts, facts.resource.createdAt, podCreation))
    );
  }
  return (
    pool.rolling ||
    workload.status === undefined ||
    isWithin(facts, workload.createdAt, podCreation) ||
    (workload.generation !== undefined &&
      workload.status.observedGeneration !== undefined &&
      workload.status.observedGeneration < workload.generation)
  );
}
