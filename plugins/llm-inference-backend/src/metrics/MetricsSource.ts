import type {
  ScrapeFrame,
  ScrapeTarget,
} from 'backstage-plugin-llm-inference-common';

/** Why the metrics of a pod are not known. */
export type MetricsProblemKind =
  /** The pod wants a token that is not passed on: this part of the service is not measured. */
  | 'Unmeasured'
  /** The portal has no right to read through this source. */
  | 'Forbidden'
  | 'Unreachable'
  /** What came is no page of metrics, or too large. */
  | 'Unreadable';

/** What was read of one pod, or why not. */
export type PodReading =
  | { target: ScrapeTarget; frame: ScrapeFrame }
  | { target: ScrapeTarget; problem: MetricsProblemKind; message: string };

/** Where the metrics of a cluster's pods come from. */
export interface MetricsSource {
  readonly kind: 'PodProxy' | 'Prometheus';

  /** Reads these pods of a service. Never rejects but for the signal: a pod that cannot be read says so. */
  read(
    namespace: string,
    targets: readonly ScrapeTarget[],
    signal: AbortSignal,
  ): Promise<PodReading[]>;
}
