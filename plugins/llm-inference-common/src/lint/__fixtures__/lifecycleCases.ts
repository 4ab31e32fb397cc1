import type { LintId } from '../lintIds';
import type { RuleCases } from './ruleCases';
import { both, D, devices, GPU, P, RDMA, singleService } from './services';

const GIB = 2 ** 30;
const LIMITS = 'resources.limits';
const WORKER = { containers: [{ name: 'main' }] };
const probe = (port: number, scheme?: string) => ({
  httpGet: { path: '/health', port, scheme },
});
const dshm = (sizeLimit?: string) => [
  { name: 'dshm', emptyDir: { medium: 'Memory', sizeLimit } },
];
const tensor = (size: number, more: object = {}) => ({
  ...devices({ [GPU]: String(size), [RDMA]: 1 }),
  'spec.parallelism': { tensor: size, ...more },
  'spec.prefill.parallelism': { tensor: size, ...more },
});

export const LIFECYCLE_CASES = {
  'gpu-tensor-mismatch': {
    faulty: [
      {
        why: 'fewer GPUs than ranks',
        changes: { 'spec.parallelism': { tensor: 2 } },
        finds: [['error', `${D}.${LIMITS}["${GPU}"]`]],
      },
      {
        why: 'ranks by argument',
        changes: { [`${P}.args`]: ['-tp', '4'] },
        finds: [['error', `${P}.${LIMITS}["${GPU}"]`]],
      },
      {
        why: 'GPUs of a multi-node pool',
        changes: {
          'spec.worker': WORKER,
          'spec.parallelism': { tensor: 1, data: 16, dataLocal: 8 },
        },
        finds: [
          ['error', `${D}.${LIMITS}["${GPU}"]`],
          ['error', 'spec.worker.containers[0].resources.limits'],
        ],
      },
      {
        why: 'none, though RDMA is requested',
        changes: devices({ [RDMA]: 1 }, [P]),
        finds: [['error', `${P}.${LIMITS}`]],
      },
    ],
    fine: [
      { why: 'as many as ranks', changes: tensor(4) },
      {
        why: 'tensor times pipeline',
        changes: {
          ...tensor(2, { pipeline: 2 }),
          ...devices({ [GPU]: 4, [RDMA]: 1 }),
        },
      },
      {
        why: 'a CPU service',
        objects: [
          singleService({
            ...devices({}, [D]),
            [`${D}.env`]: [],
            'metadata.annotations': {},
          }),
        ],
      },
      {
        why: 'devices by claim',
        changes: {
          ...devices({}),
          'spec.template.resourceClaims': [{ name: 'gpu' }],
          'spec.prefill.template.resourceClaims': [{ name: 'gpu' }],
        },
      },
      {
        why: 'parallelism that a base configuration may hold',
        changes: {
          ...devices({ [GPU]: 4, [RDMA]: 1 }),
          'spec.baseRefs': [{ name: 'x' }],
        },
      },
    ],
  },
  'tensor-parallel-indivisible': {
    faulty: [
      {
        why: 'heads that do not divide',
        changes: tensor(8),
        options: { architecture: { attentionHeads: 28 } },
        finds: [
          ['error', 'spec.parallelism.tensor'],
          ['error', 'spec.prefill.parallelism.tensor'],
        ],
      },
      {
        why: 'fewer KV heads than ranks',
        changes: tensor(8),
        options: {
          architecture: {
            attentionHeads: 64,
            kv: { kind: 'heads', kvHeads: 4 },
          },
        },
        finds: [
          ['info', 'spec.parallelism.tensor'],
          ['info', 'spec.prefill.parallelism.tensor'],
        ],
      },
    ],
    fine: [
      {
        why: 'a divisor',
        changes: tensor(4),
        options: {
          architecture: {
            attentionHeads: 28,
            kv: { kind: 'heads', kvHeads: 4 },
          },
        },
      },
      { why: 'heads not known', changes: tensor(8) },
    ],
  },
  'kv-cache-too-small': {
    faulty: [
      {
        why: 'an estimate that says so',
        changes: tensor(2),
        options: {
          estimate: ({ tensor: ranks }) => ({
            fits: ranks > 2,
            kvAvailableBytes: GIB,
          }),
        },
        finds: [
          ['error', 'spec.parallelism.tensor'],
          ['error', 'spec.prefill.parallelism.tensor'],
        ],
      },
      {
        why: 'an estimate of a whole plan',
        options: { estimate: ({ name }) => ({ fits: name === 'decode' }) },
        finds: [['error', 'spec.prefill.parallelism.tensor']],
      },
      {
        why: 'a length that does not fit in one pool',
        changes: { [`${P}.args`]: ['--max-model-len=131072'] },
        options: {
          estimate: ({ maxModelTokens = 0 }) => ({
            fits: maxModelTokens < 100_000,
          }),
        },
        finds: [['error', 'spec.prefill.parallelism.tensor']],
      },
    ],
    fine: [
      {
        why: 'an estimate that does not know',
        options: { estimate: () => ({}) },
      },
      { why: 'no estimate' },
    ],
  },
  'host-memory-low': {
    faulty: [
      {
        why: 'less than the weights',
        options: { architecture: { weightBytes: 30 * GIB } },
        finds: [
          ['warning', `${P}.${LIMITS}.memory`],
          ['warning', `${D}.${LIMITS}.memory`],
        ],
      },
    ],
    fine: [
      {
        why: 'room beside them',
        options: { architecture: { weightBytes: 29 * GIB } },
      },
      {
        why: 'no limit',
        changes: both('resources.limits.memory', undefined),
        options: { architecture: { weightBytes: 90 * GIB } },
      },
    ],
  },
  'shared-memory-too-small': {
    faulty: [
      {
        why: "the preset's for several ranks",
        changes: tensor(2),
        finds: [
          ['warning', 'spec.prefill.template.volumes'],
          ['warning', 'spec.template.volumes'],
        ],
      },
      {
        why: 'a small one',
        changes: {
          ...tensor(2),
          'spec.template.volumes': dshm('4Gi'),
          'spec.prefill.template.volumes': dshm('8Gi'),
        },
        finds: [['warning', 'spec.template.volumes[0].emptyDir.sizeLimit']],
      },
      {
        why: 'a volume that nothing mounts',
        changes: { 'spec.template.volumes': [{ name: 'shm', emptyDir: {} }] },
        finds: [['warning', 'spec.template.volumes[0]']],
      },
    ],
    fine: [
      {
        why: 'enough',
        changes: {
          ...tensor(2),
          'spec.template.volumes': dshm('16Gi'),
          'spec.prefill.template.volumes': dshm(),
        },
      },
      { why: 'one rank' },
      {
        why: 'a volume shm that is mounted',
        changes: {
          'spec.template.volumes': [{ name: 'shm', emptyDir: {} }],
          [`${D}.volumeMounts`]: [{ name: 'shm', mountPath: '/dev/shm' }],
        },
      },
    ],
  },
  'startup-budget-exceeded': {
    faulty: [
      {
        why: "a large model with the preset's probe",
        options: { architecture: { weightBytes: 68 * GIB } },
        finds: [
          ['warning', `${P}.startupProbe`, 'unverified'],
          ['warning', `${D}.startupProbe`, 'unverified'],
        ],
      },
    ],
    fine: [
      {
        why: 'a longer budget',
        changes: both('startupProbe', {
          failureThreshold: 120,
          periodSeconds: 30,
        }),
        options: { architecture: { weightBytes: 800 * GIB } },
      },
      {
        why: 'a small model',
        options: { architecture: { weightBytes: 15 * GIB } },
      },
      { why: 'a size not known' },
    ],
  },
  'probe-misconfigured': {
    faulty: [
      {
        why: "the routing sidecar's port on decode",
        changes: { [`${D}.readinessProbe`]: probe(8000) },
        finds: [['error', `${D}.readinessProbe.httpGet.port`]],
      },
      {
        why: 'HTTPS with TLS off',
        changes: { [`${P}.livenessProbe`]: probe(8000, 'HTTPS') },
        options: { tls: false },
        finds: [['error', `${P}.livenessProbe.httpGet.scheme`]],
      },
      {
        why: 'HTTP with TLS on',
        changes: { [`${P}.startupProbe`]: probe(8000) },
        options: { tls: true },
        finds: [['error', `${P}.startupProbe.httpGet.scheme`]],
      },
    ],
    fine: [
      {
        why: 'each with its own port',
        changes: {
          [`${D}.livenessProbe`]: probe(8001),
          [`${P}.livenessProbe`]: probe(8000, 'HTTP'),
        },
        options: { tls: false },
      },
      {
        why: 'HTTPS where TLS is not known',
        changes: { [`${P}.livenessProbe`]: probe(8000, 'HTTPS') },
      },
      {
        why: '8000 without prefill',
        objects: [singleService({ [`${D}.livenessProbe`]: probe(8000) })],
      },
    ],
  },
  'prefill-termination-message': {
    faulty: [
      {
        why: 'not set',
        changes: both('terminationMessagePolicy', undefined),
        finds: [['info', `${P}.terminationMessagePolicy`]],
      },
    ],
    fine: [
      { why: 'set', changes: { [`${D}.terminationMessagePolicy`]: 'File' } },
    ],
  },
  'sidecar-missing': {
    faulty: [
      {
        why: 'the list is replaced',
        changes: {
          'spec.template.initContainers': [
            { $patch: 'replace' },
            { name: 'x' },
          ],
        },
        finds: [['error', 'spec.template.initContainers[0]']],
      },
    ],
    fine: [
      {
        why: 'the list is merged',
        changes: { 'spec.template.initContainers': [{ name: 'x' }] },
      },
      {
        why: 'replaced with the sidecar in it',
        changes: {
          'spec.template.initContainers': [
            { $patch: 'replace' },
            { name: 'llm-d-routing-sidecar' },
          ],
        },
      },
      {
        why: 'replaced in prefill, which has none',
        changes: {
          'spec.prefill.template.initContainers': [{ $patch: 'replace' }],
        },
      },
    ],
  },
  'gpu-memory-utilization': {
    faulty: [
      {
        why: 'nearly all, and little',
        changes: {
          [`${D}.args`]: ['--gpu-memory-utilization=0.98'],
          [`${P}.args`]: ['--gpu-memory-utilization', '0.3'],
        },
        finds: [
          ['warning', `${P}.args[0]`],
          ['warning', `${D}.args[0]`],
        ],
      },
    ],
    fine: [
      {
        why: 'the bounds',
        changes: {
          [`${D}.args`]: ['--gpu-memory-utilization=0.95'],
          [`${P}.args`]: ['--gpu-memory-utilization=0.5'],
        },
      },
      {
        why: 'not a number',
        changes: { [`${D}.args`]: ['--gpu-memory-utilization=x'] },
      },
    ],
  },
  'termination-grace': {
    faulty: [
      {
        why: 'less than the preset',
        changes: { 'spec.template.terminationGracePeriodSeconds': 30 },
        finds: [['info', 'spec.template.terminationGracePeriodSeconds']],
      },
    ],
    fine: [
      {
        why: 'the preset',
        changes: { 'spec.template.terminationGracePeriodSeconds': 60 },
      },
    ],
  },
  'rollout-surge': {
    faulty: [
      {
        why: 'four replicas with GPUs',
        changes: { 'spec.prefill.replicas': 4 },
        finds: [['info', 'spec.prefill.rolloutStrategy']],
      },
    ],
    fine: [
      { why: 'three', changes: { 'spec.prefill.replicas': 3 } },
      {
        why: 'a strategy',
        changes: {
          'spec.replicas': 8,
          'spec.rolloutStrategy': { maxSurge: 0, maxUnavailable: 1 },
        },
      },
      {
        why: 'no GPUs',
        objects: [singleService({ ...devices({}, [D]), 'spec.replicas': 8 })],
      },
    ],
  },
} satisfies Partial<Record<LintId, RuleCases>>;
