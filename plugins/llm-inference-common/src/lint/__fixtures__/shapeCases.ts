import type { LintId } from '../lintIds';
import type { RuleCases } from './ruleCases';
import { ARGS, D, P, singleService } from './services';

const SCALING = { minReplicas: 1, maxReplicas: 3 };
const WORKER = { containers: [{ name: 'main' }] };

export const SHAPE_CASES = {
  'api-version': {
    faulty: [
      {
        why: 'the older version',
        changes: { apiVersion: 'serving.kserve.io/v1alpha1' },
        finds: [['warning', 'apiVersion']],
      },
      {
        why: 'a field that the older version drops',
        changes: {
          apiVersion: 'serving.kserve.io/v1alpha1',
          'spec.prefill.kvCacheOffloading': { cpu: '10Gi' },
        },
        finds: [
          ['error', 'spec.prefill.kvCacheOffloading'],
          ['warning', 'apiVersion'],
        ],
      },
      {
        why: 'a version that does not exist',
        changes: { apiVersion: 'serving.kserve.io/v1' },
        finds: [['error', 'apiVersion']],
      },
    ],
    fine: [
      {
        why: 'a new field in the new version',
        changes: { 'spec.kvCacheOffloading': { cpu: '10Gi' } },
      },
    ],
  },
  'kserve-version-floor': {
    faulty: [
      {
        why: 'presets without a start script',
        options: { kserveVersion: 'v0.17.0' },
        finds: [
          ['error', `${P}.env[0].value`],
          ['error', `${P}.${ARGS}`],
          ['error', `${D}.env[0].value`],
          ['error', `${D}.${ARGS}`],
        ],
      },
      {
        why: 'a KServe without this version of the API',
        objects: [singleService({ [`${D}.env`]: [] })],
        options: { kserveVersion: 'v0.16.0' },
        finds: [['error', 'apiVersion']],
      },
      {
        why: 'fields that came later',
        changes: {
          'spec.scaling': { ...SCALING, keda: {} },
          'spec.tracing': {},
          'spec.router.scheduler.tokenizer': {},
        },
        options: { kserveVersion: '0.19.2' },
        finds: [
          ['error', 'spec.router.scheduler.tokenizer'],
          ['error', 'spec.scaling.keda'],
          ['error', 'spec.tracing'],
        ],
      },
    ],
    fine: [
      {
        why: 'the first version that reads all of it',
        options: { kserveVersion: 'v0.18.0' },
      },
      {
        why: 'a version that is not known',
        options: { kserveVersion: 'latest' },
      },
      { why: 'no version', changes: { 'spec.tracing': {} } },
      {
        why: 'multi-node presets, which had the script before',
        changes: {
          'spec.worker': WORKER,
          'spec.prefill.worker': WORKER,
        },
        options: { kserveVersion: 'v0.17.0' },
      },
    ],
  },
  'template-shape': {
    faulty: [
      {
        why: 'a pod template instead of a pod spec',
        changes: {
          'spec.prefill.template': { spec: { containers: [{ name: 'main' }] } },
        },
        finds: [['error', 'spec.prefill.template.spec']],
      },
      {
        why: 'the same in a worker',
        changes: { 'spec.worker': { spec: {} } },
        finds: [['error', 'spec.worker.spec']],
      },
    ],
    fine: [
      {
        why: 'a field that only ends so',
        changes: { 'spec.template.resourceClaimSpec': {} },
      },
    ],
  },
  'service-name-invalid': {
    faulty: [
      {
        why: 'a dot',
        changes: { 'metadata.name': 'qwen2.5-7b' },
        finds: [['error', 'metadata.name']],
      },
      {
        why: 'a leading digit',
        changes: { 'metadata.name': '7b' },
        finds: [['error', 'metadata.name']],
      },
      {
        why: 'a line break at the end',
        changes: { 'metadata.name': 'qwen\n' },
        finds: [['error', 'metadata.name']],
      },
    ],
    fine: [
      {
        why: 'digits and dashes inside',
        changes: { 'metadata.name': 'q2-5-7b' },
      },
      { why: 'no name yet', changes: { 'metadata.name': undefined } },
    ],
  },
  'service-name-too-long': {
    faulty: [
      {
        why: '39 characters',
        changes: { 'metadata.name': 'a'.repeat(39) },
        finds: [['warning', 'metadata.name']],
      },
      {
        why: '64 characters',
        changes: { 'metadata.name': 'a'.repeat(64) },
        finds: [['error', 'metadata.name']],
      },
    ],
    fine: [
      { why: '38 characters', changes: { 'metadata.name': 'a'.repeat(38) } },
    ],
  },
  'container-name': {
    faulty: [
      {
        why: 'another name',
        changes: { [`${D}.name`]: 'vllm' },
        finds: [['error', 'spec.template.containers[0].name']],
      },
      {
        why: 'main among the init containers only',
        changes: {
          'spec.prefill.template.containers': [{ name: 'engine' }],
          'spec.prefill.template.initContainers': [{ name: 'main' }],
        },
        finds: [['error', 'spec.prefill.template.containers[0].name']],
      },
    ],
    fine: [
      {
        why: 'a second container beside main',
        changes: { 'spec.template.containers[1]': { name: 'logs' } },
      },
    ],
  },
  'go-template-braces': {
    faulty: [
      {
        why: 'a chat template',
        changes: { [`${D}.args`]: ["--chat-template '{{ messages }}'"] },
        finds: [['error', `${D}.args[0]`]],
      },
      {
        why: "a portal's own expression left over",
        changes: { 'spec.model.name': '${{ parameters.name }}' },
        finds: [['error', 'spec.model.name']],
      },
      {
        why: 'braces that never close',
        changes: { 'spec.model.name': 'a{{b' },
        finds: [['error', 'spec.model.name']],
      },
      {
        why: "KServe's own expression, and another",
        changes: { 'spec.model.name': '{{ .Spec.Model.Name }}-{{ x }}' },
        finds: [['error', 'spec.model.name']],
      },
      {
        why: "KServe's own expression",
        changes: { 'spec.model.name': '{{ ChildName .ObjectMeta.Name "-x" }}' },
        finds: [['info', 'spec.model.name']],
      },
    ],
    fine: [
      {
        why: 'closing braces of JSON',
        changes: {
          [`${D}.${ARGS}`]: `--x '{"a":{"b":{}}}'`,
        },
      },
      {
        why: 'braces outside the spec',
        changes: { 'metadata.annotations.note': '{{ nothing }}' },
      },
    ],
  },
  'model-uri-missing': {
    faulty: [
      {
        why: 'no model',
        changes: { 'spec.model': undefined },
        finds: [['error', 'spec.model.uri']],
      },
    ],
    fine: [
      {
        why: 'a base configuration that may have it',
        changes: {
          'spec.model': undefined,
          'spec.baseRefs': [{ name: 'base' }],
        },
      },
    ],
  },
  'model-uri-scheme': {
    faulty: [
      {
        why: 'another scheme',
        changes: { 'spec.model.uri': 'https://huggingface.co/Qwen/Qwen2.5-7B' },
        finds: [['error', 'spec.model.uri']],
      },
      {
        why: 'none',
        changes: { 'spec.model.uri': 'Qwen/Qwen2.5-7B' },
        finds: [['error', 'spec.model.uri']],
      },
    ],
    fine: [
      { why: 'a volume', changes: { 'spec.model.uri': 'pvc://models/qwen' } },
      { why: 'an image', changes: { 'spec.model.uri': 'oci+native://r/m:1' } },
    ],
  },
  'model-name-default': {
    faulty: [
      {
        why: 'no name',
        changes: { 'spec.model.name': undefined },
        finds: [['info', 'spec.model.name']],
      },
    ],
    fine: [{ why: 'a name', changes: { 'spec.model.name': 'qwen' } }],
  },
} satisfies Partial<Record<LintId, RuleCases>>;
