import type { LINT_IDS } from '../lintIds';
import type { CasesOf } from './ruleCases';
import {
  ARGS,
  both,
  D,
  devices,
  goodPolicy,
  goodService,
  GPU,
  kvArgument,
  NETWORKS,
  P,
  RDMA,
  ROCE,
  singleService,
  TLS,
} from './services';

const EFA = 'vpc.amazonaws.com/efa';
const AMD = 'amd.com/gpu';
const META_NETWORKS = `metadata.annotations["${NETWORKS}"]`;
const LIMITS = 'resources.limits';

const libfabric = (kv_role: string) =>
  kvArgument({
    kv_connector: 'NixlConnector',
    kv_role,
    kv_connector_extra_config: { backends: ['LIBFABRIC'] },
  });

/** Both engines on EFA as they should be, but for where their pods may run. */
const onEfa = {
  ...devices({ [GPU]: '1', [EFA]: 1 }),
  [`${D}.env[0]`]: { name: 'A', value: 'b' },
  [`${P}.env[0]`]: { name: 'A', value: 'b' },
  [`${D}.${ARGS}`]: libfabric('kv_consumer'),
  [`${P}.${ARGS}`]: libfabric('kv_producer'),
  [`${D}.env[3]`]: { name: 'B', value: 'b' },
  [`${P}.env[3]`]: { name: 'B', value: 'b' },
};

const PREFERRED =
  'affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0]';

const avoiding = (component: string) => ({
  podAntiAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: [
      {
        labelSelector: {
          matchLabels: { 'app.kubernetes.io/component': component },
        },
        topologyKey: 'kubernetes.io/hostname',
      },
    ],
  },
});

const WORKER = { containers: [{ name: 'main' }] };

