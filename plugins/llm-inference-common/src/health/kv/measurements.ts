import { WORKER_INDEX_LABEL } from '../../resource/labels';
import {
  hasSeries,
  sumIncreases,
  sumOfKind,
  type MetricsWindow,
} from '../facts/MetricsReader';
import type { Facts } from '../facts/Facts';
import { NAMES } from '../series/seriesNames';
import type { Pod } from '../../resource/pod';

const PROMPT_TOKENS = 'vllm:prompt_tokens_by_source';

/** Counts of a window, over the pods that could be measured. Absent means unknown, never zero. */
export interface KvMeasurements {
  /** Completed transfers, one per request and not per rank. */
  transfers?: number;
  failedTransfers?: number;
  failedNotifications?: number;
  /** Requests whose blocks expired on prefill before decode fetched them. */
  expired?: number;
  /** Requests that the scheduler sent through prefill, or to decode alone. */
  routed?: number;
  decodeOnly?: number;
  answered?: number;
  /** Prompt tokens of decode by where they came from. */
  tokens?: { local: number; cached: number; external: number };
  bytes?: number;
  /** Seconds of transfer over all ranks. */
  transferSeconds?: number;
  /** Transfers as counted per rank. */
  observations?: number;
  /** Whether every ready decode pod could be measured. */
  complete: boolean;
  /** Decode pods that could be measured. */
  measured: string[];
  /** Scheduler pods whose decisions were counted. */
  schedulers: string[];
}

/** Sums what the pods of both pools and the scheduler counted in the last window. */
export function measureKvPath(facts: Facts): KvMeasurements {
  const decodePods = facts.decode.current.filter(isServing);
  const decode = windowsOf(decodePods, facts);
  const total = (name: string, label?: { name: string; value: string }) =>
    sumIncreases(decode.windows, name, label);
  const observations = total('vllm:nixl_xfer_time_seconds_count');
  // A source that never came is zero; one that came in between has counted nobody knows how much.
  const tokens = (value: string) =>
    decode.windows.some(window => hasSeries(window, PROMPT_TOKENS))
      ? sumOfKind(decode.windows, PROMPT_TOKENS, { name: 'source', value })
      : undefined;
  const local = tokens('local_compute');
  const cached = tokens('local_cache_hit');
  const external = tokens('external_kv_transfer');
  const scheduler = windowsOf(facts.scheduler.current.filter(isServing), facts);
  const decisions = (value: string) =>
    scheduler.complete ? countDecisions(scheduler.windows, value) : undefined;
  return {
    observations,
    transfers:
      observations === undefined
        ? undefined
        : observations / Math.max(1, facts.decode.engine?.tensor ?? 1),
    failedTransfers: total('vllm:nixl_num_failed_transfers'),
    failedNotifications: total('vllm:nixl_num_failed_notifications'),
    expired: sumIncreases(
      windowsOf(facts.prefill?.current ?? [], facts).windows,
      'vllm:nixl_num_kv_expired_reqs',
    ),
    routed: decisions('prefill-decode'),
    decodeOnly: decisions('decode-only'),
    answered: total('vllm:request_success'),
    tokens:
      local === undefined || cached === undefined || external === undefined
        ? undefined
        : { local, cached, external },
    bytes: total('vllm:nixl_bytes_transferred_sum'),
    transferSeconds: total('vllm:nixl_xfer_time_seconds_sum'),
    complete: decode.complete,
    measured: decode.pods,
    schedulers: scheduler.pods,
  };
}

/** Headless workers of a group export no metrics. */
function isServing(pod: Pod): boolean {
  const worker = pod.labels[WORKER_INDEX_LABEL];
  return pod.ready && (worker === undefined || worker === '0');
}

function windowsOf(pods: readonly Pod[], facts: Facts) {
  const windows: MetricsWindow[] = [];
  const measured: string[] = [];
  let complete = pods.length > 0;
  for (const pod of pods) {
    const metrics = facts.metrics.read(pod.name);
    if (metrics.state === 'Window') {
      windows.push(metrics.window);
      measured.push(pod.name);
    } else {
      complete = false;
    }
  }
  return { windows, complete, pods: measured };
}

function countDecisions(
  windows: readonly MetricsWindow[],
  value: string,
): number | undefined {
  const name = NAMES.decisions.find(candidate =>
    windows.some(window => hasSeries(window, candidate)),
  );
  return name === undefined
    ? undefined
    : sumOfKind(windows, name, { name: 'decision_type', value });
}
