import type { LintId } from '../lintIds';
import type { RuleCases } from './ruleCases';
import { both, D, devices, GPU, P, RDMA, singleService } from './services';

const GIB = 2 ** 30;
const LIMITS = 'resources.limits';
const WORKER = { containers: [{ name: 'main' }] };
const dshm = (sizeLimit?: string) => [
  { name: 'dshm', emptyDir: { medium: 'Memory', sizeLimit } },
];
const tensor = (size: number, more: object = {}) => ({
  ...devices({ [GPU]: String(size), [RDMA]: 1 }),
  'spec.parallelism': { tensor: size, ...more },
  'spec.prefill.parallelism': { tensor: size, ...more },
});

/** Rules about GPUs, memory and how the engine divides them. */
export const CAPACITY_CASES = {
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
} satisfies Partial<Record<LintId, RuleCases>>;
