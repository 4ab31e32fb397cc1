import type { CauseId } from '../health/CauseId';
import type { Verdict } from '../health/ServingHealth';
import type { ServiceRef } from '../resource/KubernetesObject';

/** A change of verdict or of root cause. @public */
export interface Transition {
  service: ServiceRef;
  /** ISO time at which it was seen. */
  at: string;
  /** Absent where nothing was known before. */
  previousVerdict?: Verdict;
  verdict: Verdict;
  rootCause?: CauseId;
  /** The sentence that was shown. */
  summary: string;
}

/** A span of a timeline; without a verdict nobody was looking. @public */
export interface TimelineSegment {
  /** ISO times. */
  from: string;
  until: string;
  /** Absent where the service was not observed. */
  verdict?: Verdict;
  rootCause?: CauseId;
}

/** What a service did over a window of time. @public */
export interface Timeline {
  service: ServiceRef;
  from: string;
  until: string;
  segments: TimelineSegment[];
  transitions: Transition[];
  /** True where there were more transitions than are listed; the oldest are left out. */
  truncated: boolean;
  availability: Availability;
}

/** How a window of time divides. @public */
export interface Availability {
  /** Seconds by verdict, only those observed. */
  seconds: Partial<Record<Verdict, number>>;
  /** Seconds in which nobody was looking; they count for nothing. */
  unobservedSeconds: number;
  /**
   * Share of time in which requests could be answered: Healthy and Degraded against Unavailable and Missing.
   * Stopped, Progressing and Unknown count for neither; `null` where nothing is left.
   */
  ratio: number | null;
}
