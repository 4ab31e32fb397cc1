import type { LintId } from '../lintIds';
import type { RuleCases } from './ruleCases';
import {
  both,
  D,
  devices,
  GPU,
  NETWORKS,
  P,
  RDMA,
  ROCE,
  TLS,
} from './services';

const META_NETWORKS = `metadata.annotations["${NETWORKS}"]`;
const LIMITS = 'resources.limits';

export const RDMA_CASES = {
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
} satisfies Partial<Record<LintId, RuleCases>>;
