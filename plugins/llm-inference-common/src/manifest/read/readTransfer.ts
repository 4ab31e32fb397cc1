import { readKvTransferConfig } from '../../resource/kvTransferConfig';
import { asRecord, type UnknownRecord } from '../../resource/unknown';
import { gpuVendor } from '../spec/completeSpec';
import type { PoolSpec } from '../spec/PoolSpec';
import type { ReadPool } from './readPool';

/** How the KV cache moves, read from the decode pool. */
export function readKvTransfer({
  arguments: list,
  environment,
}: ReadPool): UnknownRecord {
  const config = readKvTransferConfig(list);
  const members = config?.members ?? [];
  const nixl =
    members.find(({ connector }) => connector === 'NixlConnector') ?? config;
  const offloading = members.find(
    ({ connector }) => connector === 'OffloadingConnector',
  );
  const port = environment.get('VLLM_NIXL_SIDE_CHANNEL_PORT')?.value;
  const bytes = asRecord(offloading?.extra).cpu_bytes_to_use;
  return {
    loadFailurePolicy: config?.fields.kv_load_failure_policy,
    bufferDevice: nixl?.fields.kv_buffer_device,
    backends: nixl?.extra.backends,
    sideChannelPort: port === undefined ? undefined : Number(port),
    offloading:
      typeof bytes === 'number' ? { cpu: binaryQuantity(bytes) } : undefined,
  };
}

/** What carries the KV cache, read from the decode pool. */
export function readFabric(
  { environment, devices, pool }: ReadPool,
  networks: string | undefined,
): UnknownRecord {
  const [device] = devices;
  const gid = environment.get('UCX_IB_GID_INDEX')?.value;
  return {
    kind: fabricKind(),
    resource: device?.resource,
    count: device?.count,
    networks: networks?.split(',').map(network => network.trim()),
    transports: environment.get('UCX_TLS')?.value,
    netDevices: environment.get('UCX_NET_DEVICES')?.value,
    gidIndex: gid === undefined ? undefined : Number(gid),
  };

  function fabricKind(): string {
    if (!device) return 'none';
    if (device.resource === 'vpc.amazonaws.com/efa') return 'efa';
    if (gpuVendor(pool as unknown as PoolSpec) === 'amd') return 'amd';
    return environment.get('KSERVE_INFER_ROCE')?.value === 'true'
      ? 'roce'
      : 'infiniband';
  }
}

/** Bytes in the largest unit that says them exactly. */
function binaryQuantity(bytes: number): string {
  for (const [unit, size] of [
    ['Ti', 2 ** 40],
    ['Gi', 2 ** 30],
  ] as const) {
    if (bytes % size === 0) return `${bytes / size}${unit}`;
  }
  return `${bytes / 2 ** 20}Mi`;
}
