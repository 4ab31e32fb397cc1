import { Pod } from '../../kinds';
import { engineSettings } from '../engineSettings';
import { BUCKETS } from './buckets';
import { Reading } from './EngineMeters';
import { Exposition, Labels } from './exposition';
import { REQUEST } from './flow';

const FINISH_REASONS = ['stop', 'length', 'abort', 'error', 'repetition'];

/** What the engines say of their caches. */
const CACHE_CONFIG = {
  block_size: '16',
  cache_dtype: 'auto',
  calculate_kv_scales: 'False',
  enable_prefix_caching: 'True',
  gpu_memory_utilization: '0.9',
  num_gpu_blocks: '27881',
  prefix_caching_hash_algo: 'sha256',
  swap_space_bytes: '4294967296',
};

/** The `/metrics` page of a vLLM engine. */
export function engineMetrics(pod: Pod, reading: Reading): string {
  const settings = engineSettings(pod);
  const labels = { engine: '0', model_name: settings.model };
  const page = new Exposition('python', reading.startedAt.getTime() / 1000);
  const isPrefill = settings.role === 'prefill';
  page.gauge(
    'process_start_time_seconds',
    'Start time of the process since unix epoch in seconds.',
    [[{}, reading.startedAt.getTime() / 1000]],
  );
  load(page, labels, reading, isPrefill);
  tokens(page, labels, reading, isPrefill);
  latencies(page, labels, reading, isPrefill);
  if (settings.connector) {
    transfers(page, labels, reading, isPrefill);
  }
  return page.toString();
}

function load(
  page: Exposition,
  labels: Labels,
  { rate }: Reading,
  isPrefill: boolean,
): void {
  const perSecond = isPrefill ? rate.routed : rate.answered;
  const running = perSecond * (isPrefill ? 0.35 : 4.2);
  const waiting = Math.max(0, Math.round(running - 64));
  page.gauge(
    'vllm:num_requests_running',
    'Number of requests in model execution batches.',
    [[labels, Math.round(running)]],
  );
  page.gauge(
    'vllm:num_requests_waiting',
    'Number of requests waiting to be processed.',
    [[labels, waiting]],
  );
  page.gauge(
    'vllm:num_requests_waiting_by_reason',
    "Number of waiting requests by reason. Reason labels: 'capacity' = waiting for scheduling capacity; 'deferred' = deferred by transient constraints (LoRA budget, KV transfer, blocked status). Sum of all reasons equals vllm:num_requests_waiting.",
    [
      [{ ...labels, reason: 'capacity' }, waiting],
      [{ ...labels, reason: 'deferred' }, 0],
    ],
  );
  page.gauge(
    'vllm:kv_cache_usage_perc',
    'KV-cache usage. 1 means 100 percent usage.',
    [[labels, Math.min(0.99, running * 0.022)]],
  );
  page.gauge(
    'vllm:cache_config_info',
    'Information of the LLMEngine CacheConfig',
    [[{ engine: labels.engine, ...CACHE_CONFIG }, 1]],
  );
}

function tokens(
  page: Exposition,
  labels: Labels,
  { total }: Reading,
  isPrefill: boolean,
): void {
  const requests = isPrefill ? total.routed : total.answered;
  const prompt = isPrefill ? total.tokens.routed : total.tokens.answered;
  const whole = (value: number) => Math.floor(value);
  page.counter(
    'vllm:prompt_tokens_total',
    'Number of prefill tokens processed.',
    [[labels, whole(prompt)]],
  );
  page.counter(
    'vllm:generation_tokens_total',
    'Number of generation tokens processed.',
    [[labels, whole(requests * (isPrefill ? 1 : REQUEST.generatedTokens))]],
  );
  page.counter(
    'vllm:request_success_total',
    'Count of successfully processed requests.',
    FINISH_REASONS.map(reason => [
      { ...labels, finished_reason: reason },
      reason === (isPrefill ? 'length' : 'stop') ? whole(requests) : 0,
    ]),
  );
  page.counter(
    'vllm:num_preemptions_total',
    'Cumulative number of preemption from the engine.',
    [[labels, 0]],
  );
  page.counter(
    'vllm:prefix_cache_queries_total',
    'Prefix cache queries, in terms of number of queried tokens.',
    [[labels, whole(prompt)]],
  );
  page.counter(
    'vllm:prefix_cache_hits_total',
    'Prefix cache hits, in terms of number of cached tokens.',
    [[labels, whole(prompt * REQUEST.cachedShare)]],
  );
  const cached = prompt * REQUEST.cachedShare;
  const external = isPrefill
    ? 0
    : total.tokens.transfers * (1 - REQUEST.cachedShare);
  // Where the KV cache of a whole prompt is there, its last token is computed again.
  const recomputed = isPrefill ? 0 : total.transfers;
  page.counter(
    'vllm:external_prefix_cache_queries_total',
    'External prefix cache queries from KV connector cross-instance cache sharing, in terms of number of queried tokens.',
    [[labels, whole(external)]],
  );
  page.counter(
    'vllm:external_prefix_cache_hits_total',
    'External prefix cache hits from KV connector cross-instance cache sharing, in terms of number of cached tokens.',
    [[labels, whole(external)]],
  );
  page.counter(
    'vllm:prompt_tokens_by_source_total',
    'Number of prompt tokens by source.',
    [
      [
        { ...labels, source: 'local_compute' },
        whole(prompt - cached - external + recomputed),
      ],
      [{ ...labels, source: 'local_cache_hit' }, whole(cached)],
      [{ ...labels, source: 'external_kv_transfer' }, whole(external)],
    ],
  );
  page.counter(
    'vllm:prompt_tokens_cached_total',
    'Number of cached prompt tokens (local + external).',
    [[labels, whole(cached + external - recomputed)]],
  );
  page.counter(
    'vllm:prompt_tokens_recomputed_total',
    'Number of cached tokens recomputed for forward pass.',
    [[labels, whole(recomputed)]],
  );
}

