import { findCondition } from '../../resource/conditions';
import type { InferenceService } from '../../resource/inferenceService';
import { GROUP_INDEX_LABEL, LWS_REVISION_LABEL } from '../../resource/labels';
import { findContainerStatus, type Pod } from '../../resource/pod';
import { MAIN_CONTAINER } from '../../resource/containers';
import { asNumber, asTime, type UnknownRecord } from '../../resource/unknown';
import type { Workload } from '../../resource/workload';
import type { PoolName } from '../ServingHealth';
import type { Thresholds } from '../thresholds';
import { readEngineSettings } from './engineSettings';
import type { EventIndex } from './EventIndex';
import type { PoolFacts } from './Facts';
import type { ReplicaSet } from './ServiceObjects';

/** What a pool is read from. */
export interface PoolSources {
  name: PoolName;
  now: number;
  thresholds: Thresholds;
  resource?: InferenceService;
  spec: UnknownRecord;
  workload?: Workload;
  replicaSets: readonly ReplicaSet[];
  pods: Pod[];
  podsRead: boolean;
  workloadsRead: boolean;
  events: EventIndex;
  /** When the pool was last seen ready, from the history. */
  readyAt: unknown;
}

/** Types of conditions that speak of a pool's workload, as events name them. */
const WORKLOAD_CONDITIONS: Readonly<Record<PoolName, RegExp>> = {
  decode: /\b(?:Main|Worker)WorkloadReady\b/,
  prefill: /\bPrefill(?:Worker)?WorkloadReady\b/,
  scheduler: /\bSchedulerWorkloadReady\b/,
};

/** Reads one pool: its pods, its counts and what its engine was told. */
export function readPool(sources: PoolSources): PoolFacts {
  const { name, workload, pods, spec, resource } = sources;
  const topology =
    workload?.kind === 'LeaderWorkerSet' ||
    (!workload && typeof spec.worker === 'object' && spec.worker !== null)
      ? 'MultiNode'
      : 'SingleNode';
  const current = pods.filter(pod => !pod.ended && !pod.terminating);
  const newestRevision = findNewestRevision(sources, current);
  const older =
    newestRevision === undefined
      ? []
      : current.filter(pod => revisionOf(pod) !== newestRevision);
  const seenReady = countSeen(sources, topology, current);
  // A Deployment whose status says nothing at all does not contradict the pods that were seen.
  const silent = workload?.status === undefined && seenReady !== null;
  const reported = workload && !silent ? workload.status?.ready ?? 0 : null;
  const engine =
    name === 'scheduler'
      ? undefined
      : readEngineSettings(current, workload, resource, spec, newestRevision);
  return {
    name,
    topology,
    workload,
    spec,
    pods,
    current,
    owners: listOwners(sources),
    newestRevision,
    older,
    desired: countDesired(sources),
    updated: workload?.status?.updated ?? (workload ? 0 : null),
    ready: lower(seenReady, reported),
    seenReady,
    available: workload?.status?.available ?? (workload ? 0 : null),
    onceReady: isOnceReady(sources),
    rolling: isRolling(workload, older),
    engine,
    kvConfig: engine?.kvConfig,
  };
}

function revisionOf(pod: Pod): string | undefined {
  return pod.labels[LWS_REVISION_LABEL] ?? pod.owner?.name;
}

function findNewestRevision(
  { replicaSets, workload }: PoolSources,
  current: readonly Pod[],
): string | undefined {
  if (workload?.kind === 'LeaderWorkerSet') {
    let newest: Pod | undefined;
    for (const pod of current) {
      if (
        pod.labels[LWS_REVISION_LABEL] !== undefined &&
        (pod.createdAt ?? 0) > (newest?.createdAt ?? -1)
      ) {
        newest = pod;
      }
    }
    return newest?.labels[LWS_REVISION_LABEL];
  }
  let best: ReplicaSet | undefined;
  for (const set of replicaSets) {
    if (!best || set.revision > best.revision) {
      best = set;
    }
  }
  if (best) {
    return best.name;
  }
  // Without ReplicaSets the Deployment names the newest one in its own condition.
  const progressing =
    workload && findCondition(workload.conditions, 'Progressing');
  return /ReplicaSet "([^"]+)"/.exec(progressing?.message ?? '')?.[1];
}

function countSeen(
  { workload, podsRead }: PoolSources,
  topology: PoolFacts['topology'],
  current: readonly Pod[],
): number | null {
  if (!podsRead) {
    return null;
  }
  return topology === 'MultiNode'
    ? countReadyGroups(current, workload?.size)
    : current.filter(pod => pod.ready).length;
}

/** Where pods and workload say different numbers, one of them is behind: the lower one is believed. */
function lower(seen: number | null, reported: number | null): number | null {
  return seen === null || reported === null
    ? seen ?? reported
    : Math.min(seen, reported);
}

/** Groups of which every pod is ready. */
function countReadyGroups(
  current: readonly Pod[],
  size: number | undefined,
): number {
  let ready = 0;
  for (const group of groupPods(current).values()) {
    if (group.length >= (size ?? 1) && group.every(pod => pod.ready)) {
      ready += 1;
    }
  }
  return ready;
}

/** Pods of a LeaderWorkerSet by the index of their group. */
export function groupPods(pods: readonly Pod[]): Map<string, Pod[]> {
  const groups = new Map<string, Pod[]>();
  for (const pod of pods) {
    const index = pod.labels[GROUP_INDEX_LABEL] ?? pod.name;
    const group = groups.get(index);
    if (group) {
      group.push(pod);
    } else {
      groups.set(index, [pod]);
    }
  }
  return groups;
}

