import { ARGS, D, devices, GPU, kvArgument, P } from './services';

export const NIXL = { kv_connector: 'NixlConnector' };
export const consumer = { ...NIXL, kv_role: 'kv_consumer' };
export const producer = { ...NIXL, kv_role: 'kv_producer' };
export const OFFLOAD = {
  kv_connector: 'OffloadingConnector',
  kv_role: 'kv_both',
};
export const multi = (...connectors: object[]) => ({
  kv_connector: 'MultiConnector',
  kv_role: 'kv_both',
  kv_connector_extra_config: { connectors },
});

/** Changes of the arguments of both engines, after the KV configuration. */
export const args = (decode: string, prefill = decode) => ({
  [`${D}.${ARGS}`]: `${kvArgument(consumer)} ${decode}`.trim(),
  [`${P}.${ARGS}`]: `${kvArgument(producer)} ${prefill}`.trim(),
});

/** Changes of the KV configuration of both engines. */
export const kv = (decode: object, prefill: object) => ({
  [`${D}.${ARGS}`]: kvArgument(decode),
  [`${P}.${ARGS}`]: kvArgument(prefill),
});

/** AWS Elastic Fabric Adapter. */
export const EFA = 'vpc.amazonaws.com/efa';

export const libfabric = (kv_role: string) =>
  kvArgument({
    kv_connector: 'NixlConnector',
    kv_role,
    kv_connector_extra_config: { backends: ['LIBFABRIC'] },
  });

/** Both engines on EFA as they should be, but for where their pods may run. */
export const onEfa = {
  ...devices({ [GPU]: '1', [EFA]: 1 }),
  [`${D}.env[0]`]: { name: 'A', value: 'b' },
  [`${P}.env[0]`]: { name: 'A', value: 'b' },
  [`${D}.${ARGS}`]: libfabric('kv_consumer'),
  [`${P}.${ARGS}`]: libfabric('kv_producer'),
  [`${D}.env[3]`]: { name: 'B', value: 'b' },
  [`${P}.env[3]`]: { name: 'B', value: 'b' },
};
