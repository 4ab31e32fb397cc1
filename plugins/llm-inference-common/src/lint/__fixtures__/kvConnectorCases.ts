import type { LintId } from '../lintIds';
import type { RuleCases } from './ruleCases';
import { ARGS, both, D, P, singleService } from './services';
import {
  args,
  consumer,
  kv,
  multi,
  NIXL,
  OFFLOAD,
  producer,
} from './kvFixtures';

const WORKER = { 'spec.worker': { containers: [{ name: 'main' }] } };

export const KV_CONNECTOR_CASES = {
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
} satisfies Partial<Record<LintId, RuleCases>>;
