import {
  DAYS,
  type Fixture,
  NAME,
  NAMESPACE,
  SUFFIXES,
  ago,
} from './fixtureBasics';
import { makeMain } from './podFixtures';

export function makeResource({
  decode,
  prefill,
}: Record<string, number>): Fixture {
  return {
    apiVersion: 'serving.kserve.io/v1alpha2',
    kind: 'LLMInferenceService',
    metadata: {
      name: NAME,
      namespace: NAMESPACE,
      uid: 'uid-service',
      generation: 2,
      creationTimestamp: ago(DAYS),
      annotations: { 'k8s.v1.cni.cncf.io/networks': 'roce-p2' },
    },
    spec: {
      model: { uri: 'hf://Qwen/Qwen2.5-7B-Instruct', name: 'Qwen/Qwen2.5-7B' },
      replicas: decode,
      template: { containers: [makeMain('decode')] },
      prefill: {
        replicas: prefill,
        template: { containers: [makeMain('prefill')] },
      },
      router: { route: {}, gateway: {}, scheduler: {} },
    },
    status: {
      observedGeneration: 2,
      url: 'http://203.0.113.14/llm/qwen',
      conditions: [
        'PresetsCombined',
        'Ready',
        'WorkloadsReady',
        'MainWorkloadReady',
        'PrefillWorkloadReady',
        'RouterReady',
        'SchedulerWorkloadReady',
        'InferencePoolReady',
        'HTTPRoutesReady',
      ].map(type => ({
        type,
        status: 'True',
        lastTransitionTime: ago(DAYS - 6),
      })),
      workloads: {
        primary: { kind: 'Deployment', name: `${NAME}${SUFFIXES.decode}` },
        prefill: { kind: 'Deployment', name: `${NAME}${SUFFIXES.prefill}` },
        scheduler: { kind: 'Deployment', name: `${NAME}${SUFFIXES.scheduler}` },
      },
      addresses: [
        { name: 'gateway-external', url: 'http://203.0.113.14/llm/qwen' },
      ],
    },
  };
}
