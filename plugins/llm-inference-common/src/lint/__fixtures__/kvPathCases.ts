import type { LintId } from '../lintIds';
import type { RuleCases } from './ruleCases';
import { ARGS, both, D, HOST, P, singleService } from './services';
import { args } from './kvFixtures';

const SCHEDULER = {
  plugins: [
    { type: 'disagg-profile-handler' },
    { type: 'always-disagg-pd-decider' },
  ],
  schedulingProfiles: [{ name: 'prefill' }, { name: 'decode' }],
};

export const KV_PATH_CASES = {
  'side-channel-host-unset': {
    faulty: [
      {
        why: 'unset in prefill',
        changes: { [`${P}.${HOST}`]: { name: 'OTHER', value: 'x' } },
        finds: [['error', `${P}.env`]],
      },
      {
        why: 'a fixed address in decode',
        changes: {
          [`${D}.${HOST}`]: {
            name: 'VLLM_NIXL_SIDE_CHANNEL_HOST',
            value: '0.0.0.0',
          },
        },
        finds: [['error', `${D}.env[1].value`]],
      },
    ],
    fine: [
      {
        why: 'by way of another variable',
        changes: {
          [`${D}.env[4]`]: {
            name: 'POD_IP',
            valueFrom: { fieldRef: { fieldPath: 'status.podIP' } },
          },
          [`${D}.${HOST}`]: {
            name: 'VLLM_NIXL_SIDE_CHANNEL_HOST',
            value: '$(POD_IP)',
          },
        },
      },
      {
        why: 'variables from a source that is not shown',
        changes: {
          [`${P}.${HOST}`]: { name: 'OTHER', value: 'x' },
          [`${P}.envFrom`]: [{}],
        },
      },
      {
        why: 'no Nixl',
        changes: { ...both('env', []) },
      },
    ],
  },
  'side-channel-port-clash': {
    faulty: [
      {
        why: "both on the host's network",
        changes: {
          'spec.template.hostNetwork': true,
          'spec.prefill.template.hostNetwork': true,
        },
        finds: [['warning', 'spec.prefill.template.hostNetwork']],
      },
    ],
    fine: [
      {
        why: 'with different ports',
        changes: {
          'spec.template.hostNetwork': true,
          'spec.prefill.template.hostNetwork': true,
          [`${P}.env[4]`]: {
            name: 'VLLM_NIXL_SIDE_CHANNEL_PORT',
            value: '5700',
          },
        },
      },
      { why: 'only one', changes: { 'spec.template.hostNetwork': true } },
    ],
  },
  'sidecar-connector-mismatch': {
    faulty: [
      {
        why: 'a sidecar for another connector',
        changes: {
          'spec.template.initContainers': [
            {
              name: 'llm-d-routing-sidecar',
              args: ['--kv-connector=mooncake'],
            },
          ],
        },
        finds: [['error', 'spec.template.initContainers[0].args']],
      },
    ],
    fine: [
      {
        why: 'the right one',
        changes: {
          'spec.template.initContainers': [
            {
              name: 'llm-d-routing-sidecar',
              args: ['--kv-connector', 'nixlv2'],
            },
          ],
        },
      },
    ],
  },
  'scheduler-missing': {
    faulty: [
      {
        why: 'a router without one',
        changes: { 'spec.router.scheduler': undefined },
        finds: [['error', 'spec.router.scheduler']],
      },
      {
        why: 'no router',
        changes: { 'spec.router': undefined },
        finds: [['warning', 'spec.router']],
      },
    ],
    fine: [
      {
        why: 'no prefill',
        objects: [singleService({ 'spec.router': undefined })],
      },
      {
        why: 'a base configuration that may have it',
        changes: { 'spec.router': undefined, 'spec.baseRefs': [{ name: 'x' }] },
      },
    ],
  },
  'scheduler-profile-stale': {
    faulty: [
      {
        why: 'a configuration from before prefill',
        changes: {
          'spec.router.scheduler.config.inline': {
            plugins: [{ type: 'single-profile-handler' }],
            schedulingProfiles: [{ name: 'default' }],
          },
        },
        finds: [['warning', 'spec.router.scheduler.config.inline']],
      },
      {
        why: 'the same as text',
        changes: {
          'spec.router.scheduler.template.containers': [
            {
              name: 'main',
              args: ['--config-text', 'schedulingProfiles:\n- name: default\n'],
            },
          ],
        },
        finds: [['warning', 'spec.router.scheduler.template']],
      },
      {
        why: 'a threshold that turns splitting off, and an old name',
        changes: {
          'spec.router.scheduler.config.inline': {
            plugins: [
              { type: 'pd-profile-handler' },
              {
                type: 'prefix-based-pd-decider',
                parameters: { nonCachedTokens: 0 },
              },
            ],
            schedulingProfiles: SCHEDULER.schedulingProfiles,
          },
        },
        finds: [
          ['warning', 'spec.router.scheduler.config.inline.plugins[0].type'],
          [
            'warning',
            'spec.router.scheduler.config.inline.plugins[1].parameters.nonCachedTokens',
          ],
        ],
      },
    ],
    fine: [
      {
        why: 'the profile for disaggregation',
        changes: { 'spec.router.scheduler.config.inline': SCHEDULER },
      },
      {
        why: 'a configuration elsewhere',
        changes: { 'spec.router.scheduler.config.ref': { name: 'epp' } },
      },
    ],
  },
  'kv-parallelism-unsupported': {
    faulty: [
      {
        why: 'prefill larger than decode, attention not known',
        changes: { 'spec.prefill.parallelism': { tensor: 2 } },
        finds: [['warning', 'spec.prefill.parallelism.tensor', 'unverified']],
      },
      {
        why: 'prefill larger than decode, with KV heads',
        changes: { 'spec.prefill.parallelism': { tensor: 2 } },
        options: { architecture: { kv: { kind: 'heads', kvHeads: 4 } } },
        finds: [['error', 'spec.prefill.parallelism.tensor']],
      },
      {
        why: 'decode no multiple of prefill',
        changes: {
          'spec.parallelism': { tensor: 3 },
          'spec.prefill.parallelism': { tensor: 2 },
        },
        options: { architecture: { kv: { kind: 'heads', kvHeads: 4 } } },
        finds: [['error', 'spec.prefill.parallelism.tensor']],
      },
      {
        why: 'a hybrid model of different sizes',
        changes: { 'spec.parallelism': { tensor: 2 } },
        options: { architecture: { hasStateLayers: true } },
        finds: [['error', 'spec.prefill.parallelism.tensor']],
      },
    ],
    fine: [
      {
        why: 'decode larger',
        changes: {
          'spec.parallelism': { tensor: 4 },
          'spec.prefill.parallelism': { tensor: 2 },
        },
      },
      {
        why: 'latent attention',
        changes: { 'spec.prefill.parallelism': { tensor: 2 } },
        options: { architecture: { kv: { kind: 'latent' } } },
      },
    ],
  },
  'kv-block-size': {
    faulty: [
      {
        why: 'larger in prefill',
        changes: args('--block-size 16', '--block-size 64'),
        finds: [['error', `${P}.${ARGS}`]],
      },
      {
        why: 'not dividing',
        changes: args('--block-size 48', '--block-size 32'),
        finds: [['error', `${P}.${ARGS}`]],
      },
      {
        why: 'different in a hybrid model',
        changes: args('--block-size 64', '--block-size 16'),
        options: { architecture: { hasStateLayers: true } },
        finds: [['error', `${P}.${ARGS}`]],
      },
    ],
    fine: [
      {
        why: 'a multiple',
        changes: args('--block-size 64', '--block-size 16'),
      },
      { why: 'only one known', changes: args('', '--block-size 64') },
    ],
  },
} satisfies Partial<Record<LintId, RuleCases>>;
