import { Pod } from '../kinds';
import { digest } from '../names';
import { rdmaDevice } from '../nodes/network';
import { EngineSettings } from './engineSettings';

/** Prefix of a line of vLLM's engine process. */
export function vllmStamp(now: Date, level: string, source: string): string {
  return `(EngineCore_0 pid=147) ${level} ${clockOf(now)} [${source}]`;
}

/** Prefix of a line of vLLM's API server. */
export function serverStamp(now: Date): string {
  return `(APIServer pid=1) INFO ${clockOf(now)}`;
}

function clockOf(now: Date): string {
  const stamp = now.toISOString();
  return `${stamp.slice(5, 10)} ${stamp.slice(11, 19)}`;
}

/** Identifier that an engine gives itself in the KV handshake. */
export function engineId(pod: Pod): string {
  const hash = digest(`${pod.metadata.uid}/engine`);
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    hash.slice(12, 16),
    hash.slice(16, 20),
    hash.slice(20, 32),
  ].join('-');
}

/** The engine's word for a transfer that failed, with its context. */
export function transferFailure(
  pod: Pod,
  now: Date,
  type: string,
  remoteHost: string,
): string {
  return `${vllmStamp(
    now,
    'ERROR',
    'base_worker.py:1432',
  )} NIXL transfer failure: ${type} | Context: {'failure_type': '${type}', 'request_id': 'cmpl-${digest(
    String(now),
    8,
  )}-0', 'engine_id': '${engineId(pod)}', 'remote_engine_id': '${digest(
    'remote',
    8,
  )}-7a5c-4a6a-9d29-6d1b0d4a3c22', 'remote_host': '${remoteHost}', 'remote_port': 5600, 'num_local_blocks': 512, 'num_remote_blocks': 512}`;
}

/** What UCX tells of its choice after the first transfer, where it was asked to. */
export function ucxLines(
  pod: Pod,
  settings: EngineSettings,
  fabric: 'rdma' | 'tcp',
  now: Date,
): string[] {
  const device = `${rdmaDevice(pod)}:1`;
  const head = `[${(now.getTime() / 1000).toFixed(6)}] [${
    pod.metadata.name
  }:147  :0]`;
  const lanes =
    fabric === 'rdma'
      ? `rma(rc_mlx5/${device}) am(rc_mlx5/${device}) ka(ud_mlx5/${device})`
      : 'rma_am(tcp/eth0) amo_am(tcp/eth0) am(tcp/eth0) ka(tcp/eth0)';
  return [
    ...(settings.ucxLogsInfo
      ? [
          `${head}      ucp_worker.c:1888 UCX  INFO  ucp_context_0 inter-node cfg#2 ${lanes}`,
        ]
      : []),
    ...(settings.ucxShowsProtocols
      ? [
          `${head} +--------------------------------+------------------------------------------+`,
          `${head} | ucp_context_0 inter-node cfg#2 | remote memory read into cuda/GPU0        |`,
          `${head} +--------------------------------+------------------------------------------+`,
          fabric === 'rdma'
            ? `${head} |                         0..inf | zero-copy          | rc_mlx5/${device}     |`
            : `${head} |                         0..inf | software emulation | tcp/eth0            |`,
        ]
      : []),
  ];
}
