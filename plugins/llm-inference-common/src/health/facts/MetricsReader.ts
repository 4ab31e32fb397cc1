import parsePrometheusTextFormat from 'parse-prometheus-text-format';
import {
  asList,
  asNumber,
  asRecord,
  asText,
  asTextMap,
  asTime,
  type UnknownRecord,
} from '../../resource/unknown';
import type { MetricSample } from '../Observation';
import type { Thresholds } from '../thresholds';

/** Series that the assessment reads; everything else is dropped before parsing. */
const RELEVANT =
  /^(?:vllm:(?:nixl_|prompt_tokens_by_source|request_success)|llm_d_|process_start_time_seconds)/;
const IGNORED = /^[\w:]+_(?:bucket|created)\b/;

/** Counts of one pod over a window: what happened between two scrapes, or a metrics server's rates. */
export interface MetricsWindow {
  /** Seconds. */
  seconds: number;
  /** End of the window, in milliseconds since the epoch. */
  at: number;
  /** Increase per series; absent series are not zero. */
  increases: readonly SeriesIncrease[];
}

/** By how much one series grew; `undefined` where it is there and that is not known. */
export interface SeriesIncrease extends Pick<MetricSample, 'name' | 'labels'> {
  value: number | undefined;
}

/** A pod's metrics: a usable window, a restart in between, or nothing. */
export type PodMetrics =
  | { state: 'Window'; window: MetricsWindow }
  | { state: 'Reset' }
  | { state: 'Unread' };

interface Scrape {
  at: number;
  series: Map<string, MetricSample>;
}

/** One reader for three doors: text scrapes, parsed scrapes, and rates of a metrics server. */
export class MetricsReader {
  private readonly known = new Map<string, PodMetrics>();
  private readonly readings: Readonly<Record<string, unknown>>;

  constructor(
    metrics: unknown,
    private readonly now: number,
    private readonly thresholds: Thresholds,
    private readonly leaveOutNewest = false,
  ) {
    this.readings = asRecord(metrics);
  }

  /** Increases of one pod's counters over the last window. */
  read(pod: string): PodMetrics {
    let metrics = this.known.get(pod);
    if (!metrics) {
      metrics = this.readPod(pod);
      this.known.set(pod, metrics);
    }
    return metrics;
  }

  /** Whether a pod has more scrapes than one window needs, so that a verdict can be held against the one before. */
  hasHistory(pod: string): boolean {
    return this.recentOf(pod).filter(isScrape).length > 2;
  }

  private recentOf(pod: string): { reading: UnknownRecord; at: number }[] {
    const readings = Object.hasOwn(this.readings, pod)
      ? asList(this.readings[pod])
      : [];
    return readings
      .map(reading => ({ reading: asRecord(reading), at: readTime(reading) }))
      .filter(
        (entry): entry is typeof entry & { at: number } =>
          entry.at !== undefined &&
          this.now - entry.at <= this.thresholds.metricsWindowMax * 1000,
      )
      .sort((a, b) => a.at - b.at);
  }

  private readPod(pod: string): PodMetrics {
    const recent = this.recentOf(pod);
    const scrapes = recent.filter(isScrape);
    if (this.leaveOutNewest) {
      scrapes.pop();
    }
    const oldest = scrapes[0];
    const newest = scrapes[scrapes.length - 1];
    if (
      oldest &&
      newest &&
      newest.at - oldest.at >= this.thresholds.metricsWindowMin * 1000
    ) {
      return compareScrapes(
        { at: oldest.at, series: readSeries(oldest.reading) },
        { at: newest.at, series: readSeries(newest.reading) },
      );
    }
    const rated = recent.filter(({ reading }) => 'rates' in reading).pop();
    const seconds = asNumber(rated?.reading.window);
    if (rated && seconds !== undefined && seconds > 0) {
      return {
        state: 'Window',
        window: {
          seconds,
          at: rated.at,
          increases: readRates(asRecord(rated.reading.rates), seconds),
        },
      };
    }
    return { state: 'Unread' };
  }
}

function isScrape({ reading }: { reading: UnknownRecord }): boolean {
  return typeof reading.text === 'string' || Array.isArray(reading.samples);
}

function readTime(reading: unknown): number | undefined {
  return asTime(asRecord(reading).at);
}

