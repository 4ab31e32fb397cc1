import { Container, Pod } from '../kinds';
import { engineSettings } from './engineSettings';
import { Traffic } from './traffic';
import { transferFailure, ucxLines, vllmStamp } from './vllmLines';

/** What a serving container writes in ten minutes of traffic; after its first transfers also what UCX chose. */
export function servingLines(
  pod: Pod,
  container: Container,
  traffic: Traffic,
  now: Date,
  isFirst: boolean,
): string[] {
  const settings = engineSettings(pod);
  const isDisaggregated =
    traffic.requestsPerSecond > 0 && traffic.disaggregatedShare > 0;
  if (!isDisaggregated) {
    return [];
  }
  if (container.name === 'llm-d-routing-sidecar') {
    return settings.connector
      ? []
      : [
          `${now.toISOString()}\tINFO\tproxy server\tproxy/connector_nixlv2.go:283\twarning: missing 'kv_transfer_params' field in prefiller response`,
        ];
  }
  if (container.name !== 'main') {
    return [];
  }
  if (settings.role === 'prefill' && !settings.connector) {
    return [
      `${vllmStamp(
        now,
        'WARNING',
        'scheduler.py:1288',
      )} Got kv_transfer_params, but no KVConnector found. Disabling KVTransfer for this request.`,
    ];
  }
  if (settings.role !== 'decode' || !settings.connector) {
    return [];
  }
  if (!settings.hasSideChannelHost) {
    return [
      transferFailure(pod, now, 'handshake_setup_failed', 'localhost'),
      `${vllmStamp(
        now,
        'ERROR',
        'base_worker.py:1432',
      )} RuntimeError: Remote NIXL agent engine ID mismatch. Expected b1fd1d0e-7a5c-4a6a-9d29-6d1b0d4a3c22,received 5d0e7c52-3f27-4ab0-a2fa-6a6c9f2f6c11.`,
    ];
  }
  const succeeds = traffic.transferShare * (1 - traffic.failureShare) > 0;
  return succeeds
    ? [
        ...(isFirst
          ? [
              `${vllmStamp(
                now,
                'INFO',
                'base_worker.py:1085',
              )} NIXL compatibility check passed (hash: 8f6cf1d2f5f1a96b)`,
              ...ucxLines(pod, settings, traffic.fabric, now),
            ]
          : []),
        transferSummary(traffic, now),
      ]
    : [];
}

const MEGABYTES_PER_TRANSFER = 224;

function transferSummary(traffic: Traffic, now: Date): string {
  const transfers = Math.max(1, Math.round(traffic.requestsPerSecond * 10));
  const average = (MEGABYTES_PER_TRANSFER * 1e9) / traffic.bytesPerSecond;
  return `${vllmStamp(
    now,
    'INFO',
    'metrics.py:103',
  )} KV Transfer metrics: Num successful transfers=${transfers}, Avg xfer time (ms)=${average.toFixed(
    1,
  )}, P90 xfer time (ms)=${(average * 1.4).toFixed(
    1,
  )}, Avg post time (ms)=1.2, P90 post time (ms)=1.9, Avg MB per transfer=${MEGABYTES_PER_TRANSFER}.0, Throughput (MB/s)=${(
    traffic.bytesPerSecond / 1e6
  ).toFixed(3)}, Avg number of descriptors=7168.0`;
}