export const RDMA_CASES: CasesOf<(typeof LINT_IDS.rdmaAndNetwork)[number]> = {
  'extended-resource-invalid': {
    faulty: [
      {
        why: 'limit and request differ',
        changes: { [`${D}.resources.requests["${RDMA}"]`]: 2 },
        finds: [['error', `${D}.${LIMITS}["${RDMA}"]`]],
      },
      {
        why: 'only requested',
        changes: { [`${P}.${LIMITS}["${GPU}"]`]: undefined },
        finds: [['error', `${P}.resources.requests["${GPU}"]`]],
      },
      {
        why: 'a half',
        changes: devices({ [GPU]: '1', [RDMA]: '500m' }, [D]),
        finds: [['error', `${D}.${LIMITS}["${RDMA}"]`]],
      },
    ],
    fine: [
      {
        why: 'one as text, one as number',
        changes: { [`${D}.${LIMITS}["${RDMA}"]`]: '1' },
      },
      {
        why: 'no request, which takes the limit',
        changes: { [`${D}.resources.requests["${RDMA}"]`]: undefined },
      },
      {
        why: 'CPU may differ',
        changes: { [`${D}.resources.requests.cpu`]: '2' },
      },
    ],
  },
  'rdma-not-requested': {
    faulty: [
      {
        why: 'UCX may not use TCP',
        changes: devices({ [GPU]: '1' }),
        finds: [
          ['error', `${P}.${LIMITS}`],
          ['error', `${D}.${LIMITS}`],
        ],
      },
      {
        why: 'only an annotation says so',
        changes: {
          ...devices({ [GPU]: '1' }, [P]),
          [`${P}.${ROCE}`]: 'false',
          [`${P}.${TLS}`]: 'tcp,sm,self,cuda_copy',
        },
        finds: [['warning', `${P}.${LIMITS}`]],
      },
      {
        why: 'only the other pool does',
        changes: {
          ...devices({ [GPU]: '1' }, [P]),
          [META_NETWORKS]: undefined,
          'spec.annotations': { [NETWORKS]: 'roce-p2' },
          [`${P}.env`]: [],
        },
        finds: [['warning', `${P}.${LIMITS}`]],
      },
    ],
    fine: [
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
        why: 'devices by claim',
        changes: {
          ...devices({ [GPU]: '1' }),
          'spec.template.resourceClaims': [{ name: 'nic' }],
          'spec.prefill.template.resourceClaims': [{ name: 'nic' }],
        },
      },
      {
        why: 'a base configuration that may have it',
        changes: {
          ...devices({ [GPU]: '1' }),
          'spec.baseRefs': [{ name: 'x' }],
        },
      },
    ],
  },
  'rdma-resource-per-gpu': {
    faulty: [
      {
        why: 'virtual functions shared by GPUs',
        changes: devices({ [GPU]: '8', 'openshift.io/p2rdma': 1 }, [D]),
        finds: [['info', `${D}.${LIMITS}["openshift.io/p2rdma"]`]],
      },
    ],
    fine: [
      { why: 'shares', changes: devices({ [GPU]: '8', [RDMA]: 1 }, [D]) },
      {
        why: 'one each',
        changes: devices({ [GPU]: '2', 'openshift.io/p2rdma': 2 }, [D]),
      },
    ],
  },
  'rdma-resource-names-differ': {
    faulty: [
      {
        why: 'two plugins',
        changes: devices({ [GPU]: '1', 'rdma/ib': 1 }, [P]),
        finds: [['warning', `${P}.${LIMITS}`]],
      },
    ],
    fine: [
      { why: 'one of the two has none', changes: devices({ [GPU]: '1' }, [P]) },
    ],
  },
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
  'network-annotation-location': {
    faulty: [
      {
        why: 'in the pod spec',
        changes: {
          'spec.template.metadata': { annotations: { [NETWORKS]: 'a' } },
        },
        finds: [
          ['warning', `spec.template.metadata.annotations["${NETWORKS}"]`],
        ],
      },
      {
        why: 'on one pool only',
        changes: {
          [META_NETWORKS]: undefined,
          'spec.annotations': { [NETWORKS]: 'roce-p2' },
        },
        finds: [['warning', `spec.annotations["${NETWORKS}"]`]],
      },
      {
        why: 'at two levels with two values',
        changes: { 'spec.prefill.annotations': { [NETWORKS]: 'other' } },
        finds: [['warning', `spec.prefill.annotations["${NETWORKS}"]`]],
      },
    ],
    fine: [
      {
        why: 'on each pool',
        changes: {
          [META_NETWORKS]: undefined,
          'spec.annotations': { [NETWORKS]: 'a' },
          'spec.prefill.annotations': { [NETWORKS]: 'b' },
        },
      },
      {
        why: 'at two levels with one value',
        changes: { 'spec.annotations': { [NETWORKS]: 'roce-p2' } },
      },
    ],
  },
  'network-attachment-form': {
    faulty: [
      {
        why: 'a space',
        changes: { [META_NETWORKS]: 'roce p2' },
        finds: [['error', META_NETWORKS]],
      },
      {
        why: 'JSON without a name',
        changes: { [META_NETWORKS]: '[{"namespace":"x"}]' },
        finds: [['error', META_NETWORKS]],
      },
      {
        why: 'a list instead of text',
        changes: { 'spec.annotations': { [NETWORKS]: ['a'] } },
        finds: [['error', `spec.annotations["${NETWORKS}"]`]],
      },
    ],
    fine: [
      {
        why: 'all short forms',
        changes: { [META_NETWORKS]: 'a, ns/b,c@net1' },
      },
      {
        why: 'JSON',
        changes: { [META_NETWORKS]: '[{"name":"a","namespace":"x"}]' },
      },
    ],
  },
  'sriov-network-missing': {
    faulty: [
      {
        why: 'a virtual function without attachment',
        changes: {
          ...devices({ [GPU]: '1', 'openshift.io/p2rdma': 1 }),
          [META_NETWORKS]: undefined,
        },
        finds: [
          ['warning', 'spec.annotations'],
          ['warning', 'spec.prefill.annotations'],
        ],
      },
    ],
    fine: [
      {
        why: 'with attachment',
        changes: devices({ [GPU]: '1', 'openshift.io/p2rdma': 1 }),
      },
      { why: 'a shared device', changes: { [META_NETWORKS]: undefined } },
    ],
  },
  'ipc-lock': {
    faulty: [
      {
        why: 'capabilities',
        changes: {
          [`${D}.securityContext.capabilities.add`]: ['NET_RAW', 'IPC_LOCK'],
        },
        finds: [['warning', `${D}.securityContext.capabilities.add[1]`]],
      },
      {
        why: "the host's network, and root",
        changes: {
          'spec.template.hostNetwork': true,
          'spec.prefill.template.securityContext': { runAsUser: 0 },
        },
        finds: [
          ['warning', 'spec.prefill.template.securityContext.runAsUser'],
          ['warning', 'spec.template.hostNetwork'],
        ],
      },
    ],
    fine: [
      {
        why: 'another user, another capability',
        changes: {
          [`${D}.securityContext`]: {
            runAsUser: 1000,
            capabilities: { add: ['NET_RAW'] },
          },
        },
      },
      {
        why: 'capabilities dropped',
        changes: { [`${D}.securityContext.capabilities.drop`]: ['IPC_LOCK'] },
      },
    ],
  },
  'anti-affinity-missing': {
    faulty: [
      {
        why: 'none',
        changes: {
          'spec.template.affinity': undefined,
          'spec.prefill.template.affinity': undefined,
        },
        finds: [['info', 'spec.template.affinity.podAntiAffinity']],
      },
      {
        why: 'only preferred on EFA',
        changes: onEfa,
        finds: [['error', 'spec.template.affinity.podAntiAffinity']],
      },
    ],
    fine: [
      {
        why: 'on one side, which is enough',
        changes: { 'spec.template.affinity': undefined },
      },
      {
        why: 'required on EFA',
        changes: {
          ...onEfa,
          'spec.prefill.template.affinity': avoiding(
            'llminferenceservice-workload',
          ),
        },
      },
      {
        why: 'no RDMA',
        changes: {
          ...devices({ [GPU]: '1' }),
          'spec.template.affinity': undefined,
          'spec.prefill.template.affinity': undefined,
        },
      },
    ],
  },
  'anti-affinity-label': {
    faulty: [
      {
        why: 'a component that does not exist',
        changes: {
          [`spec.template.${PREFERRED}.podAffinityTerm.labelSelector.matchExpressions[0].values`]:
            ['llminferenceservice-prefill'],
        },
        finds: [
          ['error', `spec.template.${PREFERRED}.podAffinityTerm.labelSelector`],
        ],
      },
      {
        why: 'the single-node label of a multi-node pool',
        changes: { 'spec.prefill.worker': WORKER },
        finds: [
          ['error', `spec.template.${PREFERRED}.podAffinityTerm.labelSelector`],
        ],
      },
    ],
    fine: [
      { why: 'the components of the pools' },
      {
        why: 'the leader of a multi-node pool',
        changes: {
          'spec.prefill.worker': WORKER,
          'spec.template.affinity': avoiding(
            'llminferenceservice-workload-leader-prefill',
          ),
        },
      },
      {
        why: 'pods of something else',
        changes: { 'spec.template.affinity': avoiding('database') },
      },
    ],
  },
  'side-channel-network-policy': {
    faulty: [
      {
        why: 'no policy beside the service',
        objects: [goodService()],
        finds: [['info', 'spec.prefill']],
      },
      {
        why: 'a policy for other ports',
        objects: [
          goodService(),
          { ...goodPolicy, spec: { ingress: [{ ports: [{ port: 8000 }] }] } },
        ],
        finds: [['info', 'spec.prefill']],
      },
    ],
    fine: [
      { why: 'a policy that lets it in' },
      { why: 'no prefill', objects: [singleService()] },
    ],
  },
};
