import type { LINT_IDS } from '../lintIds';
import type { CasesOf } from './ruleCases';
import { ARGS, changed, D, goodService, P, singleService } from './services';

const SCALING = { minReplicas: 1, maxReplicas: 3 };
const WORKER = { containers: [{ name: 'main' }] };

export const SHAPE_CASES: CasesOf<(typeof LINT_IDS.shapeAndApi)[number]> = {
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
  'replicas-xor-scaling': {
    faulty: [
      {
        why: 'both in prefill',
        changes: { 'spec.prefill.scaling': SCALING },
        finds: [['error', 'spec.prefill.replicas']],
      },
    ],
    fine: [
      {
        why: 'one pool fixed, the other scaled',
        changes: {
          'spec.prefill.scaling': SCALING,
          'spec.prefill.replicas': undefined,
        },
      },
    ],
  },
  'scaling-mode-mixed': {
    faulty: [
      {
        why: 'two modes',
        changes: {
          'spec.scaling': { ...SCALING, keda: {} },
          'spec.prefill.scaling': { ...SCALING, wva: { hpa: {} } },
        },
        finds: [['error', 'spec.prefill.scaling']],
      },
      {
        why: 'two actuators',
        changes: {
          'spec.scaling': { ...SCALING, wva: { keda: {} } },
          'spec.prefill.scaling': { ...SCALING, wva: { hpa: {} } },
        },
        finds: [['error', 'spec.prefill.scaling']],
      },
    ],
    fine: [
      {
        why: 'the same in both',
        changes: {
          'spec.scaling': { ...SCALING, wva: { hpa: {} } },
          'spec.prefill.scaling': { ...SCALING, wva: { hpa: {} } },
        },
      },
      {
        why: 'only one pool scaled',
        changes: { 'spec.prefill.scaling': { ...SCALING, keda: {} } },
      },
    ],
  },
  'replicas-zero': {
    faulty: [
      {
        why: 'none in either pool',
        changes: { 'spec.replicas': 0, 'spec.prefill.replicas': 0 },
        finds: [
          ['warning', 'spec.prefill.replicas'],
          ['warning', 'spec.replicas'],
        ],
      },
    ],
    fine: [{ why: 'not set', changes: { 'spec.replicas': undefined } }],
  },
  'prefill-empty': {
    faulty: [
      {
        why: 'nothing but a number of replicas',
        changes: { 'spec.prefill': { replicas: 2 } },
        finds: [['error', 'spec.prefill']],
      },
      {
        why: 'nothing at all',
        changes: { 'spec.prefill': {} },
        finds: [['error', 'spec.prefill']],
      },
    ],
    fine: [
      {
        why: 'a base configuration that may have it',
        changes: { 'spec.prefill': {}, 'spec.baseRefs': [{ name: 'base' }] },
      },
      {
        why: 'a base configuration that has it',
        objects: [
          changed({ 'spec.prefill': {}, 'spec.baseRefs': [{ name: 'base' }] }),
          {
            apiVersion: 'serving.kserve.io/v1alpha2',
            kind: 'LLMInferenceServiceConfig',
            metadata: { name: 'base' },
            spec: goodService().spec,
          },
        ],
      },
      { why: 'no prefill', objects: [singleService()] },
    ],
  },
  'unquoted-scalar': {
    faulty: [
      {
        why: 'a boolean and a number',
        changes: {
          [`${D}.env[0].value`]: true,
          'spec.prefill.template.initContainers': [
            { name: 'x', env: [{ name: 'N', value: 1 }] },
          ],
        },
        finds: [
          ['error', 'spec.prefill.template.initContainers[0].env[0].value'],
          ['error', `${D}.env[0].value`],
        ],
      },
    ],
    fine: [
      {
        why: 'a number in quotes',
        changes: { [`${D}.env[4]`]: { name: 'N', value: '1' } },
      },
    ],
  },
  'protected-label': {
    faulty: [
      {
        why: "the controller's labels",
        changes: {
          'spec.labels': { 'llm-d.ai/role': 'both', team: 'search' },
          'spec.prefill.labels': { 'app.kubernetes.io/name': 'x' },
        },
        finds: [
          ['error', 'spec.labels["llm-d.ai/role"]'],
          ['error', 'spec.prefill.labels["app.kubernetes.io/name"]'],
        ],
      },
    ],
    fine: [
      {
        why: 'a label beside them',
        changes: { 'spec.labels': { 'app.kubernetes.io/version': '1' } },
      },
      {
        why: 'what the controller writes itself',
        changes: {
          'spec.labels': {
            'app.kubernetes.io/name': 'qwen',
            'app.kubernetes.io/part-of': 'llminferenceservice',
            'kserve.io/component': 'workload',
          },
        },
      },
    ],
  },
  'labels-immutable': {
    faulty: [
      {
        why: 'a label changed',
        changes: { 'spec.labels': { team: 'b' } },
        options: { previous: [changed({ 'spec.labels': { team: 'a' } })] },
        finds: [['warning', 'spec.labels']],
      },
      {
        why: 'prefill added',
        options: { previous: [singleService()] },
        finds: [['warning', 'spec.prefill']],
      },
      {
        why: 'prefill removed',
        objects: [singleService()],
        options: { previous: [goodService()] },
        finds: [['warning', 'spec.prefill']],
      },
    ],
    fine: [
      {
        why: 'labels in another order',
        changes: { 'spec.labels': { a: '1', b: '2' } },
        options: { previous: [changed({ 'spec.labels': { b: '2', a: '1' } })] },
      },
      { why: 'a new service', changes: { 'spec.labels': { team: 'a' } } },
      {
        why: 'another service before',
        options: { previous: [singleService({ 'metadata.name': 'other' })] },
      },
    ],
  },
  'annotation-not-propagated': {
    faulty: [
      {
        why: 'an annotation for pods',
        changes: {
          'metadata.annotations': { 'sidecar.istio.io/inject': 'false' },
        },
        finds: [['warning', 'metadata.annotations["sidecar.istio.io/inject"]']],
      },
    ],
    fine: [
      {
        why: 'annotations that KServe hands on, and ones for the object',
        changes: {
          'metadata.annotations': {
            'prometheus.io/scrape': 'true',
            'backstage.io/entity-ref': 'component:default/qwen',
          },
        },
      },
      {
        why: 'where it belongs',
        changes: { 'spec.annotations': { 'sidecar.istio.io/inject': 'false' } },
      },
    ],
  },
  'command-override': {
    faulty: [
      {
        why: 'a command of its own',
        changes: { [`${P}.command`]: ['vllm', 'serve'] },
        finds: [['error', `${P}.command`]],
      },
    ],
    fine: [
      {
        why: 'a command in another container',
        changes: {
          'spec.template.containers[1]': { name: 'logs', command: ['tail'] },
        },
      },
    ],
  },
  'pipeline-preset-missing': {
    faulty: [
      {
        why: 'pipeline over nodes',
        changes: { 'spec.worker': WORKER, 'spec.parallelism': { pipeline: 2 } },
        finds: [['error', 'spec.parallelism.pipeline']],
      },
    ],
    fine: [
      {
        why: 'pipeline on one node',
        changes: { 'spec.parallelism': { pipeline: 2 } },
      },
    ],
  },
  'worker-parallelism': {
    faulty: [
      {
        why: 'a worker without parallelism',
        changes: { 'spec.prefill.worker': WORKER },
        finds: [['error', 'spec.prefill.parallelism']],
      },
      {
        why: 'half of data parallelism',
        changes: { 'spec.worker': WORKER, 'spec.parallelism': { data: 4 } },
        finds: [['error', 'spec.parallelism.data']],
      },
      {
        why: 'both kinds',
        changes: {
          'spec.worker': WORKER,
          'spec.parallelism': { data: 4, dataLocal: 2, pipeline: 2 },
        },
        finds: [['error', 'spec.parallelism']],
      },
    ],
    fine: [
      {
        why: 'data and dataLocal',
        changes: {
          'spec.worker': WORKER,
          'spec.parallelism': { data: 4, dataLocal: 2 },
        },
      },
      {
        why: 'a base configuration that may have the rest',
        changes: { 'spec.worker': WORKER, 'spec.baseRefs': [{ name: 'x' }] },
      },
    ],
  },
  'http-route-gateway-conflict': {
    faulty: [
      {
        why: 'refs and a spec, and the managed gateway',
        changes: {
          'spec.router.route': { http: { refs: [{ name: 'r' }], spec: {} } },
        },
        finds: [
          ['error', 'spec.router.gateway'],
          ['error', 'spec.router.route.http'],
        ],
      },
    ],
    fine: [
      {
        why: 'refs of both',
        changes: {
          'spec.router.route': { http: { refs: [{ name: 'r' }] } },
          'spec.router.gateway': { refs: [{ name: 'g' }] },
        },
      },
    ],
  },
};
