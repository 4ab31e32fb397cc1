/** Names of one series, newest first, without `_total`: the first that a page has counts, twins are never added. */
export type SeriesNames = readonly string[];

const scheduler = (name: string): SeriesNames => [
  `llm_d_epp_${name}`,
  `llm_d_router_epp_${name}`,
  `inference_objective_${name}`,
  `inference_model_${name}`,
];

/** What is measured, by the names it goes under. */
export const NAMES = {
  running: ['vllm:num_requests_running'],
  waiting: ['vllm:num_requests_waiting'],
  kvUsage: ['vllm:kv_cache_usage_perc', 'vllm:gpu_cache_usage_perc'],
  interToken: [
    'vllm:inter_token_latency_seconds',
    'vllm:time_per_output_token_seconds',
  ],
  promptTokens: ['vllm:prompt_tokens'],
  generatedTokens: ['vllm:generation_tokens'],
  tokensBySource: ['vllm:prompt_tokens_by_source'],
  answered: ['vllm:request_success'],
  nixlTime: ['vllm:nixl_xfer_time_seconds'],
  nixlBytes: ['vllm:nixl_bytes_transferred'],
  nixlFailed: ['vllm:nixl_num_failed_transfers'],
  nixlFailedNotifications: ['vllm:nixl_num_failed_notifications'],
  nixlExpired: ['vllm:nixl_num_kv_expired_reqs'],
  requests: scheduler('request'),
  errors: scheduler('request_error'),
  firstToken: scheduler('request_ttft_seconds'),
  decisions: [
    'llm_d_epp_disagg_decision',
    'llm_d_router_epp_disagg_decision',
    'llm_d_inference_scheduler_disagg_decision',
    'llm_d_inference_scheduler_pd_decision',
  ],
} satisfies Record<string, SeriesNames>;

/** When the process began: another value means that every counter began again. */
export const PROCESS_START = 'process_start_time_seconds';

/** Series whose buckets are needed; of other histograms sum and count are enough. */
const BUCKETED = new Set<string>([
  ...NAMES.interToken,
  ...NAMES.firstToken,
  ...NAMES.nixlTime,
]);

const WANTED = new Set<string>([PROCESS_START, ...Object.values(NAMES).flat()]);

/** Whether a series of a page is measured here at all. @public */
export function isMeasuredSeries(name: string): boolean {
  const bucket = name.endsWith('_bucket');
  const base = name.replace(/_(?:bucket|sum|count|total)$/, '');
  return bucket ? BUCKETED.has(base) : WANTED.has(base);
}

/** Every name that is measured here, as exporters write it today and before; for queries. @public */
export function measuredSeriesNames(): string[] {
  return [...WANTED].flatMap(base => [
    base,
    `${base}_total`,
    `${base}_sum`,
    `${base}_count`,
    ...(BUCKETED.has(base) ? [`${base}_bucket`] : []),
  ]);
}
