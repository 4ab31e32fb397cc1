import type { ServiceRef } from '../resource/KubernetesObject';
import type {
  Endpoint,
  Severity,
  SummaryPart,
  Verdict,
  ServingHealth,
} from '../health/ServingHealth';
import type { CauseId } from '../health/CauseId';
import type { DriftState, ServiceDrift } from './drift';

/**
 * How well a cluster, or one kind of resource in it, can be watched.
 *
 * @public
 */
export type SourceState =
  | 'Syncing'
  | 'Live'
  | 'Stale'
  | 'Forbidden'
  | 'NotServed'
  | 'Unreachable'
  | 'AuthFailed'
  | 'Unsupported';

/** Connection of one cluster and of each resource kind watched in it. @public */
export interface ClusterStatus {
  name: string;
  title?: string;
  state: SourceState;
  /** ISO time since when the state holds. */
  since: string;
  /** What went wrong, in words, without credentials. */
  message?: string;
  /** By plural resource name, for example `pods`. */
  resources: Record<
    string,
    { state: SourceState; since: string; message?: string }
  >;
}

/** How fresh a status is. `Stale` means: last known, the cluster cannot be watched now. @public */
export interface Freshness {
  state: 'Live' | 'Syncing' | 'Stale';
  /** ISO time up to which the cluster was seen. */
  asOf: string;
  message?: string;
}

/** Whether entity and service name each other (`Verified`) or only the entity names the service. @public */
export type Binding = 'Verified' | 'Annotation';

/** The status of one service as the portal shows it. @public */
export interface ServiceStatus {
  service: ServiceRef;
  /** Opaque; changes whenever anything shown changes. */
  version: string;
  health: ServingHealth;
  freshness: Freshness;
  binding?: Binding;
  /** The catalog entity that the service is bound to, as a full entity reference. */
  entityRef?: string;
  /** Model as the resource names it. */
  model?: { uri?: string; name?: string };
  /** Version of the API the object was read at, for example `v1alpha2`. */
  apiVersion?: string;
  /** How the service stands to Git; absent where it has no entity, or while that is still being found out. */
  drift?: ServiceDrift;
}

/** What an entity card needs: one entry per cluster that has the service, worst first. @public */
export interface EntityStatus {
  entityRef: string;
  services: ServiceStatus[];
  /** Clusters that the entity points to and that cannot be watched now, or do not have the service. */
  clusters: ClusterStatus[];
  /**
   * Why `services` is empty: no cluster has it, the clusters are still being read or cannot be reached, or
   * the entity and the service do not name each other. The last is told only to callers with the permission
   * `llm-inference.fleet.read`; to all others such a service does not exist (`NotFound`, and `Missing`
   * where Git says that the entity has one).
   */
  reason?: 'NotFound' | 'BindingNotVerified' | 'Syncing' | 'Unreachable';
}

/** One row of the fleet. @public */
export interface ServiceSummary {
  service: ServiceRef;
  version: string;
  verdict: Verdict;
  summary: string;
  rootCause?: { id: CauseId; severity: Severity; title: string };
  /** The summary as data, where there is no cause to name. */
  summaryParts?: SummaryPart[];
  disaggregated: boolean;
  pools: {
    decode?: { desired: number | null; ready: number | null };
    prefill?: { desired: number | null; ready: number | null };
  };
  model?: { uri?: string; name?: string };
  entityRef?: string;
  owner?: string;
  freshness: Freshness;
  endpoints?: Endpoint[];
  /** How the service stands to Git; absent where that is not known, or not yet. */
  drift?: DriftState;
}

/** A page of the fleet, with the counts of everything the caller may see. @public */
export interface ServiceList {
  items: ServiceSummary[];
  /** Number of services that match the filter. */
  total: number;
  /** By verdict, over everything that matches the filter but for the verdict. */
  counts: Partial<Record<Verdict, number>>;
  clusters: ClusterStatus[];
}

/** Query of the fleet list. @public */
export interface ServiceListQuery {
  text?: string;
  verdict?: Verdict[];
  cluster?: string[];
  owner?: string[];
  model?: string[];
  sort?: 'verdict' | 'name' | 'cluster' | 'model';
  order?: 'asc' | 'desc';
  /** At most 200; 50 where absent. */
  limit?: number;
  offset?: number;
}

/**
 * Events of the live stream. `entity` carries the whole status of one subscribed entity whenever it
 * changes (and once at the start); `clusters` the connections; `changed` says that the fleet list has
 * changed and may be read again.
 *
 * @public
 */
export type StreamEvent =
  | { type: 'entity'; data: EntityStatus }
  | { type: 'clusters'; data: ClusterStatus[] }
  | { type: 'changed'; data: { services: ServiceRef[] } };
