import type { MetricSample } from '../Observation';
import { PROCESS_START } from './seriesNames';

/** The series of a page, without values; one object for all pages that have the same series. @public */
export interface FrameLayout {
  readonly series: readonly Readonly<Pick<MetricSample, 'name' | 'labels'>>[];
  /** Place of each series by its key. */
  readonly places: ReadonlyMap<string, number>;
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
  readonly values: Float64Array;
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
  readonly #layouts = new Map<string, FrameLayout>();

  /** Packs the samples of a page. */
  pack(at: number, samples: readonly MetricSample[]): ScrapeFrame {
    const told = tellingLabels(samples);
    const keys = samples.map(sample => keyOf(sample, told));
    const layout = this.#layoutOf(keys, samples, told);
    const values = new Float64Array(layout.series.length);
    keys.forEach((key, index) => {
      values[layout.places.get(key)!] = samples[index].value;
    });
    const start = layout.byName.get(PROCESS_START)?.[0];
    return {
      at,
      ...(start === undefined ? {} : { startedAt: values[start] }),
      layout,
      values,
    };
  }

  #layoutOf(
    keys: readonly string[],
    samples: readonly MetricSample[],
    told: ReadonlySet<string>,
  ): FrameLayout {
    const id = keys.join('\n');
    let layout = this.#layouts.get(id);
    if (!layout) {
      layout = layOut(keys, samples, told);
      if (this.#layouts.size >= LAYOUTS) {
        this.#layouts.clear();
      }
      this.#layouts.set(id, layout);
    }
    return layout;
  }
}

function layOut(
  keys: readonly string[],
  samples: readonly MetricSample[],
  told: ReadonlySet<string>,
): FrameLayout {
  const series: Pick<MetricSample, 'name' | 'labels'>[] = [];
  const places = new Map<string, number>();
  const byName = new Map<string, number[]>();
  keys.forEach((key, index) => {
    if (places.has(key)) {
      return;
    }
    const { name, labels } = samples[index];
    const place = series.length;
    places.set(key, place);
    byName.set(name, [...(byName.get(name) ?? []), place]);
    series.push({
      name,
      labels: Object.fromEntries(
        Object.entries(labels).filter(([label]) => told.has(label)),
      ),
    });
  });
  return { series, places, byName };
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
