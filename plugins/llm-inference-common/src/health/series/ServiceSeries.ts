import type { ServicePart } from '../../resource/labels';
import {
  bucketsOf,
  gaugeOf,
  increaseOf,
  largestGaugeOf,
  secondsOf,
  type Buckets,
  type PodWindow,
  type SeriesLabel,
} from './PodWindow';
import { addBuckets, quantileOf } from './quantile';
import { NAMES, type SeriesNames } from './seriesNames';

/** Units of series. `ratio` is from 0 to 1. @public */
export const SERIES_UNITS = [
  'requests',
  'requests/s',
  'tokens/s',
  'bytes/s',
  'seconds',
  'transfers',
  'ratio',
] as const;

/** Unit of a series. @public */
export type SeriesUnit = (typeof SERIES_UNITS)[number];

/** Everything that is computed for a service. @public */
export const SERIES_IDS = [
  'requests-running',
  'requests-waiting',
  'request-rate',
  'error-ratio',
  'kv-cache-usage',
  'ttft',
  'inter-token-latency',
  'prefill-throughput',
  'generation-throughput',
  'kv-transfer-bytes',
  'kv-transfer-bandwidth',
  'kv-transfer-time',
  'kv-transfer-failures',
  'kv-expired',
  'disaggregated-share',
  'external-kv-share',
] as const;

/** What is computed for a service. @public */
export type SeriesId = (typeof SERIES_IDS)[number];

/** One series of a service: what it is called, where and in what it is measured. @public */
export interface SeriesDefinition {
  id: SeriesId;
  title: string;
  unit: SeriesUnit;
  /** The part of the service that it was measured at. */
  part: ServicePart;
  /** From 0 to 1, for a quantile of a distribution. */
  quantile?: number;
}

interface MeasuredSeries extends SeriesDefinition {
  measure(pods: readonly PodWindow[]): number | undefined;
}

type Measure = MeasuredSeries['measure'];

/** A sum over the pods; one pod that is not known makes it unknown. */
function sumOver(
  pods: readonly PodWindow[],
  read: (pod: PodWindow) => number | undefined,
): number | undefined {
  let sum: number | undefined;
  for (const pod of pods) {
    const value = read(pod);
    if (value === undefined) {
      return undefined;
    }
    sum = (sum ?? 0) + value;
  }
  return sum;
}

const sumOfGauge =
  (names: SeriesNames): Measure =>
  pods =>
    sumOver(pods, pod => gaugeOf(pod, names));

const worstGauge =
  (names: SeriesNames): Measure =>
  pods => {
    const values = pods.map(pod => largestGaugeOf(pod, names));
    return values.length > 0 && values.every(value => value !== undefined)
      ? Math.max(...values)
      : undefined;
  };

const increase =
  (names: SeriesNames, suffix?: string, label?: SeriesLabel): Measure =>
  pods =>
    sumOver(pods, pod => increaseOf(pod, names, suffix, label));

const rate =
  (names: SeriesNames, suffix?: string): Measure =>
  pods =>
    sumOver(pods, pod => {
      const grown = increaseOf(pod, names, suffix);
      const seconds = secondsOf(pod);
      return grown === undefined || seconds === undefined
        ? undefined
        : grown / seconds;
    });

/** A division by nothing is no data, not zero. */
const ratio =
  (above: Measure, below: Measure): Measure =>
  pods => {
    const whole = below(pods);
    const part = whole ? above(pods) : undefined;
    return part === undefined || !whole ? undefined : part / whole;
  };

const quantile =
  (names: SeriesNames, share: number, without?: SeriesLabel): Measure =>
  pods => {
    const list = pods.map(pod => bucketsOf(pod, names, without));
    if (!list.every((buckets): buckets is Buckets => buckets !== undefined)) {
      return undefined;
    }
    const sum = addBuckets(list);
    return sum && quantileOf(sum, share);
  };

const quantiles = (
  definition: Omit<MeasuredSeries, 'measure' | 'quantile'>,
  names: SeriesNames,
  without?: SeriesLabel,
): MeasuredSeries[] =>
  [0.5, 0.95, 0.99].map(share => ({
    ...definition,
    quantile: share,
    measure: quantile(names, share, without),
  }));

const perPool = (
  definition: Omit<MeasuredSeries, 'measure' | 'part'>,
  measure: Measure,
): MeasuredSeries[] =>
  (['decode', 'prefill'] as const).map(part => ({
    ...definition,
    part,
    measure,
  }));

const decode = { part: 'decode' } as const;
const prefill = { part: 'prefill' } as const;
const scheduler = { part: 'scheduler' } as const;

