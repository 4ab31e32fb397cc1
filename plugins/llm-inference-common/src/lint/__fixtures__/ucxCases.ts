import type { LintId } from '../lintIds';
import type { RuleCases } from './ruleCases';
import {
  ARGS,
  both,
  D,
  devices,
  GPU,
  kvArgument,
  NETWORKS,
  P,
  RDMA,
  ROCE,
  TLS,
} from './services';
import { onEfa } from './kvFixtures';

const AMD = 'amd.com/gpu';
const META_NETWORKS = `metadata.annotations["${NETWORKS}"]`;

export const UCX_CASES = {
  'ucx-transports-misconfigured': {
    faulty: [
      {
        why: 'no RDMA transport',
        changes: { [`${D}.${TLS}`]: 'tcp,sm,self,cuda_copy' },
        finds: [['error', `${D}.${TLS}`]],
      },
      {
        why: 'no network at all',
        changes: { [`${D}.${TLS}`]: 'sm,self,cuda_copy' },
        finds: [['error', `${D}.${TLS}`]],
      },
      {
        why: 'no network at all, without RDMA',
        changes: {
          ...devices({ [GPU]: '1' }),
          ...both(ROCE, 'false'),
          [META_NETWORKS]: undefined,
          ...both(TLS, 'self,sm,cuda_copy'),
        },
        finds: [
          ['error', `${P}.${TLS}`],
          ['error', `${D}.${TLS}`],
        ],
      },
      {
        why: 'no transport for GPU memory',
        changes: { [`${P}.${TLS}`]: 'rc,sm,self' },
        finds: [['error', `${P}.${TLS}`]],
      },
      {
        why: "the other vendor's transport",
        changes: { [`${P}.${TLS}`]: 'rc,sm,self,rocm_copy' },
        finds: [['error', `${P}.${TLS}`]],
      },
      {
        why: 'TCP beside RDMA',
        changes: { [`${D}.${TLS}`]: 'rc,tcp,sm,self,cuda_copy' },
        finds: [['warning', `${D}.${TLS}`]],
      },
      {
        why: 'everything',
        changes: { [`${D}.${TLS}`]: 'all' },
        finds: [['warning', `${D}.${TLS}`]],
      },
      {
        why: 'not set',
        changes: { [`${D}.env[3]`]: undefined },
        finds: [['warning', `${D}.env`]],
      },
      {
        why: 'a variant of rc without its auxiliary',
        changes: { [`${D}.${TLS}`]: 'rc_mlx5,sm,self,cuda_copy' },
        finds: [['warning', `${D}.${TLS}`]],
      },
      {
        why: 'nothing for inside a pod and a node',
        changes: { [`${D}.${TLS}`]: 'rc,cuda_copy' },
        finds: [['info', `${D}.${TLS}`]],
      },
    ],
    fine: [
      {
        why: 'the alias for GPUs',
        changes: { [`${D}.${TLS}`]: 'rc,sm,self,cuda' },
      },
      { why: 'all but TCP', changes: { [`${D}.${TLS}`]: '^tcp' } },
      {
        why: 'AMD',
        changes: {
          ...devices({ [AMD]: '1', [RDMA]: 1 }),
          ...both(TLS, 'rc,sm,self,rocm_copy,rocm_ipc'),
        },
      },
      {
        why: 'TCP on purpose',
        changes: {
          ...devices({ [GPU]: '1' }),
          ...both(ROCE, 'false'),
          ...both(TLS, 'tcp,sm,self,cuda_copy,cuda_ipc'),
          [META_NETWORKS]: undefined,
        },
      },
      {
        why: 'blocks staged in host memory',
        changes: {
          [`${D}.${TLS}`]: 'rc,sm,self',
          [`${D}.${ARGS}`]: kvArgument({
            kv_connector: 'NixlConnector',
            kv_role: 'kv_consumer',
            kv_buffer_device: 'cpu',
          }),
        },
      },
      { why: 'not set where LIBFABRIC moves the blocks', changes: onEfa },
      {
        why: 'set from a source that is not shown',
        changes: {
          [`${D}.env[3]`]: {
            name: 'UCX_TLS',
            valueFrom: { configMapKeyRef: { name: 'ucx', key: 'tls' } },
          },
        },
      },
    ],
  },
  'ucx-amd-mixed': {
    faulty: [
      {
        why: 'transports of NVIDIA',
        changes: devices({ [AMD]: '1', [RDMA]: 1 }, [D]),
        finds: [['error', `${D}.${TLS}`]],
      },
    ],
    fine: [
      {
        why: 'those of AMD',
        changes: {
          ...devices({ [AMD]: '1', [RDMA]: 1 }),
          ...both(TLS, 'rc,sm,self,rocm'),
        },
      },
    ],
  },
  'efa-needs-libfabric': {
    faulty: [
      {
        why: 'the default backend',
        changes: {
          ...onEfa,
          [`${D}.${ARGS}`]: kvArgument({
            kv_connector: 'NixlConnector',
            kv_role: 'kv_consumer',
          }),
        },
        finds: [['error', `${D}.${ARGS}`]],
      },
      {
        why: 'transports of UCX',
        changes: {
          ...onEfa,
          [`${P}.env[3]`]: { name: 'UCX_TLS', value: 'rc,cuda_copy' },
        },
        finds: [['error', `${P}.${TLS}`]],
      },
    ],
    fine: [{ why: 'LIBFABRIC', changes: onEfa }, { why: 'no EFA' }],
  },
  'ucx-net-devices': {
    faulty: [
      {
        why: 'no port',
        changes: {
          [`${D}.env[0]`]: {
            name: 'UCX_NET_DEVICES',
            value: 'mlx5_0,mlx5_1:1',
          },
        },
        finds: [['warning', `${D}.env[0].value`]],
      },
      {
        why: 'an Ethernet interface',
        changes: {
          [`${D}.env[0]`]: { name: 'UCX_NET_DEVICES', value: 'eth0' },
        },
        finds: [['error', `${D}.env[0].value`]],
      },
      {
        why: 'beside the inference of RoCE',
        changes: {
          [`${D}.env[4]`]: { name: 'UCX_NET_DEVICES', value: 'mlx5_0:1' },
        },
        finds: [['info', `${D}.env[4].value`]],
      },
    ],
    fine: [
      {
        why: 'with port',
        changes: {
          [`${D}.env[0]`]: {
            name: 'UCX_NET_DEVICES',
            value: 'mlx5_0:1,mlx5_1:1',
          },
        },
      },
      {
        why: 'an Ethernet interface for TCP',
        changes: {
          ...devices({ [GPU]: '1' }),
          [META_NETWORKS]: undefined,
          ...both('env[0]', { name: 'UCX_NET_DEVICES', value: 'eth0' }),
          ...both(TLS, 'tcp,cuda_copy'),
        },
      },
    ],
  },
  'infer-roce-not-applicable': {
    faulty: [
      {
        why: 'another spelling of true',
        changes: { [`${D}.${ROCE}`]: 'True' },
        finds: [['warning', `${D}.${ROCE}`]],
      },
      {
        why: 'InfiniBand',
        changes: devices({ [GPU]: '1', 'rdma/ib': 1 }, [P]),
        finds: [['warning', `${P}.${ROCE}`]],
      },
      {
        why: 'adapters of AMD',
        changes: devices({ [AMD]: '1', 'amd.com/ionic': 1 }, [P]),
        finds: [['warning', `${P}.${ROCE}`]],
      },
    ],
    fine: [
      {
        why: 'off',
        changes: {
          ...devices({ [GPU]: '1', 'rdma/ib': 1 }),
          ...both(ROCE, 'false'),
        },
      },
      {
        why: 'a name that only contains ib',
        changes: devices({ [GPU]: '1', 'rdma/fibre_roce': 1 }),
      },
    ],
  },
} satisfies Partial<Record<LintId, RuleCases>>;
