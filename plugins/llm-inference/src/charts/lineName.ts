import type {
  MetricSeries,
  SeriesId,
} from 'backstage-plugin-llm-inference-common';

/** What a line is called beside its chart's title. */
export type LineName =
  | { quantile: number }
  | { message: LineMessage }
  | { pool: 'prefill' | 'decode' }
  | undefined;

type LineMessage =
  | 'mean'
  | 'sentThroughPrefill'
  | 'externalTokens'
  | 'failedTransfers'
  | 'expired'
  | 'promptTokens'
  | 'generatedTokens';

const OWN_NAMES: Partial<Record<SeriesId, LineMessage>> = {
  'kv-transfer-time': 'mean',
  'disaggregated-share': 'sentThroughPrefill',
  'external-kv-share': 'externalTokens',
  'kv-transfer-failures': 'failedTransfers',
  'kv-expired': 'expired',
  'prefill-throughput': 'promptTokens',
  'generation-throughput': 'generatedTokens',
};

const PER_POOL: readonly SeriesId[] = [
  'requests-running',
  'requests-waiting',
  'kv-cache-usage',
];

/** Names a line; nothing where the title of its chart says all. */
export function lineName({
  id,
  part,
  quantile,
}: Pick<MetricSeries, 'id' | 'part' | 'quantile'>): LineName {
  if (quantile !== undefined) {
    return { quantile };
  }
  const message = OWN_NAMES[id];
  if (message) {
    return { message };
  }
  return PER_POOL.includes(id) && part !== 'scheduler'
    ? { pool: part }
    : undefined;
}
