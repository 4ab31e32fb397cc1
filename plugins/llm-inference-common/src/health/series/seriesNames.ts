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
    // Of the deprecated pd-profile-handler, which counts nothing else.
    'llm_d_epp_pd_decision',
    'llm_d_router_epp_pd_decision',
    'llm_d_inference_scheduler_pd_decision',
  ],
} satisfies Record<string, SeriesNames>;

/** When the process began: another value means that every counter began again. */
export const PROCESS_START = 'process_start_time_seconds';

/** What is needed of a histogram; of others only sum and count would be, and of most nothing is. */
const HISTOGRAMS: Partial<Record<keyof typeof NAMES, readonly string[]>> = {
  interToken: ['_bucket'],
  firstToken: ['_bucket'],
  nixlTime: ['_bucket', '_sum', '_count'],
  nixlBytes: ['_sum'],
};

/** Every name that is needed of a page, as exporters write it today and before. */
const NEEDED: ReadonlySet<string> = new Set([
  PROCESS_START,
  ...Object.entries(NAMES).flatMap(([key, names]) => {
    // Gauges and counters; older exporters leave the suffix of a counter out.
    const suffixes = HISTOGRAMS[key as keyof typeof NAMES] ?? ['', '_total'];
    return names.flatMap(name => suffixes.map(suffix => name + suffix));
  }),
]);

/** Whether a series of a page is measured here at all. @public */
export function isMeasuredSeries(name: string): boolean {
  return NEEDED.has(name);
}

/** Every name that is measured here, as exporters write it today and before; for queries. @public */
export function measuredSeriesNames(): string[] {
  return [...NEEDED];
}
