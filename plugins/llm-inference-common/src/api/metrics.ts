import type { SeriesId, SeriesUnit } from '../health/series/ServiceSeries';
import type { ServiceRef } from '../resource/KubernetesObject';
import type { ServicePart } from '../resource/labels';

/** One line of a chart. @public */
export interface MetricSeries {
  id: SeriesId;
  /** What it is, in a few words. */
  title: string;
  unit: SeriesUnit;
  /** The part of the service that it was measured at. */
  part: ServicePart;
  /** 0.5, 0.95 or 0.99 for a quantile. */
  quantile?: number;
  /** One per entry of `times`; `null` is "not known" and is drawn as a gap, never as zero. */
  values: (number | null)[];
}

/** A pod that could not be measured, and why. @public */
export interface UnmeasuredPod {
  pod: string;
  /**
   * `Unmeasured`: the pod gives its metrics to nobody who comes this way; `Forbidden`: the portal lacks a
   * right; `Unreachable`; `Unreadable`: no page of metrics.
   */
  problem: 'Unmeasured' | 'Forbidden' | 'Unreachable' | 'Unreadable';
  message: string;
}

/** What was measured of a service. @public */
export interface ServiceMetrics {
  service: ServiceRef;
  /** `Off` where no source is configured for the cluster; then there are no times and no series. */
  source: 'PodProxy' | 'Prometheus' | 'Off';
  /** Seconds between two points. */
  intervalSeconds: number;
  /** Seconds that rates, quantiles and counts of a point look back to. */
  windowSeconds: number;
  /** ISO times of the points, oldest first. */
  times: string[];
  /** Series of parts that the service does not have, or that were never known, are left out. */
  series: MetricSeries[];
  unmeasured: UnmeasuredPod[];
}
