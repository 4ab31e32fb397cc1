import type { LintId } from '../lintIds';
import type { RuleCases } from './ruleCases';
import { changed, D, goodService, P, singleService } from './services';

const SCALING = { minReplicas: 1, maxReplicas: 3 };
const WORKER = { containers: [{ name: 'main' }] };

export const FIELD_CASES = {
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
} satisfies Partial<Record<LintId, RuleCases>>;
