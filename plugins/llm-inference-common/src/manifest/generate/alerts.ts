import type { PdServiceSpec } from '../spec/PdServiceSpec';
import { componentsOf } from './names';
import { SERVICE_LABEL } from './podMonitors';

/** One alert of a service. */
export interface Alert {
  alert: string;
  expr: string;
  for: string;
  severity: 'warning' | 'critical';
  summary: string;
  description: string;
}

/** Alerts of one service. Names and places are literals of the spec, never free text. */
export function alertsOf(spec: PdServiceSpec): Alert[] {
  const all = `namespace="${spec.namespace}",${SERVICE_LABEL}="${spec.name}"`;
  const pool = (name: 'decode' | 'prefill') =>
    `${all},component="${componentsOf(spec[name], name)[0]}"`;
  const decode = pool('decode');
  const prefill = pool('prefill');
  const errors = `sum(rate(llm_d_epp_request_error_total{${all}}[5m])) / sum(rate(llm_d_epp_request_total{${all}}[5m]))`;
  const ttft = `histogram_quantile(0.99, sum by (le) (rate(llm_d_epp_request_ttft_seconds_bucket{${all}}[5m])))`;
  const routed = `sum(increase(llm_d_epp_disagg_decision_total{${all},decision_type="prefill-decode"}[3m]))`;
  const moved = `sum(increase(vllm:nixl_xfer_time_seconds_count{${decode}}[3m])) / ${spec.decode.parallelism.tensor}`;
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
      alert: 'LlmServicePrefillBacklog',
      expr: `sum(vllm:num_requests_waiting{${prefill}}) > 100`,
      for: '5m',
      severity: 'critical',
      summary: `${spec.name}: more than 100 prompts wait for prefill`,
      description: 'More prefill replicas.',
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
      alert: 'LlmServicePreemptions',
      expr: `sum by (pod) (rate(vllm:num_preemptions_total{${all}}[5m])) > 1`,
      for: '5m',
      severity: 'warning',
      summary: `${spec.name}: a pod preempts more than one request per second`,
      description: 'Its KV cache is too small for the load.',
    },
    {
      alert: 'LlmServiceCacheNotTransferred',
      expr: `(${moved}) / ${routed} <= 0.01 and ${routed} >= 20`,
      for: '3m',
      severity: 'critical',
      summary: `${spec.name}: requests are split but no KV cache moves`,
      description:
        'Every prompt is computed twice. Check the KV connector and its role in both pools.',
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
