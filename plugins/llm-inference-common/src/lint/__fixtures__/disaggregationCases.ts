import type { LINT_IDS } from '../lintIds';
import type { CasesOf } from './ruleCases';
import {
  ARGS,
  both,
  changed,
  D,
  devices,
  GPU,
  HOST,
  kvArgument,
  NETWORKS,
  P,
  singleService,
} from './services';

const NIXL = { kv_connector: 'NixlConnector' };
const consumer = { ...NIXL, kv_role: 'kv_consumer' };
const producer = { ...NIXL, kv_role: 'kv_producer' };
const OFFLOAD = { kv_connector: 'OffloadingConnector', kv_role: 'kv_both' };
const multi = (...connectors: object[]) => ({
  kv_connector: 'MultiConnector',
  kv_role: 'kv_both',
  kv_connector_extra_config: { connectors },
});

/** Changes of the arguments of both engines, after the KV configuration. */
const args = (decode: string, prefill = decode) => ({
  [`${D}.${ARGS}`]: `${kvArgument(consumer)} ${decode}`.trim(),
  [`${P}.${ARGS}`]: `${kvArgument(producer)} ${prefill}`.trim(),
});

/** Changes of the KV configuration of both engines. */
const kv = (decode: object, prefill: object) => ({
  [`${D}.${ARGS}`]: kvArgument(decode),
  [`${P}.${ARGS}`]: kvArgument(prefill),
});

const SCHEDULER = {
  plugins: [
    { type: 'disagg-profile-handler' },
    { type: 'always-disagg-pd-decider' },
  ],
  schedulingProfiles: [{ name: 'prefill' }, { name: 'decode' }],
};

const WORKER = { 'spec.worker': { containers: [{ name: 'main' }] } };

export const DISAGGREGATION_CASES: CasesOf<
  (typeof LINT_IDS.disaggregation)[number]
