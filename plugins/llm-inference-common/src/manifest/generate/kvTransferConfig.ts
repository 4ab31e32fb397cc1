import type { KvTransferSpec } from '../spec/KvTransferSpec';
import { quantityValue } from '../spec/quantity';
import type { PoolName } from './names';

/**
 * The value of `--kv-transfer-config`. Prefill produces the cache and decode consumes it; `kv_both` is deprecated
 * for NIXL.
 */
export function kvTransferConfig(
  kv: KvTransferSpec,
  pool: PoolName,
): Record<string, unknown> {
  const nixl = {
    kv_connector: 'NixlConnector',
    kv_role: pool === 'decode' ? 'kv_consumer' : 'kv_producer',
    ...(kv.bufferDevice && { kv_buffer_device: kv.bufferDevice }),
    ...(kv.backends && {
      kv_connector_extra_config: { backends: kv.backends },
    }),
  };
  const policy = kv.loadFailurePolicy && {
    kv_load_failure_policy: kv.loadFailurePolicy,
  };
  if (!kv.offloading) return { ...nixl, ...policy };
  return {
    kv_connector: 'MultiConnector',
    kv_role: 'kv_both',
    ...policy,
    kv_connector_extra_config: {
      connectors: [
        nixl,
        {
          kv_connector: 'OffloadingConnector',
          kv_role: 'kv_both',
          kv_connector_extra_config: {
            cpu_bytes_to_use: quantityValue(kv.offloading.cpu),
          },
        },
      ],
    },
  };
}

/**
 * JSON in which no two closing braces meet: KServe runs the spec as a template, and a reader may take `}}` for the
 * end of one.
 */
export function kvTransferJson(fields: object): string {
  return JSON.stringify(fields).replace(/\}(?=\})/g, '} ');
}
