import type { LintId } from '../lintIds';
import type { RuleCases } from './ruleCases';
import {
  D,
  devices,
  goodPolicy,
  goodService,
  GPU,
  NETWORKS,
  singleService,
} from './services';
import { onEfa } from './kvFixtures';

const META_NETWORKS = `metadata.annotations["${NETWORKS}"]`;

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

export const NETWORK_CASES = {
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
} satisfies Partial<Record<LintId, RuleCases>>;