function countDesired({
  name,
  workload,
  resource,
  spec,
  workloadsRead,
  replicaSets,
}: PoolSources): number | null {
  if (workload) {
    return workload.desired;
  }
  const declared = asNumber(spec.replicas);
  if (declared !== undefined) {
    return declared;
  }
  if (!workloadsRead && replicaSets.length > 0) {
    return Math.max(...replicaSets.map(set => set.desired));
  }
  // A base config may say another number, and an autoscaler decides for itself.
  const decidedElsewhere =
    !resource || resource.hasBaseRefs || spec.scaling !== undefined;
  return decidedElsewhere || name === 'scheduler' ? null : 1;
}

/** Keys (`Kind/name`) of what creates the pool's pods, also where only events or pods name it. */
function listOwners({
  workload,
  replicaSets,
  pods,
  events,
}: PoolSources): string[] {
  const owners = new Set<string>();
  for (const set of replicaSets) {
    owners.add(`ReplicaSet/${set.name}`);
  }
  for (const pod of pods) {
    if (pod.owner) {
      owners.add(`${pod.owner.kind}/${pod.owner.name}`);
    }
  }
  if (workload) {
    owners.add(`${workload.kind}/${workload.name}`);
    const child =
      workload.kind === 'LeaderWorkerSet' ? 'StatefulSet' : 'ReplicaSet';
    const prefix = `${child}/${workload.name}`;
    for (const [subject] of events.subjects()) {
      if (
        subject.startsWith(prefix) &&
        /^(?:-[a-z0-9]+)?$/.test(subject.slice(prefix.length))
      ) {
        owners.add(subject);
      }
    }
  }
  return [...owners];
}

function isRolling(
  workload: Workload | undefined,
  older: readonly Pod[],
): boolean {
  if (!workload || workload.desired === 0) {
    return false;
  }
  const { status, conditions } = workload;
  if (workload.kind === 'LeaderWorkerSet') {
    return findCondition(conditions, 'UpdateInProgress')?.status === 'True';
  }
  if (findCondition(conditions, 'Progressing')?.status === 'False') {
    return false;
  }
  const unobserved =
    status?.observedGeneration !== undefined &&
    workload.generation !== undefined &&
    status.observedGeneration < workload.generation;
  return (
    unobserved ||
    (status !== undefined &&
      status.replicas > status.updated &&
      (older.length > 0 || status.updated > 0))
  );
}

/** Whether the pool is known to have been ready, since its workload exists. */
function isOnceReady(sources: PoolSources): boolean {
  const { workload, now, thresholds, events, resource, pods, name } = sources;
  const createdAt = workload?.createdAt ?? Number.NEGATIVE_INFINITY;
  const scaledUpAt = findScaleFromZero(sources);
  const readyAt = asTime(sources.readyAt);
  if (readyAt !== undefined && readyAt >= (scaledUpAt ?? createdAt)) {
    return true;
  }
  if (
    workload?.desired !== 0 &&
    workload?.conditions.some(
      ({ type, reason }) =>
        type === 'Progressing' && reason === 'NewReplicaSetAvailable',
    ) &&
    scaledUpAt === undefined
  ) {
    return true;
  }
  if (pods.some(wasReadyInLastRun)) {
    return true;
  }
  return (
    resource !== undefined &&
    events
      .of('LLMInferenceService', resource.name)
      .some(
        event =>
          event.reason === 'LLMInferenceServiceNotReady' &&
          speaksOf(name, event.message) &&
          (event.at ?? now) + thresholds.clockSkew * 1000 >= createdAt,
      )
  );
}

/** Whether an event about a lost Ready means this pool; one that names none means decode, which serves. */
function speaksOf(pool: PoolName, message: string): boolean {
  return (
    WORKLOAD_CONDITIONS[pool].test(message) ||
    (pool === 'decode' &&
      !Object.values(WORKLOAD_CONDITIONS).some(named => named.test(message)))
  );
}

/**
 * When a Deployment was raised from zero replicas, if lately. It then still says NewReplicaSetAvailable, but
 * nothing was lost.
 */
function findScaleFromZero({
  workload,
  events,
  now,
  thresholds,
}: PoolSources): number | undefined {
  return (
    workload &&
    events
      .of(workload.kind, workload.name)
      .find(
        event =>
          event.reason === 'ScalingReplicaSet' &&
          /Scaled up .*(?:\bfrom 0\b|\bto \d+ from 0\b)/.test(event.message) &&
          now - (event.at ?? 0) <= thresholds.containerCreation * 1000,
      )?.at
  );
}

/** Whether `main` was ready in its running or its last run: Ready turned False after that run began. */
export function wasReadyInLastRun(pod: Pod): boolean {
  const condition = pod.conditions.find(({ type }) => type === 'Ready');
  const turnedAt = condition?.transitionAt;
  if (condition?.status !== 'False' || turnedAt === undefined) {
    return condition?.status === 'True';
  }
  const main = findContainerStatus(pod, MAIN_CONTAINER);
  const runningSince =
    main?.state?.kind === 'running' ? main.state.startedAt : undefined;
  if (runningSince !== undefined && turnedAt > runningSince) {
    return true;
  }
  const ended = main?.state?.kind === 'terminated' ? main.state : main?.last;
  return ended?.startedAt !== undefined && turnedAt > ended.startedAt + 1000;
}