function latencies(
  page: Exposition,
  labels: Labels,
  { total, rate, bytesPerSecond }: Reading,
  isPrefill: boolean,
): void {
  const count = isPrefill ? total.routed : total.answered;
  const pullSeconds = REQUEST.kvBytes / bytesPerSecond;
  const pulls = rate.answered > 0 ? rate.transfers / rate.answered : 0;
  const computeSeconds = 0.16;
  const prefillSeconds = isPrefill
    ? computeSeconds
    : pulls * pullSeconds + (1 - pulls) * computeSeconds * 1.4;
  const interToken = 0.011;
  const decodeSeconds = isPrefill
    ? 0.001
    : REQUEST.generatedTokens * interToken;
  const seconds = (mean: number) => ({
    count,
    mean,
    buckets: BUCKETS.request,
  });
  page.histogram(
    'vllm:time_to_first_token_seconds',
    'Histogram of time to first token in seconds.',
    labels,
    { count, mean: prefillSeconds + 0.02, buckets: BUCKETS.firstToken },
  );
  page.histogram(
    'vllm:inter_token_latency_seconds',
    'Histogram of inter-token latency in seconds.',
    labels,
    {
      count: isPrefill ? 0 : count * REQUEST.generatedTokens,
      mean: interToken,
      buckets: BUCKETS.perToken,
    },
  );
  page.histogram(
    'vllm:e2e_request_latency_seconds',
    'Histogram of e2e request latency in seconds.',
    labels,
    seconds(prefillSeconds + decodeSeconds + 0.02),
  );
  page.histogram(
    'vllm:request_queue_time_seconds',
    'Histogram of time spent in WAITING phase for request.',
    labels,
    seconds(0.012),
  );
  page.histogram(
    'vllm:request_prefill_time_seconds',
    'Histogram of time spent in PREFILL phase for request.',
    labels,
    seconds(prefillSeconds),
  );
  page.histogram(
    'vllm:request_decode_time_seconds',
    'Histogram of time spent in DECODE phase for request.',
    labels,
    seconds(decodeSeconds),
  );
  page.histogram(
    'vllm:request_inference_time_seconds',
    'Histogram of time spent in RUNNING phase for request.',
    labels,
    seconds(prefillSeconds + decodeSeconds),
  );
}

/** Series of the KV connector: the puller counts transfers, the producer what expired. */
function transfers(
  page: Exposition,
  labels: Labels,
  { total }: Reading,
  isPrefill: boolean,
): void {
  const count = isPrefill ? 0 : Math.floor(total.transfers);
  const mean = total.transfers ? total.transferSeconds / total.transfers : 0.02;
  const bytes = total.transfers
    ? total.bytes / total.transfers
    : REQUEST.kvBytes;
  page.histogram(
    'vllm:nixl_xfer_time_seconds',
    'Histogram of transfer duration for NIXL KV Cache transfers.',
    labels,
    { count, mean, buckets: BUCKETS.transfer },
  );
  page.histogram(
    'vllm:nixl_post_time_seconds',
    'Histogram of transfer post time for NIXL KV Cache transfers.',
    labels,
    { count, mean: 0.0012, buckets: BUCKETS.post },
  );
  page.histogram(
    'vllm:nixl_bytes_transferred',
    'Histogram of bytes transferred per NIXL KV Cache transfers.',
    labels,
    { count, mean: bytes, buckets: BUCKETS.bytes },
  );
  page.histogram(
    'vllm:nixl_num_descriptors',
    'Histogram of number of descriptors per NIXL  KV Cache transfers.',
    labels,
    { count, mean: 7168, buckets: BUCKETS.descriptors },
  );
  page.counter(
    'vllm:nixl_num_failed_transfers_total',
    'Number of failed NIXL KV Cache transfers.',
    [[labels, isPrefill ? 0 : Math.floor(total.failedTransfers)]],
  );
  page.counter(
    'vllm:nixl_num_failed_notifications_total',
    'Number of failed NIXL KV Cache notifications.',
    [[labels, 0]],
  );
  page.counter(
    'vllm:nixl_num_kv_expired_reqs_total',
    'Number of requests that had their KV expire. NOTE: This metric is tracked on the P instance.',
    [[labels, isPrefill ? Math.floor(total.expired) : 0]],
  );
}
