import type { LintId } from '../lintIds';
import type { RuleCases } from './ruleCases';
import {
  ARGS,
  changed,
  D,
  devices,
  GPU,
  NETWORKS,
  P,
  singleService,
} from './services';
import { args, consumer, kv, multi, OFFLOAD, producer } from './kvFixtures';

export const KV_POLICY_CASES = {
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
      {
        why: 'the default, shorter than two handovers',
        options: { handoverSeconds: 25 },
        finds: [['info', `${P}.${ARGS}`]],
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
      { why: 'the default, long enough', options: { handoverSeconds: 15 } },
      { why: 'the default, load not known' },
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
} satisfies Partial<Record<LintId, RuleCases>>;
