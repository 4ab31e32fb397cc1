import type { PdServiceSpec } from '../spec/PdServiceSpec';
import { componentsOf } from './names';
import { SERVICE_LABEL } from './podMonitors';

/** One alert of a service. */
export interface Alert {
  alert: string;
  expr: string;
  for: string;
  severity: 'info' | 'warning' | 'critical';
  summary: string;
  description: string;
}

/** Pods are known by their labels, never by their names; kube-state-metrics shows a label only where it is told to. */
const NEEDS_LABELS =
  'This alert needs kube-state-metrics with --metric-labels-allowlist=pods=[app.kubernetes.io/part-of,app.kubernetes.io/name].';

/** Alerts of one service. Names and places are literals of the spec, never free text. */
export function alertsOf(spec: PdServiceSpec): Alert[] {
  const all = `namespace="${spec.namespace}",${SERVICE_LABEL}="${spec.name}"`;
  const pool = (name: 'decode' | 'prefill') =>
    `${all},component="${componentsOf(spec[name], name)[0]}"`;
  const decode = pool('decode');
  const prefill = pool('prefill');
  const pods = `group by (pod) (kube_pod_labels{namespace="${spec.namespace}",label_app_kubernetes_io_part_of="llminferenceservice",label_app_kubernetes_io_name="${spec.name}"})`;
  const errors = `sum(rate(llm_d_epp_request_error_total{${all}}[5m])) / sum(rate(llm_d_epp_request_total{${all}}[5m]))`;
  const ttft = `histogram_quantile(0.99, sum by (le) (rate(llm_d_epp_request_ttft_seconds_bucket{${all}}[5m])))`;
  const routed = `sum(increase(llm_d_epp_disagg_decision_total{${all},decision_type="prefill-decode"}[3m]))`;
  // The series of the connector exist only where it is loaded. A decode pool that is read and has none moved none.
  const moved = `(sum(increase(vllm:nixl_xfer_time_seconds_count{${decode}}[3m])) or 0 * sum(vllm:num_requests_running{${decode}})) / ${spec.decode.parallelism.tensor}`;
  const failed = `sum(rate(vllm:nixl_num_failed_transfers_total{${decode}}[5m]))`;
  const transfers = `sum(rate(vllm:nixl_xfer_time_seconds_count{${decode}}[5m]))`;
  const bandwidth = `sum(rate(vllm:nixl_bytes_transferred_sum{${decode}}[5m])) / sum(rate(vllm:nixl_xfer_time_seconds_sum{${decode}}[5m]))`;
  return [
    {
      alert: 'LlmServiceErrors',
      expr: `${errors} > 0.01`,
      for: '10m',
      severity: 'warning',
      summary: `${spec.name}: more than 1 % of the requests fail`,
      description: 'Read the causes on the page of the service in the portal.',
    },
    {
      alert: 'LlmServiceErrorsMany',
      expr: `${errors} > 0.05`,
      for: '2m',
      severity: 'critical',
      summary: `${spec.name}: more than 5 % of the requests fail`,
      description: 'Read the causes on the page of the service in the portal.',
    },
    {
      alert: 'LlmServiceNoReadyEndpoint',
      expr: `sum(llm_d_epp_ready_endpoints{${all}}) == 0`,
      for: '2m',
      severity: 'critical',
      summary: `${spec.name}: the scheduler sees no ready pod`,
      description: 'No request can be answered.',
    },
    {
      alert: 'LlmServiceSchedulerSilent',
      expr: `absent(llm_d_epp_ready_endpoints{${all}})`,
      for: '5m',
      severity: 'critical',
      summary: `${spec.name}: the scheduler reports nothing`,
      description:
        'It is down, or Prometheus may not read it. While it is down requests go to any pod, prefill pods included.',
    },
    {
      alert: 'LlmServiceFirstTokenSlow',
      expr: `${ttft} > 10`,
      for: '10m',
      severity: 'warning',
      summary: `${spec.name}: p99 of the time to the first token is above 10 s`,
      description: 'Prefill is short of capacity, or the KV transfer is slow.',
    },
    {
      alert: 'LlmServiceFirstTokenVerySlow',
      expr: `${ttft} > 30`,
      for: '5m',
      severity: 'critical',
      summary: `${spec.name}: p99 of the time to the first token is above 30 s`,
      description: 'Prefill is short of capacity, or the KV transfer is slow.',
    },
    {
      alert: 'LlmServiceCacheNearlyFull',
      expr: `max by (pod) (vllm:kv_cache_usage_perc{${all}}) > 0.9`,
      for: '10m',
      severity: 'warning',
      summary: `${spec.name}: a KV cache is more than 90 % full`,
      description: 'Requests will wait or be preempted.',
    },
    {
      alert: 'LlmServiceDecodeCacheFull',
      expr: `max by (pod) (vllm:kv_cache_usage_perc{${decode}}) > 0.95`,
      for: '5m',
      severity: 'critical',
      summary: `${spec.name}: the KV cache of a decode pod is full`,
      description: 'More decode replicas, or a shorter maximum length.',
    },
    {
      alert: 'LlmServiceQueue',
      expr: `max by (pod) (vllm:num_requests_waiting{${all}}) > 10`,
      for: '10m',
      severity: 'warning',
      summary: `${spec.name}: requests queue at a pod`,
      description:
        'On prefill it is a backlog of prompts, on decode a lack of memory.',
    },
    {
      alert: 'LlmServiceQueueLong',
      expr: `max by (pod) (vllm:num_requests_waiting{${all}}) > 50`,
      for: '5m',
      severity: 'critical',
      summary: `${spec.name}: more than 50 requests queue at a pod`,
      description:
        'On prefill it is a backlog of prompts, on decode a lack of memory.',
    },
    {
      alert: 'LlmServicePrefillBacklog',
      expr: `sum(vllm:num_requests_waiting{${prefill}}) > 100`,
      for: '5m',
      severity: 'critical',
      summary: `${spec.name}: more than 100 prompts wait for prefill`,
      description: 'More prefill replicas.',
    },
    {
      alert: 'LlmServicePrefillSlow',
      expr: `sum(rate(vllm:request_prefill_time_seconds_sum{${prefill}}[5m])) / sum(rate(vllm:request_prefill_time_seconds_count{${prefill}}[5m])) > 5`,
      for: '10m',
      severity: 'warning',
      summary: `${spec.name}: a prefill takes more than 5 s on average`,
      description:
        'Prompts are long, or the prefill pool is short of capacity.',
    },
    {
      alert: 'LlmServicePrefillSaturated',
      expr: `histogram_quantile(0.99, sum by (le) (rate(vllm:request_prefill_time_seconds_bucket{${prefill}}[5m]))) > 10`,
      for: '10m',
      severity: 'critical',
      summary: `${spec.name}: p99 of the prefill time is above 10 s`,
      description: 'The prefill pool is saturated.',
    },
    {
      alert: 'LlmServicePoolsImbalanced',
      expr: `sum(vllm:num_requests_running{${prefill}}) / sum(vllm:num_requests_running{${decode}}) > 3`,
      for: '10m',
      severity: 'warning',
      summary: `${spec.name}: prefill runs more than three times the requests of decode`,
      description: 'Prefill is short of replicas, or decode has too many.',
    },
    {
      alert: 'LlmServicePrefixHitsFew',
      expr: `sum(rate(vllm:prefix_cache_hits_total{${all}}[15m])) / sum(rate(vllm:prefix_cache_queries_total{${all}}[15m])) < 0.3`,
      for: '15m',
      severity: 'info',
      summary: `${spec.name}: the prefix cache answers less than 30 % of the prompt tokens`,
      description: 'Nothing to do where prompts share no beginning.',
    },
    {
      alert: 'LlmServiceRestarts',
      expr: `sum by (pod) (increase(kube_pod_container_status_restarts_total{namespace="${spec.namespace}"}[1h])) * on (pod) ${pods} > 5`,
      for: '1m',
      severity: 'warning',
      summary: `${spec.name}: a pod restarted more than five times in an hour`,
      description: `Read the causes on the page of the service in the portal. ${NEEDS_LABELS}`,
    },
    {
      alert: 'LlmServicePodPending',
      expr: `sum by (pod) (kube_pod_status_phase{namespace="${spec.namespace}",phase="Pending"}) * on (pod) ${pods} > 0`,
      for: '15m',
      severity: 'warning',
      summary: `${spec.name}: a pod has been pending for 15 minutes`,
      description: `A GPU, an RDMA device or a network may be missing. ${NEEDS_LABELS}`,
    },
    {
      alert: 'LlmServicePreemptions',
      expr: `sum by (pod) (rate(vllm:num_preemptions_total{${all}}[5m])) > 1`,
      for: '5m',
      severity: 'warning',
      summary: `${spec.name}: a pod preempts more than one request per second`,
      description: 'Its KV cache is too small for the load.',
    },
    {
      alert: 'LlmServiceCacheNotTransferred',
      expr: `${moved} / ${routed} <= 0.01 and ${routed} >= 20`,
      for: '3m',
      severity: 'critical',
      summary: `${spec.name}: requests are split but no KV cache moves`,
      description:
        'Every prompt is computed twice. Check the KV connector and its role in both pools.',
    },
    {
      alert: 'LlmServiceCacheOftenNotTransferred',
      expr: `${moved} / ${routed} < 0.5 and ${routed} >= 20`,
      for: '10m',
      severity: 'warning',
      summary: `${spec.name}: less than half of the split requests move a KV cache`,
      description: 'Decode computes the other prompts again.',
    },
    {
      alert: 'LlmServiceTransfersFail',
      expr: `${failed} > 0`,
      for: '5m',
      severity: 'warning',
      summary: `${spec.name}: KV transfers fail`,
      description: 'Read the decode logs for "NIXL transfer failure".',
    },
    {
      alert: 'LlmServiceTransfersFailOften',
      expr: `${failed} / (${failed} + ${transfers}) > 0.05`,
      for: '5m',
      severity: 'critical',
      summary: `${spec.name}: more than 5 % of the KV transfers fail`,
      description: 'Read the decode logs for "NIXL transfer failure".',
    },
    ...(spec.fabric.kind === 'none'
      ? []
      : [
          {
            alert: 'LlmServiceTransfersSlow',
            expr: `${bandwidth} < 1e9`,
            for: '10m',
            severity: 'warning' as const,
            summary: `${spec.name}: the KV cache moves at less than 1 GB/s`,
            description:
              'RDMA was asked for; this looks like TCP. The engine logs name the transport.',
          },
        ]),
  ];
}
