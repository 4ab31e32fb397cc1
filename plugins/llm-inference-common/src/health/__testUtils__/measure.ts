import type { ServiceBuilder } from './ServiceBuilder';
import { ago } from './fixtureBasics';

/** What the pods counted between two scrapes ten minutes apart. */
export interface Counts {
  routed?: number;
  decodeOnly?: number;
  transfers?: number;
  failed?: number;
  expired?: number;
  answered?: number;
  local?: number;
  external?: number;
  /** Bytes transferred, and seconds that it took. */
  bytes?: number;
  seconds?: number;
}

/** Gives a service two scrapes of each kind of pod. */
export function measure(s: ServiceBuilder, counts: Counts) {
  const scrape = (
    pod: { metadata: { name: string } },
    series: Record<string, number | undefined>,
  ) => {
    const text = (offset: 0 | 1) =>
      Object.entries(series)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => `${name} ${1000 + offset * (value ?? 0)}\n`)
        .join('');
    s.metrics[pod.metadata.name] = [
      { at: ago(11), text: text(0) },
      { at: ago(1), text: text(1) },
    ];
  };
  for (const pod of s.pods.decode) {
    scrape(pod, {
      'vllm:nixl_xfer_time_seconds_count{engine="0"}': counts.transfers,
      'vllm:nixl_num_failed_transfers_total{engine="0"}': counts.failed,
      'vllm:nixl_bytes_transferred_sum{engine="0"}': counts.bytes,
      'vllm:nixl_xfer_time_seconds_sum{engine="0"}': counts.seconds,
      'vllm:request_success_total{engine="0",finished_reason="stop"}':
        counts.answered ?? counts.routed,
      'vllm:prompt_tokens_by_source_total{source="local_compute"}':
        counts.local,
      'vllm:prompt_tokens_by_source_total{source="external_kv_transfer"}':
        counts.external,
    });
  }
  if (counts.expired !== undefined) {
    scrape(s.pods.prefill[0], {
      'vllm:nixl_num_kv_expired_reqs_total{engine="0"}': counts.expired,
    });
  }
  if (counts.routed !== undefined) {
    scrape(s.pods.scheduler[0], {
      'llm_d_epp_disagg_decision_total{decision_type="prefill-decode"}':
        counts.routed,
      'llm_d_epp_disagg_decision_total{decision_type="decode-only"}':
        counts.decodeOnly ?? 0,
    });
  }
}
