import type { MetricReading, MetricSample } from '../Observation';
import type { ServicePart } from '../../resource/labels';
import { DEFAULT_THRESHOLDS } from '../thresholds';
import { increaseOf, type PodWindow } from './PodWindow';
import {
  onlySeries,
  partOf,
  type Arrangement,
  type FrameLayout,
  type ScrapeFrame,
} from './ScrapeFrame';
import type { PodRun } from './scrapeTargets';
import { NAMES, PROCESS_START } from './seriesNames';

/** What one look at all pods of a service has brought; a pod that could not be read has no frame. @public */
export interface ScrapeRound {
  /** Milliseconds since the epoch. */
  at: number;
  pods: readonly ScrapedPod[];
}

/** One pod of a round. @public */
export interface ScrapedPod {
  pod: string;
  part: ServicePart;
  /** Where it is known which run of the pod it was: counters of two runs have nothing to do with each other. */
  run?: PodRun;
  frame?: ScrapeFrame;
}

/** The pods of a round with what was read of them in an earlier one. @public */
export function windowsBetween(
  older: ScrapeRound,
  newer: ScrapeRound,
): PodWindow[] {
  const before = new Map(older.pods.map(pod => [pod.pod, pod]));
  return newer.pods.map(({ pod, part, run, frame }) => {
    const earlier = before.get(pod);
    return {
      pod,
      part,
      older: earlier && isSameRun(earlier.run, run) ? earlier.frame : undefined,
      newer: frame,
    };
  });
}

/** Whether two looks were at one run of a pod. @public */
export function isSameRun(
  a: PodRun | undefined,
  b: PodRun | undefined,
): boolean {
  return a?.uid === b?.uid && a?.restarts === b?.restarts;
}

/**
 * The first round of the shortest window that says something: long enough, and with enough answered requests
 * before its last round, so that two evaluations in a row can judge it. The oldest round where there is none.
 *
 * @public
 */
export function firstRoundOf(
  rounds: readonly ScrapeRound[],
): ScrapeRound | undefined {
  const previous = rounds[rounds.length - 2];
  for (let index = rounds.length - 3; index >= 0; index--) {
    const round = rounds[index];
    const seconds = (previous.at - round.at) / 1000;
    if (
      seconds >= DEFAULT_THRESHOLDS.metricsWindowMin &&
      answeredBetween(round, previous) >= DEFAULT_THRESHOLDS.bypassRequests
    ) {
      return round;
    }
  }
  return rounds[0];
}

/**
 * The pages that the KV path is judged by, as an observation takes them: of each pod the first of the window,
 * the one before the last, and the last. Pages of an earlier process are left out.
 *
 * @param rounds - oldest first
 * @public
 */
export function kvReadings(
  rounds: readonly ScrapeRound[],
): Record<string, MetricReading[]> {
  const first = firstRoundOf(rounds);
  const newest = rounds[rounds.length - 1];
  if (!first || !newest) {
    return {};
  }
  const span = rounds.slice(rounds.indexOf(first));
  const podsByRound = span.map(
    ({ pods }) => new Map(pods.map(pod => [pod.pod, pod])),
  );
  const readings: Record<string, MetricReading[]> = {};
  for (const { pod, run } of newest.pods) {
    const frames = podsByRound.map(byPod => {
      const scraped = byPod.get(pod);
      return scraped && isSameRun(scraped.run, run) ? scraped.frame : undefined;
    });
    // One page that failed to come is no reason to know nothing.
    const last = frames.slice(-2).reverse().find(Boolean);
    if (last) {
      const known = frames.filter(
        (frame): frame is ScrapeFrame =>
          frame !== undefined && frame.startedAt === last.startedAt,
      );
      const chosen = new Set([known[0], ...known.slice(-2)]);
      readings[pod] = [...chosen].map(frame => ({
        at: new Date(frame.at).toISOString(),
        samples: samplesOf(kvFrame(frame)),
      }));
    }
  }
  return readings;
}

function answeredBetween(older: ScrapeRound, newer: ScrapeRound): number {
  let sum = 0;
  for (const window of windowsBetween(older, newer)) {
    if (window.part === 'decode') {
      sum += increaseOf(window, NAMES.answered) ?? 0;
    }
  }
  return sum;
}

const KV_NAMES = new Set<string>([
  PROCESS_START,
  ...[
    NAMES.tokensBySource,
    NAMES.answered,
    NAMES.nixlFailed,
    NAMES.nixlFailedNotifications,
    NAMES.nixlExpired,
    NAMES.decisions,
  ].flat(),
  ...[NAMES.nixlTime, NAMES.nixlBytes]
    .flat()
    .flatMap(name => [`${name}_sum`, `${name}_count`]),
]);

const kvLayouts = new WeakMap<FrameLayout, Arrangement>();

/** What the KV path is judged by, of a page; a small part of it. */
export function kvFrame(frame: ScrapeFrame): ScrapeFrame {
  let part = kvLayouts.get(frame.layout);
  if (!part) {
    part = partOf(frame.layout, name => KV_NAMES.has(name));
    kvLayouts.set(frame.layout, part);
    kvLayouts.set(part.layout, part);
  }
  return part.layout === frame.layout ? frame : onlySeries(frame, part);
}

function samplesOf({ layout, values }: ScrapeFrame): MetricSample[] {
  return layout.series.map(({ name, labels }, place) => ({
    name,
    labels: { ...labels },
    value: values[place],
  }));
}

/** The decode pods of a round whose present run has fetched KV cache at least once. @public */
export function podsWithTransfers({
  pods,
}: ScrapeRound): Pick<ScrapedPod, 'pod' | 'run'>[] {
  return pods.flatMap(({ pod, part, run, frame }) => {
    const places =
      part === 'decode'
        ? frame?.layout.byName.get(`${NAMES.nixlTime[0]}_count`)
        : undefined;
    return places?.some(place => frame!.values[place] > 0)
      ? [{ pod, run }]
      : [];
  });
}

/**
 * Bytes per second of transfer time over the window that the KV path is judged by; absent where a pod is not
 * known, or after too few transfers.
 *
 * @public
 */
export function bandwidthOf(
  rounds: readonly ScrapeRound[],
): number | undefined {
  const first = firstRoundOf(rounds);
  const newest = rounds[rounds.length - 1];
  if (!first || !newest) {
    return undefined;
  }
  let [bytes, seconds, transfers] = [0, 0, 0];
  for (const window of windowsBetween(first, newest)) {
    if (window.part === 'decode') {
      bytes += increaseOf(window, NAMES.nixlBytes, '_sum') ?? Number.NaN;
      seconds += increaseOf(window, NAMES.nixlTime, '_sum') ?? Number.NaN;
      transfers += increaseOf(window, NAMES.nixlTime, '_count') ?? Number.NaN;
    }
  }
  const rate = bytes / seconds;
  return transfers >= DEFAULT_THRESHOLDS.slowFabricTransfers &&
    Number.isFinite(rate)
    ? rate
    : undefined;
}