> = {
  'kv-connector-missing': {
    faulty: [
      {
        why: 'neither engine has one',
        changes: both('env', []),
        finds: [
          ['error', P],
          ['error', D],
        ],
      },
      {
        why: 'decode inherits nothing either',
        changes: { 'spec.template': undefined },
        finds: [['error', 'spec.template']],
      },
      {
        why: 'the worker has none',
        changes: WORKER,
        finds: [['error', 'spec.worker.containers[0]']],
      },
      {
        why: 'only the offloading connector',
        changes: kv(OFFLOAD, producer),
        finds: [['error', D]],
      },
      {
        why: 'a KServe that adds it',
        changes: { [`${D}.env`]: [] },
        options: { kserveVersion: 'v0.21.0' },
        finds: [['info', D]],
      },
    ],
    fine: [
      { why: 'no prefill', objects: [singleService({ [`${D}.env`]: [] })] },
      {
        why: 'arguments from a ConfigMap, which cannot be seen',
        changes: {
          [`${D}.env[2]`]: {
            name: 'VLLM_ADDITIONAL_ARGS',
            valueFrom: { configMapKeyRef: { name: 'args', key: 'decode' } },
          },
        },
      },
      {
        why: 'in args instead of the variable',
        changes: {
          [`${D}.env[2]`]: undefined,
          [`${D}.args`]: [
            '--kv_transfer_config',
            `'${JSON.stringify(consumer)}'`,
          ],
        },
      },
      {
        why: 'inside a MultiConnector',
        changes: kv(multi(consumer, OFFLOAD), multi(producer, OFFLOAD)),
      },
      {
        why: 'base configurations that may have it',
        changes: {
          'spec.baseRefs': [{ name: 'x' }],
          'spec.template': undefined,
        },
      },
      {
        why: 'an empty prefill, which is its own finding',
        changes: { 'spec.prefill': {} },
      },
    ],
  },
  'kv-role-mismatch': {
    faulty: [
      {
        why: 'two consumers',
        changes: kv(consumer, consumer),
        finds: [['error', `${P}.${ARGS}`]],
      },
      {
        why: 'swapped',
        changes: kv(producer, consumer),
        finds: [['error', `${D}.${ARGS}`]],
      },
      {
        why: 'two connectors',
        changes: kv(consumer, {
          kv_connector: 'MooncakeConnector',
          kv_role: 'kv_producer',
        }),
        finds: [['error', `${P}.${ARGS}`]],
      },
    ],
    fine: [
      {
        why: 'kv_both goes with any role',
        changes: kv({ ...NIXL, kv_role: 'kv_both' }, producer),
      },
      {
        why: 'two names of one connector',
        changes: kv(consumer, {
          kv_connector: 'NixlPullConnector',
          kv_role: 'kv_producer',
        }),
      },
    ],
  },
  'kv-both-deprecated': {
    faulty: [
      {
        why: 'in both engines',
        changes: kv(
          { ...NIXL, kv_role: 'kv_both' },
          { ...NIXL, kv_role: 'kv_both' },
        ),
        finds: [
          ['warning', `${P}.${ARGS}`],
          ['warning', `${D}.${ARGS}`],
        ],
      },
    ],
    fine: [
      {
        why: 'around two members with roles of their own',
        changes: kv(multi(consumer, OFFLOAD), multi(producer, OFFLOAD)),
      },
    ],
  },
  'kv-config-quoting': {
    faulty: [
      {
        why: 'no quotes',
        changes: {
          [`${D}.${ARGS}`]:
            '--kv-transfer-config {"kv_connector":"NixlConnector","kv_role":"kv_consumer"}',
        },
        finds: [['error', `${D}.${ARGS}`]],
      },
      {
        why: 'double quotes',
        changes: {
          [`${D}.${ARGS}`]: `--kv-transfer-config "${JSON.stringify(
            consumer,
          ).replace(/"/g, '\\"')}"`,
        },
        finds: [['error', `${D}.${ARGS}`]],
      },
      {
        why: 'broken JSON',
        changes: {
          [`${D}.${ARGS}`]: `--kv-transfer-config '{"kv_connector":}'`,
        },
        finds: [['error', `${D}.${ARGS}`]],
      },
      {
        why: 'typographic quotes',
        changes: {
          [`${D}.${ARGS}`]: '--kv-transfer-config \u2018{}\u2019',
        },
        finds: [['error', `${D}.${ARGS}`]],
      },
      {
        why: 'an element of args, which is evaluated like the rest',
        changes: { [`${D}.args`]: ['--compilation-config', '{"level":3}'] },
        finds: [['error', `${D}.args[0]`]],
      },
    ],
    fine: [
      {
        why: 'single quotes after an equals sign',
        changes: { [`${D}.args`]: [`--compilation-config='{"level":3}'`] },
      },
      {
        why: "an expression of KServe's templates",
        changes: { [`${D}.args`]: ['--seed {{ .Spec.Replicas }}'] },
      },
      {
        why: 'a container that runs its arguments without a shell',
        changes: {
          [`${D}.command`]: ['vllm'],
          [`${D}.args`]: ['--compilation-config', '{"level":3}'],
        },
      },
      {
        why: 'the dotted form, which needs none',
        changes: {
          [`${D}.${ARGS}`]:
            '--kv-transfer-config.kv_connector NixlConnector --kv-transfer-config.kv_role kv_consumer',
        },
      },
    ],
  },
  'shell-metacharacters': {
    faulty: [
      {
        why: 'a command substitution',
        changes: args('--seed $(id -u)', ''),
        finds: [['error', `${D}.${ARGS}`]],
      },
      {
        why: 'a second command in args',
        changes: { [`${P}.args`]: ['--seed 1', '; rm -rf /'] },
        finds: [['error', `${P}.args[1]`]],
      },
      {
        why: 'a quote that never closes',
        changes: args("--seed 'x", ''),
        finds: [['error', `${D}.${ARGS}`]],
      },
      {
        why: 'a model name, which the script does not quote',
        changes: { 'spec.model.name': 'qwen;id' },
        finds: [['error', 'spec.model.name']],
      },
      {
        why: 'the name of an adapter',
        changes: {
          'spec.model.lora': { adapters: [{ name: 'a b', uri: 'hf://x/y' }] },
        },
        finds: [['error', 'spec.model.lora.adapters[0].name']],
      },
    ],
    fine: [
      {
        why: 'the same in single quotes',
        changes: args("--seed '$(id -u); `x` | & < >'"),
      },
      {
        why: 'args of a container without the script',
        changes: { [`${D}.command`]: ['vllm'], [`${D}.args`]: ['$(X)'] },
      },
    ],
  },
  'argument-duplicated': {
    faulty: [
      {
        why: 'tensor parallelism twice',
        changes: { ...args('-tp 2', ''), 'spec.parallelism': { tensor: 2 } },
        finds: [['error', `${D}.${ARGS}`]],
      },
      {
        why: "the controller's own arguments",
        changes: { [`${P}.args`]: ['--port', '8000', '--ssl-keyfile=/x'] },
        finds: [
          ['warning', `${P}.args[0]`],
          ['warning', `${P}.args[2]`],
        ],
      },
    ],
    fine: [
      {
        why: "a container without the controller's script",
        changes: { [`${D}.command`]: ['vllm'], [`${D}.args`]: ['--port=8001'] },
      },
      {
        why: 'tensor parallelism as an argument only',
        changes: args('--tensor-parallel-size 1'),
      },
      { why: 'a flag that begins alike', changes: args('--portable') },
    ],
  },
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
  'pools-inconsistent': {
    faulty: [
      {
        why: 'two images',
        changes: { [`${P}.image`]: `x@sha256:${'b'.repeat(64)}` },
        finds: [['error', `${P}.image`]],
      },
      {
        why: 'two cache types and two backends',
        changes: {
          ...args('--kv-cache-dtype fp8', '--kv_cache_dtype auto'),
          [`${D}.env[4]`]: {
            name: 'VLLM_ATTENTION_BACKEND',
            value: 'FLASHINFER',
          },
          [`${P}.env[4]`]: {
            name: 'VLLM_ATTENTION_BACKEND',
            value: 'FLASH_ATTN',
          },
        },
        finds: [
          ['error', `${P}.${ARGS}`],
          ['error', `${P}.env[4].value`],
        ],
      },
      {
        why: 'MultiConnector on one side',
        changes: kv(multi(consumer, OFFLOAD), producer),
        finds: [['error', `${P}.${ARGS}`]],
      },
      {
        why: 'one pool silent',
        changes: args('--max-model-len 8192', ''),
        finds: [['info', `${D}.${ARGS}`, 'unverified']],
      },
    ],
    fine: [
      {
        why: 'one digest under two tags',
        changes: {
          [`${D}.image`]: `a/b:1@sha256:${'c'.repeat(64)}`,
          [`${P}.image`]: `a/b:2@sha256:${'c'.repeat(64)}`,
        },
      },
      {
        why: 'one JSON with other spaces',
        changes: args(
          `--speculative-config '{"a": 1}'`,
          `--speculative-config '{"a":1}'`,
        ),
      },
      {
        why: 'one backend in other letters',
        changes: {
          ...args(
            '--attention-backend flashinfer',
            '--attention-backend FLASHINFER',
          ),
        },
      },
    ],
  },
  'handshake-check-disabled': {
    faulty: [
      {
        why: 'in both',
        changes: kv(
          {
            ...consumer,
            kv_connector_extra_config: { enforce_handshake_compat: false },
          },
          {
            ...producer,
            kv_connector_extra_config: { enforce_handshake_compat: false },
          },
        ),
        finds: [
          ['warning', `${P}.${ARGS}`],
          ['warning', `${D}.${ARGS}`],
        ],
      },
    ],
    fine: [
      {
        why: 'said to be on',
        changes: kv(
          {
            ...consumer,
            kv_connector_extra_config: { enforce_handshake_compat: true },
          },
          {
            ...producer,
            kv_connector_extra_config: { enforce_handshake_compat: true },
          },
        ),
      },
    ],
  },
  'kv-load-policy-recompute': {
    faulty: [
      {
        why: 'in decode',
        changes: kv(
          { ...consumer, kv_load_failure_policy: 'recompute' },
          producer,
        ),
        finds: [['info', `${D}.${ARGS}`]],
      },
    ],
    fine: [
      {
        why: 'the default, said aloud',
        changes: kv({ ...consumer, kv_load_failure_policy: 'fail' }, producer),
      },
    ],
  },
  'lease-short': {
    faulty: [
      {
        why: 'shorter than two handovers',
        changes: kv(consumer, {
          ...producer,
          kv_connector_extra_config: { kv_lease_duration: 40 },
        }),
        options: { handoverSeconds: 25 },
        finds: [['info', `${P}.${ARGS}`]],
      },
      {
        why: 'shorter than the default, load not known',
        changes: kv(consumer, {
          ...producer,
          kv_connector_extra_config: { kv_lease_duration: 10 },
        }),
        finds: [['info', `${P}.${ARGS}`, 'unverified']],
      },
    ],
    fine: [
      {
        why: 'long enough',
        changes: kv(consumer, {
          ...producer,
          kv_connector_extra_config: { kv_lease_duration: 50 },
        }),
        options: { handoverSeconds: 25 },
      },
      { why: 'not set', options: { handoverSeconds: 25 } },
    ],
  },
  'offloading-dropped': {
    faulty: [
      {
        why: 'Nixl alone',
        changes: { 'spec.kvCacheOffloading': { cpu: '10Gi' } },
        finds: [['error', 'spec.kvCacheOffloading']],
      },
    ],
    fine: [
      {
        why: 'both in a MultiConnector',
        changes: {
          'spec.kvCacheOffloading': { cpu: '10Gi' },
          ...kv(multi(consumer, OFFLOAD), multi(producer, OFFLOAD)),
        },
      },
      {
        why: 'no KV configuration of its own',
        objects: [
          singleService({
            'spec.kvCacheOffloading': { cpu: '10Gi' },
            [`${D}.env`]: [],
          }),
        ],
      },
    ],
  },
  'quantized-kv-scales': {
    faulty: [
      {
        why: 'calculated while running',
        changes: args('--calculate-kv-scales --kv-cache-dtype fp8', ''),
        finds: [['error', `${D}.${ARGS}`]],
      },
      {
        why: 'scales per token',
        changes: args('', '--kv-cache-dtype fp8_per_token_head'),
        finds: [['error', `${P}.${ARGS}`]],
      },
    ],
    fine: [
      { why: 'fixed scales', changes: args('--kv-cache-dtype fp8') },
      {
        why: 'no prefill',
        objects: [singleService({ [`${D}.args`]: ['--calculate-kv-scales'] })],
      },
    ],
  },
  'encoder-decoder': {
    faulty: [
      {
        why: 'such a model',
        options: { architecture: { encoderDecoder: true } },
        finds: [['error', 'spec.model.uri']],
      },
    ],
    fine: [
      { why: 'another', options: { architecture: { encoderDecoder: false } } },
      {
        why: 'without prefill',
        objects: [singleService()],
        options: { architecture: { encoderDecoder: true } },
      },
    ],
  },
  'disaggregation-not-worth-it': {
    faulty: [
      {
        why: 'short prompts',
        options: { promptTokens: 400 },
        finds: [['info', 'spec.prefill']],
      },
      {
        why: 'no RDMA and a small model',
        objects: [changed(devices({ [GPU]: '1' }))],
        options: { architecture: { parameters: 5e8 } },
        finds: [['info', 'spec.prefill']],
      },
    ],
    fine: [
      { why: 'long prompts', options: { promptTokens: 2000 } },
      {
        why: 'devices by claim',
        changes: {
          ...devices({ [GPU]: '1' }),
          'spec.template.resourceClaims': [{ name: 'nic' }],
        },
      },
      {
        why: 'the RDMA resource of another cluster',
        changes: {
          ...devices({ [GPU]: '1', 'openshift.io/p2rdma': 1 }),
          [`metadata.annotations["${NETWORKS}"]`]: 'p2',
        },
      },
    ],
  },
};
