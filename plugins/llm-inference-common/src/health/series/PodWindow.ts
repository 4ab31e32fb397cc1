import type { ServicePart } from '../../resource/labels';
import type { FrameLayout, ScrapeFrame } from './ScrapeFrame';
import type { SeriesNames } from './seriesNames';

/** Two pages of one pod; a page that could not be read is absent. @public */
export interface PodWindow {
  pod: string;
  part: ServicePart;
  older?: ScrapeFrame;
  newer?: ScrapeFrame;
}

/** Which of the series of a name are meant; all where absent. */
export interface SeriesLabel {
  name: string;
  value: string;
}

/** Buckets of a histogram over a window: how many observations were at most so large. */
export type Buckets = ReadonlyMap<number, number>;

/** Sum of a gauge over the series of a pod; absent where the page has none, or no longer all. */
export function gaugeOf(
  window: PodWindow,
  names: SeriesNames,
): number | undefined {
  return gaugesOf(window, names)?.reduce((sum, value) => sum + value, 0);
}

/** Largest of the series of a gauge in a pod: each of its engines has one; absent as in {@link gaugeOf}. */
export function largestGaugeOf(
  window: PodWindow,
  names: SeriesNames,
): number | undefined {
  const values = gaugesOf(window, names);
  return values && Math.max(...values);
}

function gaugesOf(
  { older, newer }: PodWindow,
  names: SeriesNames,
): number[] | undefined {
  const found = newer && findPlaces(newer.layout, names);
  if (!found) {
    return undefined;
  }
  // An engine whose series are gone while the process runs on was not measured; it did not stop.
  const before = older?.layout.byName.get(found.name)?.length ?? 0;
  return older?.startedAt === newer.startedAt && before > found.places.length
    ? undefined
    : found.places.map(place => newer.values[place]);
}

/** Seconds between the two pages; absent where there are no two, or the process began anew in between. */
export function secondsOf({ older, newer }: PodWindow): number | undefined {
  if (!older || !newer || older.startedAt !== newer.startedAt) {
    return undefined;
  }
  const seconds = (newer.at - older.at) / 1000;
  return seconds > 0 ? seconds : undefined;
}

/**
 * By how much a counter of a pod grew. Absent, and never zero, where it is not there, was reset, or where one
 * of its series is not on both pages: what that one counted is not known then.
 */
export function increaseOf(
  window: PodWindow,
  names: SeriesNames,
  suffix = '',
  label?: SeriesLabel,
): number | undefined {
  let sum: number | undefined;
  const complete = eachIncrease(window, names, suffix, (labels, increase) => {
    if (!label || labels[label.name] === label.value) {
      sum = (sum ?? 0) + increase;
    } else {
      sum = sum ?? 0;
    }
  });
  return complete ? sum : undefined;
}

/**
 * By how much the buckets of a histogram grew; absent under the same rules as {@link increaseOf}.
 *
 * @param without - series that observe something else
 */
export function bucketsOf(
  window: PodWindow,
  names: SeriesNames,
  without?: SeriesLabel,
): Buckets | undefined {
  const buckets = new Map<number, number>();
  const complete = eachIncrease(
    window,
    names,
    '_bucket',
    (labels, increase) => {
      if (without && labels[without.name] === without.value) {
        return;
      }
      const { le } = labels;
      const bound = le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le);
      if (!Number.isNaN(bound)) {
        buckets.set(bound, (buckets.get(bound) ?? 0) + increase);
      }
    },
  );
  return complete && buckets.size > 0 ? buckets : undefined;
}

/** Runs over the series of the first name that the newer page has; false where an increase is not known. */
function eachIncrease(
  window: PodWindow,
  names: SeriesNames,
  suffix: string,
  take: (labels: Readonly<Record<string, string>>, increase: number) => void,
): boolean {
  const { older, newer } = window;
  if (!older || !newer || secondsOf(window) === undefined) {
    return false;
  }
  const found = findPlaces(newer.layout, names, suffix);
  const before = found && older.layout.byName.get(found.name);
  if (before?.length !== found?.places.length) {
    return false;
  }
  const earlier = placesBefore(older.layout, newer.layout);
  for (const place of found?.places ?? []) {
    const increase = newer.values[place] - older.values[earlier[place]];
    // Also where one of the two is no number, or not there.
    if (!(increase >= 0)) {
      return false;
    }
    take(newer.layout.series[place].labels, increase);
  }
  return found !== undefined;
}

function findPlaces(
  layout: FrameLayout,
  names: SeriesNames,
  suffix = '',
): { name: string; places: readonly number[] } | undefined {
  for (const base of names) {
    const name = base + suffix;
    const places = layout.byName.get(name);
    if (places) {
      return { name, places };
    }
  }
  return undefined;
}

const pairs = new WeakMap<FrameLayout, WeakMap<FrameLayout, Int32Array>>();

/** Where each series of the newer layout stands in the older one; -1 where it does not. */
function placesBefore(older: FrameLayout, newer: FrameLayout): Int32Array {
  const known = pairs.get(newer) ?? new WeakMap<FrameLayout, Int32Array>();
  pairs.set(newer, known);
  let places = known.get(older);
  if (!places) {
    places = Int32Array.from(newer.series, ({ name, labels }, place) =>
      older === newer ? place : placeOf(older, name, labels),
    );
    known.set(older, places);
  }
  return places;
}

function placeOf(
  layout: FrameLayout,
  name: string,
  labels: Readonly<Record<string, string>>,
): number {
  const wanted = Object.entries(labels);
  const place = layout.byName.get(name)?.find(candidate => {
    const found = layout.series[candidate].labels;
    return (
      Object.keys(found).length === wanted.length &&
      wanted.every(([label, value]) => found[label] === value)
    );
  });
  return place ?? -1;
}
