import type { MetricReading } from '../Observation';
import { DEFAULT_THRESHOLDS } from '../thresholds';
import {
  kvFrame,
  kvReadings,
  windowsBetween,
  type ScrapeRound,
} from './kvReadings';
import { measureService } from './ServiceSeries';

/** What health may look back to. */
const LONGEST_MS = DEFAULT_THRESHOLDS.metricsWindowMax * 1000;

/** Older rounds are kept only so often. */
const SPARSE_MS = 150_000;

/** The wall clock may be this far from the time that has passed before what was measured is thrown away. */
const CLOCK_JUMP_MS = 5_000;

/** How much is kept of what was measured. @public */
export interface MeasurementTimes {
  /** What a point of a series looks back to. */
  windowMs: number;
  /** How long points are kept. */
  retentionMs: number;
}

type KeptRound = ScrapeRound & { elapsed: number; thin?: true };

/** A round with no more than the KV path is judged by. */
function thinned(round: KeptRound): KeptRound {
  if (round.thin) return round;
  return {
    ...round,
    thin: true,
    pods: round.pods.map(pod =>
      pod.frame ? { ...pod, frame: kvFrame(pod.frame) } : pod,
    ),
  };
}

/** Rounds and series of one service, bounded in time and size. @public */
export class ServiceMeasurements {
  readonly #times: MeasurementTimes;
  #rounds: KeptRound[] = [];
  /** Points, oldest first; `NaN` is a gap. */
  #points: { at: number; values: readonly number[] }[] = [];

  constructor(times: MeasurementTimes) {
    this.#times = times;
  }

  /**
   * Adds a round.
   *
   * @param elapsed - milliseconds of a clock that never jumps
   */
  add(round: ScrapeRound, elapsed: number): void {
    const before = this.#rounds[this.#rounds.length - 1];
    const jumped =
      before &&
      Math.abs(round.at - before.at - (elapsed - before.elapsed)) >
        CLOCK_JUMP_MS;
    if (jumped || (before && round.at <= before.at)) this.#rounds = [];
    // After a step back, what lies in the future was measured before it.
    while (this.#points.length > 0 && this.#points.at(-1)!.at >= round.at) {
      this.#points.pop();
    }
    this.#rounds.push({ ...round, elapsed });
    this.#measure(round);
    this.#forget(round.at);
  }

  /** The rounds that are kept, oldest first. */
  get rounds(): readonly ScrapeRound[] {
    return this.#rounds;
  }

  /** Pages for an observation. */
  readings(): Record<string, MetricReading[]> {
    return kvReadings(this.#rounds);
  }

  /** Points from a moment on, oldest first. */
  points(from: number): readonly { at: number; values: readonly number[] }[] {
    return this.#points.filter(({ at }) => at >= from);
  }

  #measure(round: ScrapeRound): void {
    const from = round.at - this.#times.windowMs * 1.1;
    const older = this.#rounds.find(({ at }) => at >= from);
    if (!older || older.at === round.at) return;
    const values = measureService(windowsBetween(older, round)).map(
      value => value ?? Number.NaN,
    );
    this.#points.push({ at: round.at, values });
  }

  #forget(now: number): void {
    const recent = now - this.#times.windowMs * 1.1;
    let kept = Number.NEGATIVE_INFINITY;
    this.#rounds = this.#rounds.flatMap(round => {
      const { at } = round;
      if (at < now - LONGEST_MS) return [];
      if (at < recent && at - kept < SPARSE_MS) return [];
      kept = at;
      return at >= recent ? [round] : [thinned(round)];
    });
    const oldest = now - this.#times.retentionMs;
    const gone = this.#points.findIndex(({ at }) => at >= oldest);
    if (gone > 0) this.#points.splice(0, gone);
  }
}
