import type { ServiceRef } from '../resource/KubernetesObject';
import type { CauseId } from './CauseId';

/** The verdicts, from best to worst. @public */
export const VERDICTS = [
  'Healthy',
  'Stopped',
  'Progressing',
  'Unknown',
  'Degraded',
  'Missing',
  'Unavailable',
] as const;

/** What a person needs to know first about a service. @public */
export type Verdict = (typeof VERDICTS)[number];

/** How much a cause weighs; `Info` never changes the verdict. @public */
export type Severity = 'Critical' | 'Warning' | 'Info';

/** A pool of a disaggregated service, or its scheduler. @public */
export type PoolName = 'decode' | 'prefill' | 'scheduler';

/** One verbatim observation that supports a statement. @public */
export interface Evidence {
  kind:
    | 'Condition'
    | 'Event'
    | 'ContainerStatus'
    | 'Log'
    | 'Metric'
    | 'Spec'
    | 'Access';
  /** What it was read from, for example `Pod/qwen-kserve-0` or `Deployment/qwen-kserve`. */
  object: string;
  /** Verbatim, at most 512 characters, terminal escapes stripped, secrets redacted. */
  quote: string;
  /** ISO time of the observation, where the source has one. */
  at?: string;
}

/** One reason why a service is not as it should be. @public */
export interface Cause {
  id: CauseId;
  severity: Severity;
  pool?: PoolName;
  /** The objects concerned, as `Kind/name`. */
  subjects: string[];
  /** A few words, for a heading. */
  title: string;
  /** One or two sentences in plain words: what it means. */
  explanation: string;
  /** What to do, naming the field or object to change. */
  remedy: string;
  evidence: Evidence[];
  /**
   * What the texts are made of, by name: names, numbers and codes that were read from the evidence, and the
   * fields of the resource to change (`spec`, `template`, `main`, `field`). For texts in other languages.
   */
  words?: Record<string, string>;
}

/** What a part of a summary says. @public */
export const SUMMARY_SAYINGS = [
  'missing',
  'notNamed',
  'stopped',
  'nothingRead',
  'cause',
  'pods',
  'bypassesRouting',
  'doubt',
  'ready',
  'rolling',
  'starting',
  'deleting',
  'unseen',
  'routerStarting',
  'countsOnly',
] as const;

/** What a part of a summary says. @public */
export type SummarySaying = (typeof SUMMARY_SAYINGS)[number];

/** A part of a summary as data: what it says, and the names and numbers in it. @public */
export interface SummaryPart {
  says: SummarySaying;
  /** The cause that it tells, for `cause` and `pods`. */
  cause?: CauseId;
  words: Record<string, string>;
}

/** One pod of a pool. @public */
export interface PodHealth {
  name: string;
  phase: string;
  ready: boolean;
  terminating: boolean;
  restarts: number;
  node?: string;
  createdAt?: string;
  /** Index of the LeaderWorkerSet group; absent for single-node pools. */
  group?: number;
  /** Whether the pod runs the newest revision of its workload; absent where unknown. */
  updated?: boolean;
  /** GPUs requested by the container `main`. */
  gpu?: number;
  /** RDMA devices or shares requested by the container `main`. */
  rdma?: number;
  image?: string;
  imageDigest?: string;
  /** Short reason where the pod is not ready: a waiting or termination reason, or the scheduler's word. */
  reason?: string;
}

/** State of the prefill or the decode pool; for `MultiNode` all counts are groups. @public */
export interface PoolHealth {
  topology: 'SingleNode' | 'MultiNode';
  /** The workload behind the pool, as `Kind/name`; absent where none exists. */
  workload?: string;
  /** `null` where it could not be read. */
  desired: number | null;
  updated: number | null;
  ready: number | null;
  available: number | null;
  /** Restarts of all containers of the pool's current pods. */
  restarts: number;
  /** Names of the containers of its pods: the engine first, init containers last; absent where there are none. */
  containers?: string[];
  pods: PodHealth[];
}

/** What is known of the way the KV cache takes from prefill to decode. @public */
export interface KvTransferHealth {
  configuration:
    | 'Paired'
    | 'DecodeOnly'
    | 'PrefillOnly'
    | 'None'
    | 'Mismatched'
    | 'Unknown';
  fabric: 'Rdma' | 'Tcp' | 'Unverified';
  effectiveness: 'Effective' | 'Suspect' | 'Bypassed' | 'Idle' | 'Unmeasurable';
  /**
   * Bytes per second while KV cache moved, over the last window and all ranks; absent after fewer than
   * `slowFabricTransfers` transfers.
   */
  bytesPerSecond?: number;
  evidence: Evidence[];
}

/** State of one router part; `NotConfigured` where the service does not ask for it. @public */
export interface RouterPartHealth {
  state: 'Ready' | 'NotReady' | 'Progressing' | 'NotConfigured' | 'Unknown';
  reason?: string;
}

/** The parts that bring a request to a pool. @public */
export interface RouterHealth {
  scheduler: RouterPartHealth;
  inferencePool: RouterPartHealth;
  route: RouterPartHealth;
  gateway: RouterPartHealth;
}

/** A condition of the resource as reported. @public */
export interface ReportedCondition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
  /** True where it cannot be believed: presets not combined, or generation not observed. */
  stale?: boolean;
}

/** A URL under which the service answers. @public */
export interface Endpoint {
  name?: string;
  url: string;
  /** Served model names. */
  models: string[];
}

/** One verdict with its root cause, from both pools, the router and the KV path. @public */
export interface ServingHealth {
  service: ServiceRef;
  verdict: Verdict;
  /** One sentence a person can act on. */
  summary: string;
  /** The same in parts, for those who say it in another language. */
  summaryParts?: SummaryPart[];
  /** Whether this is a prefill/decode service, also when `prefill` comes from a base config. */
  disaggregated: boolean;
  pools: { decode?: PoolHealth; prefill?: PoolHealth };
  kvTransfer: KvTransferHealth;
  router: RouterHealth;
  /** Most fundamental first. */
  causes: Cause[];
  conditions: ReportedCondition[];
  endpoints: Endpoint[];
  /** ISO time of the observation this was judged from. */
  observedAt: string;
}
