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

/** Sum of a gauge over the series of a pod; absent where the page has none. */
export function gaugeOf(
  { newer }: PodWindow,
  names: SeriesNames,
): number | undefined {
  const places = newer && placesOf(newer.layout, names);
  return places?.reduce((sum, place) => sum + newer!.values[place], 0);
}

/** Largest of the series of a gauge in a pod: each of its engines has one; absent where the page has none. */
export function largestGaugeOf(
  { newer }: PodWindow,
  names: SeriesNames,
): number | undefined {
  const places = newer && placesOf(newer.layout, names);
  return places && Math.max(...places.map(place => newer.values[place]));
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
 * of its series was not on the older page: what it counted before is not known then.
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

/** By how much the buckets of a histogram grew; absent under the same rules as {@link increaseOf}. */
export function bucketsOf(
  window: PodWindow,
  names: SeriesNames,
): Buckets | undefined {
  const buckets = new Map<number, number>();
  const complete = eachIncrease(
    window,
    names,
    '_bucket',
    ({ le }, increase) => {
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
  const places = placesOf(newer.layout, names, suffix);
  if (!places) {
    return false;
  }
  for (const place of places) {
    const before = placeBefore(older.layout, newer.layout, place);
    if (before === undefined) {
      return false;
    }
    const increase = newer.values[place] - older.values[before];
    if (increase < 0) {
      return false;
    }
    take(newer.layout.series[place].labels, increase);
  }
  return true;
}

function placesOf(
  layout: FrameLayout,
  names: SeriesNames,
  suffix = '',
): readonly number[] | undefined {
  for (const name of names) {
    const places = layout.byName.get(name + suffix);
    if (places) {
      return places;
    }
  }
  return undefined;
}

function placeBefore(
  older: FrameLayout,
  newer: FrameLayout,
  place: number,
): number | undefined {
  if (older === newer) {
    return place;
  }
  const { name, labels } = newer.series[place];
  const wanted = Object.entries(labels);
  return older.byName.get(name)?.find(candidate => {
    const found = older.series[candidate].labels;
    return (
      Object.keys(found).length === wanted.length &&
      wanted.every(([label, value]) => found[label] === value)
    );
  });
}
