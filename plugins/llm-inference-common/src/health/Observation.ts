import type {
  KubernetesObject,
  ServiceRef,
} from '../resource/KubernetesObject';

/** What can be denied, unreachable or not served. @public */
export type AccessKey =
  | 'cluster'
  | 'llminferenceservices'
  | 'pods'
  | 'pods/log'
  | 'events'
  | 'deployments'
  | 'replicasets'
  | 'leaderworkersets'
  | 'inferencepools'
  | 'httproutes'
  | 'gateways'
  | 'horizontalpodautoscalers'
  | 'metrics';

/** Why something could not be read. @public */
export type AccessProblem = 'Forbidden' | 'Unreachable' | 'NotServed';

/** One sample of a parsed scrape. @public */
export interface MetricSample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

/** One reading of a pod's metrics, through one of three doors. @public */
export type MetricReading =
  | { at: string; text: string }
  | { at: string; samples: MetricSample[] }
  | {
      at: string;
      /** Seconds. */
      window: number;
      source: string;
      rates: Record<string, number>;
    };

/** The transfer rate of a service when it was known good. @public */
export interface KvBaseline {
  bytesPerSecond: number;
  at?: string;
}

/** Everything known about a service at one moment; the input of `assessService`. @public */
export interface Observation {
  /** ISO time. */
  now: string;
  service: ServiceRef;
  objects: KubernetesObject[];
  /** Text by `<pod>/<container>`; an absent key means not read, never empty. */
  logs?: Record<string, string>;
  /** Readings by pod, oldest first. */
  metrics?: Record<string, MetricReading[]>;
  access?: Partial<Record<AccessKey, AccessProblem>>;
  history?: {
    decodeReadyAt?: string;
    prefillReadyAt?: string;
    schedulerReadyAt?: string;
    kvBaseline?: KvBaseline;
  };
}