/** The table of all series. */
const SERIES: readonly MeasuredSeries[] = [
  ...quantiles(
    {
      id: 'ttft',
      title: 'Time to first token, as users see it',
      unit: 'seconds',
      ...scheduler,
    },
    NAMES.firstToken,
    // A request without streaming is observed too: with all of its time.
    { name: 'streaming', value: 'false' },
  ),
  ...quantiles(
    {
      id: 'inter-token-latency',
      title: 'Time between tokens',
      unit: 'seconds',
      ...decode,
    },
    NAMES.interToken,
  ),
  ...perPool(
    { id: 'requests-running', title: 'Requests running', unit: 'requests' },
    sumOfGauge(NAMES.running),
  ),
  ...perPool(
    { id: 'requests-waiting', title: 'Requests waiting', unit: 'requests' },
    sumOfGauge(NAMES.waiting),
  ),
  {
    id: 'request-rate',
    title: 'Requests answered',
    unit: 'requests/s',
    ...decode,
    measure: rate(NAMES.answered),
  },
  {
    id: 'error-ratio',
    title: 'Requests that failed',
    unit: 'ratio',
    ...scheduler,
    measure: ratio(increase(NAMES.errors), increase(NAMES.requests)),
  },
  ...perPool(
    {
      id: 'kv-cache-usage',
      title: 'KV cache in use, fullest pod',
      unit: 'ratio',
    },
    worstGauge(NAMES.kvUsage),
  ),
  {
    id: 'prefill-throughput',
    // The counter has every token of a prompt, also what prefill had in its cache.
    title: 'Prompt tokens at prefill, cached ones included',
    unit: 'tokens/s',
    ...prefill,
    measure: rate(NAMES.promptTokens),
  },
  {
    id: 'generation-throughput',
    title: 'Tokens generated',
    unit: 'tokens/s',
    ...decode,
    measure: rate(NAMES.generatedTokens),
  },
  {
    id: 'kv-transfer-bytes',
    title: 'KV cache moved',
    unit: 'bytes/s',
    ...decode,
    measure: rate(NAMES.nixlBytes, '_sum'),
  },
  {
    id: 'kv-transfer-bandwidth',
    title: 'Bandwidth while KV cache moves',
    unit: 'bytes/s',
    ...decode,
    measure: ratio(
      increase(NAMES.nixlBytes, '_sum'),
      increase(NAMES.nixlTime, '_sum'),
    ),
  },
  {
    id: 'kv-transfer-time',
    title: 'Time of a KV transfer, mean',
    unit: 'seconds',
    ...decode,
    measure: ratio(
      increase(NAMES.nixlTime, '_sum'),
      increase(NAMES.nixlTime, '_count'),
    ),
  },
  {
    id: 'kv-transfer-time',
    title: 'Time of a KV transfer',
    unit: 'seconds',
    ...decode,
    quantile: 0.95,
    measure: quantile(NAMES.nixlTime, 0.95),
  },
  {
    id: 'kv-transfer-failures',
    title: 'KV transfers that failed',
    unit: 'transfers',
    ...decode,
    measure: increase(NAMES.nixlFailed),
  },
  {
    id: 'kv-expired',
    title: 'Requests whose KV cache expired before it was fetched',
    unit: 'requests',
    ...prefill,
    measure: increase(NAMES.nixlExpired),
  },
  {
    id: 'disaggregated-share',
    title: 'Requests sent through prefill',
    unit: 'ratio',
    ...scheduler,
    measure: ratio(
      increase(NAMES.decisions, '', {
        name: 'decision_type',
        value: 'prefill-decode',
      }),
      increase(NAMES.decisions),
    ),
  },
  {
    id: 'external-kv-share',
    title: 'Prompt tokens that came as KV cache from prefill',
    unit: 'ratio',
    ...decode,
    measure: ratio(
      increase(NAMES.tokensBySource, '', {
        name: 'source',
        value: 'external_kv_transfer',
      }),
      increase(NAMES.tokensBySource),
    ),
  },
];

/** Every series, in the order in which {@link measureService} answers. @public */
export const SERVICE_SERIES: readonly SeriesDefinition[] = SERIES.map(
  ({ measure: _measure, ...definition }) => definition,
);

/**
 * What a service did over a window, one number per entry of {@link SERVICE_SERIES}; `undefined` is "not
 * known": a pod that was not read, a counter that was reset, a series that is not there, a ratio of nothing.
 *
 * @param pods - every ready pod of the service, also those that could not be read
 * @public
 */
export function measureService(
  pods: readonly PodWindow[],
): (number | undefined)[] {
  const parts = new Map<ServicePart, PodWindow[]>();
  for (const pod of pods) {
    parts.set(pod.part, [...(parts.get(pod.part) ?? []), pod]);
  }
  return SERIES.map(({ part, measure }) => {
    const value = measure(parts.get(part) ?? []);
    return value !== undefined && Number.isFinite(value) ? value : undefined;
  });
}

/** What the pods of a service counted between two rounds; `undefined` is not known. @public */
export interface KvCounts {
  answered?: number;
  transfers?: number;
  failedTransfers?: number;
  bytes?: number;
  transferSeconds?: number;
  externalTokens?: number;
  prefillTokens?: number;
}

/** Counts what happened to KV cache over a window. @public */
export function countKv(pods: readonly PodWindow[]): KvCounts {
  const of = (part: ServicePart) => pods.filter(pod => pod.part === part);
  const [atDecode, atPrefill] = [of('decode'), of('prefill')];
  return {
    answered: increase(NAMES.answered)(atDecode),
    transfers: increase(NAMES.nixlTime, '_count')(atDecode),
    failedTransfers: increase(NAMES.nixlFailed)(atDecode),
    bytes: increase(NAMES.nixlBytes, '_sum')(atDecode),
    transferSeconds: increase(NAMES.nixlTime, '_sum')(atDecode),
    externalTokens: increase(NAMES.tokensBySource, '', {
      name: 'source',
      value: 'external_kv_transfer',
    })(atDecode),
    prefillTokens: increase(NAMES.promptTokens)(atPrefill),
  };
}
