import { Pod } from '../../kinds';
import { engineSettings } from '../engineSettings';
import { Reading } from './EngineMeters';
import { Exposition, Labels } from './exposition';
import { REQUEST } from './flow';

const SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
const FINE_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 1, 5];
const BYTES = [1e6, 1e7, 1e8, 2.5e8, 5e8, 1e9, 5e9];

/** The `/metrics` page of a vLLM engine. */
export function engineMetrics(pod: Pod, reading: Reading): string {
  const settings = engineSettings(pod);
  const labels = { engine: '0', model_name: settings.model };
  const page = new Exposition(reading.startedAt.getTime() / 1000);
  const isPrefill = settings.role === 'prefill';
  page.gauge(
    'process_start_time_seconds',
    'Start time of the process since unix epoch in seconds.',
    {},
    reading.startedAt.getTime() / 1000,
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
  page.gauge(
    'vllm:num_requests_running',
    'Number of requests in model execution batches.',
    labels,
    Math.round(running),
  );
  page.gauge(
    'vllm:num_requests_waiting',
    'Number of requests waiting to be processed.',
    labels,
    Math.max(0, Math.round(running - 64)),
  );
  page.gauge(
    'vllm:kv_cache_usage_perc',
    'KV-cache usage. 1 means 100 percent usage.',
    labels,
    Math.min(0.99, running * 0.022),
  );
  page.gauge(
    'vllm:cache_config_info',
    'Information of the LLMEngine CacheConfig',
    { ...labels, block_size: '16', cache_dtype: 'auto' },
    1,
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
    (['stop', 'length', 'abort'] as const).map(reason => [
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
  const external = isPrefill
    ? 0
    : total.tokens.transfers * (1 - REQUEST.cachedShare);
  const cached = prompt * REQUEST.cachedShare;
  page.counter(
    'vllm:prompt_tokens_by_source_total',
    'Number of prompt tokens by source.',
    [
      [
        { ...labels, source: 'local_compute' },
        whole(prompt - cached - external),
      ],
      [{ ...labels, source: 'local_cache_hit' }, whole(cached)],
      [{ ...labels, source: 'external_kv_transfer' }, whole(external)],
    ],
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
  const seconds = (mean: number, buckets = SECONDS) => ({
    count,
    mean,
    buckets,
  });
  page.histogram(
    'vllm:time_to_first_token_seconds',
    'Histogram of time to first token in seconds.',
    labels,
    seconds(prefillSeconds + 0.02),
  );
  page.histogram(
    'vllm:inter_token_latency_seconds',
    'Histogram of inter-token latency in seconds.',
    labels,
    {
      count: isPrefill ? 0 : count * REQUEST.generatedTokens,
      mean: interToken,
      buckets: FINE_SECONDS,
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
    { count, mean, buckets: FINE_SECONDS },
  );
  page.histogram(
    'vllm:nixl_post_time_seconds',
    'Histogram of transfer post time for NIXL KV Cache transfers.',
    labels,
    { count, mean: 0.0012, buckets: FINE_SECONDS },
  );
  page.histogram(
    'vllm:nixl_bytes_transferred',
    'Histogram of bytes transferred per NIXL KV Cache transfers.',
    labels,
    { count, mean: bytes, buckets: BYTES },
  );
  page.histogram(
    'vllm:nixl_num_descriptors',
    'Histogram of number of descriptors per NIXL KV Cache transfers.',
    labels,
    { count, mean: 7168, buckets: [10, 100, 1000, 5000, 10000, 50000] },
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
    'Number of requests that had their KV expire.',
    [[labels, isPrefill ? Math.floor(total.expired) : 0]],
  );
}
