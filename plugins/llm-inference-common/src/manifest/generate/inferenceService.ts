import { ENTITY_REF_ANNOTATION, STOP_ANNOTATION } from '../../api/annotations';
import type { KubernetesObject } from '../../resource/KubernetesObject';
import type { PdServiceSpec } from '../spec/PdServiceSpec';
import type { PoolSpec, ScalingSpec } from '../spec/PoolSpec';
import { entityRefOf, type PoolName } from './names';
import { podTemplate } from './podTemplate';
import { schedulerConfig } from './schedulerConfig';

/** Annotation of Multus; on the metadata of the service it reaches the pods of both pools. */
export const NETWORKS_ANNOTATION = 'k8s.v1.cni.cncf.io/networks';

/** Label of Kueue; one of the few that KServe hands on to the pods. */
export const QUEUE_LABEL = 'kueue.x-k8s.io/queue-name';

/** The LLMInferenceService of a spec. Key order is fixed: equal specs give equal text. */
export function inferenceService(spec: PdServiceSpec): KubernetesObject {
  const { fabric, model, router, pods } = spec;
  const scheduler = schedulerConfig(spec);
  return {
    apiVersion: 'serving.kserve.io/v1alpha2',
    kind: 'LLMInferenceService',
    metadata: {
      name: spec.name,
      namespace: spec.namespace,
      ...(pods.queue && { labels: { [QUEUE_LABEL]: pods.queue } }),
      annotations: {
        [ENTITY_REF_ANNOTATION]: entityRefOf(spec),
        ...(fabric.networks && {
          [NETWORKS_ANNOTATION]: fabric.networks.join(','),
        }),
        ...(spec.stopped && { [STOP_ANNOTATION]: 'true' }),
      },
    },
    spec: {
      model: {
        uri: model.uri,
        name: model.name,
        ...(model.lora && {
          lora: {
            adapters: model.lora.adapters.map(({ name, uri }) => ({
              name,
              uri,
            })),
            ...(model.lora.maxRank && { maxRank: model.lora.maxRank }),
          },
        }),
      },
      ...workload(spec, 'decode'),
      prefill: workload(spec, 'prefill'),
      router: {
        route: {},
        gateway: router.gateways ? { refs: router.gateways } : {},
        scheduler: scheduler ? { config: { inline: scheduler } } : {},
      },
    },
  };
}

function workload(spec: PdServiceSpec, name: PoolName) {
  const pool = spec[name];
  return {
    ...(pool.replicas !== undefined && { replicas: pool.replicas }),
    ...(pool.scaling && { scaling: scaling(pool.scaling) }),
    parallelism: parallelism(pool),
    template: podTemplate(spec, name, 'serving'),
    ...(pool.multiNode && { worker: podTemplate(spec, name, 'worker') }),
  };
}

/**
 * KServe's start script for one node passes on the tensor parallelism only; the rest is given to the engine
 * directly, and not a second time here.
 */
function parallelism({ parallelism: degrees, multiNode }: PoolSpec) {
  return multiNode ? degrees : { tensor: degrees.tensor };
}

function scaling({
  minReplicas,
  maxReplicas,
  mode,
  variantCost,
  triggers,
}: ScalingSpec) {
  const wva = (actuator: 'hpa' | 'keda') => ({
    wva: { ...(variantCost && { variantCost }), [actuator]: {} },
  });
  return {
    minReplicas,
    maxReplicas,
    ...(mode === 'wva-hpa' && wva('hpa')),
    ...(mode === 'wva-keda' && wva('keda')),
    ...(mode === 'keda' && { keda: { triggers } }),
  };
}