/** A series that is on one page only counted something, and nobody knows what: it is neither zero nor all. */
function compareScrapes(oldest: Scrape, newest: Scrape): PodMetrics {
  const increases: SeriesIncrease[] = [];
  for (const [key, sample] of newest.series) {
    const before = oldest.series.get(key)?.value;
    if (sample.name === 'process_start_time_seconds') {
      if (before !== undefined && before !== sample.value) {
        return { state: 'Reset' };
      }
    } else if (before !== undefined && sample.value < before) {
      return { state: 'Reset' };
    } else {
      increases.push({
        ...sample,
        value: before === undefined ? undefined : sample.value - before,
      });
    }
  }
  for (const [key, sample] of oldest.series) {
    if (!newest.series.has(key)) {
      increases.push({ ...sample, value: undefined });
    }
  }
  return {
    state: 'Window',
    window: {
      seconds: (newest.at - oldest.at) / 1000,
      at: newest.at,
      increases,
    },
  };
}

function readSeries(
  reading: Readonly<Record<string, unknown>>,
): Map<string, MetricSample> {
  const samples =
    typeof reading.text === 'string'
      ? parseText(reading.text)
      : readSamples(asList(reading.samples));
  const series = new Map<string, MetricSample>();
  for (const sample of samples) {
    const labels = Object.keys(sample.labels)
      .sort()
      .map(name => `${name}=${JSON.stringify(sample.labels[name])}`);
    series.set(`${sample.name}{${labels.join(',')}}`, sample);
  }
  return series;
}

function readSamples(list: readonly unknown[]): MetricSample[] {
  const samples: MetricSample[] = [];
  for (const item of list) {
    const { name, labels, value } = asRecord(item);
    addSample(samples, asText(name), asTextMap(labels), asNumber(value));
  }
  return samples;
}

function readRates(
  rates: Readonly<Record<string, unknown>>,
  seconds: number,
): MetricSample[] {
  return parseText(
    Object.entries(rates)
      .filter(([, rate]) => asNumber(rate) !== undefined)
      .map(([series, rate]) => `${series} ${Number(rate) * seconds}`)
      .join('\n'),
  );
}

function parseText(text: string): MetricSample[] {
  const lines = text
    .split('\n')
    .filter(line => RELEVANT.test(line) && !IGNORED.test(line));
  const samples: MetricSample[] = [];
  if (lines.length === 0) {
    return samples;
  }
  for (const family of parsePrometheusTextFormat(`${lines.join('\n')}\n`)) {
    for (const metric of family.metrics) {
      if ('value' in metric) {
        addSample(
          samples,
          family.name,
          metric.labels ?? {},
          Number.parseFloat(metric.value ?? ''),
        );
      }
    }
  }
  return samples;
}

function addSample(
  samples: MetricSample[],
  name: string | undefined,
  labels: Readonly<Record<string, string>>,
  value: number | undefined,
) {
  if (
    name === undefined ||
    value === undefined ||
    !Number.isFinite(value) ||
    !RELEVANT.test(name) ||
    IGNORED.test(name)
  ) {
    return;
  }
  // Older exporters leave the suffix out.
  const canonical = name.endsWith('_total') ? name.slice(0, -6) : name;
  samples.push({ name: canonical, labels: { ...labels }, value });
}

/** Whether a page has a counter at all, whatever it counted. */
export function hasSeries(window: MetricsWindow, name: string): boolean {
  return window.increases.some(sample => sample.name === name);
}

/**
 * Sum of the increases of a counter over its series and pods; absent where no pod has such a series, or where
 * what one of them counted is not known.
 *
 * @param name - without `_total`
 */
export function sumIncreases(
  windows: readonly MetricsWindow[],
  name: string,
  label?: { name: string; value: string },
): number | undefined {
  let sum: number | undefined;
  for (const { increases } of windows) {
    for (const sample of increases) {
      if (
        sample.name === name &&
        (!label || sample.labels[label.name] === label.value)
      ) {
        if (sample.value === undefined) {
          return undefined;
        }
        sum = (sum ?? 0) + sample.value;
      }
    }
  }
  return sum;
}

/** As {@link sumIncreases}, of a counter that makes its series one by one: a label that never came is zero. */
export function sumOfKind(
  windows: readonly MetricsWindow[],
  name: string,
  label: { name: string; value: string },
): number | undefined {
  const isThere = windows.some(({ increases }) =>
    increases.some(
      sample =>
        sample.name === name && sample.labels[label.name] === label.value,
    ),
  );
  return isThere ? sumIncreases(windows, name, label) : 0;
}
