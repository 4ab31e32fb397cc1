import type { MetricSample } from '../Observation';
import { PROCESS_START } from './seriesNames';

/** The series of a page, without values; one object for all pages that have the same series. @public */
export interface FrameLayout {
  readonly series: readonly Readonly<Pick<MetricSample, 'name' | 'labels'>>[];
  /** Places of the series of a name. */
  readonly byName: ReadonlyMap<string, readonly number[]>;
}

/** One page of one pod: values beside a layout that is shared. @public */
export interface ScrapeFrame {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** When the process began, in seconds since the epoch, where the page says so. */
  readonly startedAt?: number;
  readonly layout: FrameLayout;
  /** Plain numbers: a typed array apiece would be hundreds of thousands of buffers outside of the heap. */
  readonly values: readonly number[];
}

/** The series of a frame that have one of these names. */
export function onlySeries(
  frame: ScrapeFrame,
  { layout, places }: Arrangement,
): ScrapeFrame {
  return {
    ...frame,
    layout,
    values: places.map(place => frame.values[place]),
  };
}

/** A layout, and the place in it of each sample of a page. @public */
export interface Arrangement {
  readonly layout: FrameLayout;
  readonly places: readonly number[];
}

/** One page, arranged. */
export function frameOf(
  at: number,
  { layout, places }: Arrangement,
  list: readonly number[],
): ScrapeFrame {
  const values = new Array<number>(layout.series.length).fill(Number.NaN);
  for (let index = 0; index < places.length; index++) {
    values[places[index]] = list[index];
  }
  const start = layout.byName.get(PROCESS_START)?.[0];
  return {
    at,
    ...(start === undefined || Number.isNaN(values[start])
      ? {}
      : { startedAt: values[start] }),
    layout,
    values,
  };
}

/** Labels by which series are told apart; every other one is kept only where it tells series apart. */
const TELLING = new Set(['le', 'source', 'decision_type', 'reason', 'engine']);

/** Layouts that are kept at most; a fleet has about a dozen. */
const LAYOUTS = 1_000;

/**
 * Packs pages into frames. Thousands of pods of one engine version share one layout: labels whose value is
 * the same over the whole page (the model's name, the pool's) are left out.
 *
 * @public
 */
export class FramePacker {
  readonly #arrangements = new Map<string, Arrangement>();

  /** Packs the samples of a page. */
  pack(at: number, samples: readonly MetricSample[]): ScrapeFrame {
    return frameOf(
      at,
      this.arrange(samples),
      samples.map(({ value }) => value),
    );
  }

  /** Where each sample of a page goes. */
  arrange(samples: readonly MetricSample[]): Arrangement {
    const told = tellingLabels(samples);
    const keys = samples.map(sample => keyOf(sample, told));
    const id = keys.join('\n');
    let arrangement = this.#arrangements.get(id);
    if (!arrangement) {
      arrangement = arrange(keys, samples, told);
      if (this.#arrangements.size >= LAYOUTS) {
        this.#arrangements.clear();
      }
      this.#arrangements.set(id, arrangement);
    }
    return arrangement;
  }
}

function arrange(
  keys: readonly string[],
  samples: readonly MetricSample[],
  told: ReadonlySet<string>,
): Arrangement {
  const series: FrameLayout['series'][number][] = [];
  const placeByKey = new Map<string, number>();
  keys.forEach((key, index) => {
    if (!placeByKey.has(key)) {
      const { name, labels } = samples[index];
      placeByKey.set(key, series.length);
      series.push({
        name,
        labels: Object.fromEntries(
          Object.entries(labels).filter(([label]) => told.has(label)),
        ),
      });
    }
  });
  return {
    layout: { series, byName: placesByName(series) },
    places: keys.map(key => placeByKey.get(key)!),
  };
}

function placesByName(series: FrameLayout['series']): FrameLayout['byName'] {
  const places = new Map<string, number[]>();
  series.forEach(({ name }, place) => {
    const list = places.get(name);
    if (list) list.push(place);
    else places.set(name, [place]);
  });
  return places;
}

/** The part of a layout with series of these names, and where they stand in the whole. */
export function partOf(
  whole: FrameLayout,
  isWanted: (name: string) => boolean,
): Arrangement {
  const places = whole.series.flatMap(({ name }, place) =>
    isWanted(name) ? [place] : [],
  );
  const series = places.map(place => whole.series[place]);
  return { layout: { series, byName: placesByName(series) }, places };
}

function tellingLabels(samples: readonly MetricSample[]): Set<string> {
  const first = new Map<string, string>();
  const told = new Set(TELLING);
  for (const { labels } of samples) {
    for (const label in labels) {
      if (!told.has(label)) {
        const value = labels[label];
        const before = first.get(label);
        if (before === undefined) {
          first.set(label, value);
        } else if (before !== value) {
          told.add(label);
        }
      }
    }
  }
  return told;
}

function keyOf(
  { name, labels }: MetricSample,
  told: ReadonlySet<string>,
): string {
  const parts: string[] = [];
  for (const label in labels) {
    if (told.has(label)) {
      parts.push(`${label}=${JSON.stringify(labels[label])}`);
    }
  }
  return parts.length === 0 ? name : `${name}{${parts.sort().join(',')}}`;
}
