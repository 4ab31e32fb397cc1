import { Pod } from '../../kinds';
import { modelOf } from '../engineSettings';
import { ReadyPods } from '../ServicePods';
import { Reading } from './EngineMeters';
import { Exposition } from './exposition';
import { REQUEST } from './flow';

const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** The `/metrics` page of a scheduler (endpoint picker); Go exporters have no `_created` series. */
export function schedulerMetrics(
  scheduler: Pod,
  reading: Reading,
  pods: ReadyPods,
): string {
  const page = new Exposition();
  const { total, rate, bytesPerSecond } = reading;
  const [engine] = [...pods.decode, ...pods.prefill];
  const model = engine ? modelOf(engine) : 'model';
  const labels = { model_name: model, target_model_name: model };
  const pool = {
    name: `${scheduler.metadata.labels?.['app.kubernetes.io/name']}-inference-pool`,
  };
  const plugin = {
    plugin_name: 'disagg-profile-handler',
    plugin_type: 'disagg-profile-handler',
    model_name: model,
  };
  const requests = Math.floor(total.answered);
  const pullSeconds = REQUEST.kvBytes / bytesPerSecond;
  const firstToken = 0.2 + (rate.transfers > 0 ? pullSeconds : 0.16);
  page.counter(
    'llm_d_epp_request_total',
    'Counter of requests broken out for each model and target model.',
    [[labels, requests]],
  );
  page.counter(
    'llm_d_epp_request_error_total',
    'Counter of request errors broken out for each model and target model.',
    [[{ ...labels, error_code: '' }, 0]],
  );
  page.histogram(
    'llm_d_epp_request_ttft_seconds',
    'Time to first token distribution in seconds.',
    labels,
    { count: requests, mean: firstToken, buckets: SECONDS },
  );
  page.histogram(
    'llm_d_epp_request_duration_seconds',
    'Response latency distribution in seconds.',
    labels,
    { count: requests, mean: firstToken + 2.4, buckets: SECONDS },
  );
  page.histogram(
    'llm_d_epp_request_streaming_itl_seconds',
    'Inter-token latency distribution in seconds.',
    labels,
    {
      count: requests * REQUEST.generatedTokens,
      mean: 0.011,
      buckets: [0.005, 0.01, 0.02, 0.05, 0.1],
    },
  );
  page.gauge(
    'llm_d_epp_ready_endpoints',
    'The number of ready endpoints in the inference pool.',
    pool,
    pods.decode.length + pods.prefill.length,
  );
  page.gauge(
    'llm_d_epp_average_kv_cache_utilization',
    'The average kv cache utilization for an inference pool.',
    pool,
    Math.min(0.99, rate.answered * 0.05),
  );
  page.gauge(
    'llm_d_epp_average_queue_size',
    'The average number of requests pending in the model server queue.',
    pool,
    0,
  );
  page.counter(
    'llm_d_epp_scheduler_attempts_total',
    'Total number of scheduling attempts.',
    [[{ status: 'success' }, requests]],
  );
  page.counter(
    'llm_d_epp_disagg_decision_total',
    'Total number of disaggregation decisions by type.',
    [
      [
        { decision_type: 'decode-only', ...plugin },
        Math.floor(total.answered - total.routed),
      ],
      [
        { decision_type: 'prefill-decode', ...plugin },
        Math.floor(total.routed),
      ],
    ],
  );
  // The name before; whoever adds both counts twice.
  page.counter(
    'inference_objective_request_total',
    'Counter of requests broken out for each model and target model.',
    [[labels, requests]],
  );
  return page.toString();
}
