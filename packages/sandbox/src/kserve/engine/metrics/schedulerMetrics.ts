import { Pod } from '../../kinds';
import { modelOf } from '../engineSettings';
import { ReadyPods } from '../ServicePods';
import { BUCKETS } from './buckets';
import { Reading } from './EngineMeters';
import { Exposition, Labels } from './exposition';
import { REQUEST } from './flow';

const PLUGIN = {
  plugin_name: 'disagg-profile-handler',
  plugin_type: 'disagg-profile-handler',
};

/** The `/metrics` page of a scheduler (endpoint picker); Go exporters have no `_created` series. */
export function schedulerMetrics(
  scheduler: Pod,
  reading: Reading,
  pods: ReadyPods,
): string {
  const page = new Exposition('go');
  const { total, rate, bytesPerSecond } = reading;
  const [engine] = [...pods.decode, ...pods.prefill];
  const model = engine ? modelOf(engine) : 'model';
  const models = { model_name: model, target_model_name: model };
  const flow = { ...models, fairness_id: 'default-flow', priority: '0' };
  const pool = {
    name: `${scheduler.metadata.labels?.['app.kubernetes.io/name']}-inference-pool`,
  };
  const requests = Math.floor(total.answered);
  const pullSeconds = REQUEST.kvBytes / bytesPerSecond;
  const firstToken = 0.2 + (rate.transfers > 0 ? pullSeconds : 0.16);
  page.gauge(
    'process_start_time_seconds',
    'Start time of the process since unix epoch in seconds.',
    [[{}, reading.startedAt.getTime() / 1000]],
  );
  page.counter(
    'llm_d_epp_request_total',
    '[ALPHA] Total number of processed requests.',
    [[flow, requests]],
  );
  page.counter(
    'llm_d_epp_request_error_total',
    '[ALPHA] Total number of request errors.',
    [[{ ...flow, error_code: 'ServiceUnavailable' }, 0]],
  );
  page.histogram(
    'llm_d_epp_request_ttft_seconds',
    '[ALPHA] Time to first token in seconds, measured from request received to first response byte. For non-streaming requests, this equals total request duration.',
    { ...flow, streaming: 'true' },
    { count: requests, mean: firstToken, buckets: BUCKETS.schedulerFirstToken },
  );
  page.histogram(
    'llm_d_epp_request_duration_seconds',
    '[ALPHA] End-to-end request latency distribution in seconds.',
    flow,
    {
      count: requests,
      mean: firstToken + 2.4,
      buckets: BUCKETS.schedulerRequest,
    },
  );
  page.histogram(
    'llm_d_epp_request_streaming_itl_seconds',
    '[ALPHA] Inter-token latency in seconds for streaming requests, measured as the time between consecutive response body chunks.',
    flow,
    {
      count: requests * REQUEST.generatedTokens,
      mean: 0.011,
      buckets: BUCKETS.schedulerPerToken,
    },
  );
  page.gauge(
    'llm_d_epp_ready_endpoints',
    '[ALPHA] The number of ready endpoints in the inference server pool.',
    [[pool, pods.decode.length + pods.prefill.length]],
  );
  page.gauge(
    'llm_d_epp_average_kv_cache_utilization',
    '[ALPHA] The average kv cache utilization for an inference server pool.',
    [[pool, Math.min(0.99, rate.answered * 0.05)]],
  );
  page.gauge(
    'llm_d_epp_average_queue_size',
    '[ALPHA] The average number of requests pending in the model server queue.',
    [[pool, 0]],
  );
  page.counter(
    'llm_d_epp_scheduler_attempts_total',
    '[ALPHA] Total number of scheduling attempts.',
    [
      [
        {
          status: 'success',
          target_model_name: model,
          endpoint_name: engine?.metadata.name ?? '',
          namespace: engine?.metadata.namespace ?? '',
          port: engine ? '8000' : '',
        },
        requests,
      ],
    ],
  );
  const decisions: [Labels, number][] = [
    [
      { decision_type: 'decode-only', model_name: model },
      Math.floor(total.answered - total.routed),
    ],
    [
      { decision_type: 'prefill-decode', model_name: model },
      Math.floor(total.routed),
    ],
  ];
  const decided = 'Total number of disaggregation routing decisions made';
  page.counter(
    'llm_d_epp_disagg_decision_total',
    `[ALPHA] ${decided}`,
    decisions.map(([labels, count]) => [{ ...labels, ...PLUGIN }, count]),
  );
  // The names before; whoever adds both counts twice.
  page.counter(
    'llm_d_inference_scheduler_disagg_decision_total',
    `[ALPHA] [Deprecated: Use llm_d_epp_disagg_decision_total] ${decided}`,
    decisions,
  );
  page.counter(
    'inference_objective_request_total',
    '[ALPHA] [Deprecated: Use llm_d_epp_request_total] Counter of inference objective requests broken out for each model and target model.',
    [[{ ...models, priority: flow.priority }, requests]],
  );
  page.counter(
    'inference_objective_request_error_total',
    '[ALPHA] [Deprecated: Use llm_d_epp_request_error_total] Counter of inference objective requests errors broken out for each model and target model.',
    [[{ ...models, error_code: 'ServiceUnavailable' }, 0]],
  );
  return page.toString();
}
