import type { InferenceService } from '../../resource/inferenceService';
import type { KvTransferConfig } from '../../resource/kvTransferConfig';
import type { ServiceRef } from '../../resource/KubernetesObject';
import type { ObjectMeta } from '../../resource/objectMeta';
import type { Pod } from '../../resource/pod';
import type { UnknownRecord } from '../../resource/unknown';
import type { Workload } from '../../resource/workload';
import type { AccessKey, AccessProblem } from '../Observation';
import type { PoolName } from '../ServingHealth';
import type { Thresholds } from '../thresholds';
import type { EngineSettings } from './engineSettings';
import type { EventIndex } from './EventIndex';
import type { LogReader } from './LogReader';
import type { MetricsReader } from './MetricsReader';

/** An object of the router with its raw content. */
export interface RouterObject extends ObjectMeta {
  content: UnknownRecord;
}

/** What is known of one pool, or of the scheduler. */
export interface PoolFacts {
  name: PoolName;
  topology: 'SingleNode' | 'MultiNode';
  workload?: Workload;
  /** The pool's part of the resource's own spec; empty where a base config holds it. */
  spec: UnknownRecord;
  /** Every pod, by name. */
  pods: Pod[];
  /** Pods that can still serve: neither ended nor terminating. */
  current: Pod[];
  /** Names of the ReplicaSets behind the workload, and of the StatefulSets of groups. */
  owners: string[];
  /** Name of the newest ReplicaSet, or hash of the newest group template. */
  newestRevision?: string;
  /** Pods of an older revision than the newest. */
  older: Pod[];
  /** Replicas, or groups; `null` where unread. */
  desired: number | null;
  updated: number | null;
  ready: number | null;
  available: number | null;
  /**
   * Ready replicas by the pods alone; `null` where pods are unread. The workload's own count follows a moment
   * later, so a shortage is judged by this one.
   */
  seenReady: number | null;
  /** Known to have been ready before, with the workload as it is. */
  onceReady: boolean;
  /** Whether a rollout is moving: newer and older pods side by side, or not all pods renewed yet. */
  rolling: boolean;
  /** What the engine of this pool was told; absent for the scheduler and where nothing could be read. */
  engine?: EngineSettings;
  kvConfig?: KvTransferConfig;
}

/** Everything that causes are found in; built once per assessment and never changed. */
export interface Facts {
  now: number;
  observedAt: string;
  service: ServiceRef;
  thresholds: Thresholds;
  tls?: boolean;
  access: ReadonlyMap<AccessKey, AccessProblem>;
  resource?: InferenceService;
  disaggregated: boolean;
  decode: PoolFacts;
  prefill?: PoolFacts;
  scheduler: PoolFacts;
  events: EventIndex;
  logs: LogReader;
  metrics: MetricsReader;
  /** The same without the newest scrape of each pod: what the evaluation before this one saw. */
  earlierMetrics: MetricsReader;
  inferencePools: RouterObject[];
  routes: RouterObject[];
  gateways: RouterObject[];
  autoscalers: RouterObject[];
  /** Whether a list of objects was given at all. */
  objectsRead: boolean;
  /** Transfer rate when the service was known good, in bytes per second. */
  kvBaseline?: number;
}

/** The pools that run an engine. */
export function enginePools(facts: Facts): PoolFacts[] {
  return facts.prefill ? [facts.decode, facts.prefill] : [facts.decode];
}

/** Seconds since a time, never negative: a time in the future is clock skew. Absent for an unknown time. */
export function ageOf(
  facts: Pick<Facts, 'now'>,
  time: number | undefined,
): number | undefined {
  return time === undefined
    ? undefined
    : Math.max(0, (facts.now - time) / 1000);
}

/** Whether a time is known and no longer ago than that many seconds. */
export function isWithin(
  facts: Pick<Facts, 'now'>,
  time: number | undefined,
  seconds: number,
): boolean {
  const age = ageOf(facts, time);
  return age !== undefined && age <= seconds;
}
