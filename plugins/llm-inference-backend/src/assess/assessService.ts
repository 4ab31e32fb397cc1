import type {
  KubernetesObject,
  Observation,
  PoolHealth,
  ServingHealth,
} from 'backstage-plugin-llm-inference-common';
import { objectOf, objectsOf, stringOf } from '../store/projection/fields';

/** Judges a service by the pods that are ready in each pool. */
export function assessService(observation: Observation): ServingHealth {
  const { objects, service, now } = observation;
  const resource = objects.find(({ kind }) => kind === 'LLMInferenceService');
  const spec = objectOf(resource?.spec);
  const disaggregated = spec.prefill !== undefined;
  const decode = pool(spec, objects, component => !/prefill/.test(component));
  const prefill = disaggregated
    ? pool(objectOf(spec.prefill), objects, c => /prefill/.test(c))
    : undefined;
  const short = [decode, prefill].some(
    known => known && (known.ready ?? 0) < (known.desired ?? 0),
  );
  const unknown = { state: 'Unknown' as const };
  return {
    service,
    verdict: short ? 'Progressing' : 'Healthy',
    summary: `Decode ${decode.ready} of ${decode.desired} ready${
      prefill ? `, prefill ${prefill.ready} of ${prefill.desired} ready` : ''
    }`,
    disaggregated,
    pools: { decode, ...(prefill ? { prefill } : {}) },
    kvTransfer: {
      configuration: 'Unknown',
      fabric: 'Unverified',
      effectiveness: 'Unmeasurable',
      evidence: [],
    },
    router: {
      scheduler: unknown,
      inferencePool: unknown,
      route: unknown,
      gateway: unknown,
    },
    causes: [],
    conditions: [],
    endpoints: [],
    observedAt: now,
  };
}

function pool(
  spec: Record<string, unknown>,
  objects: KubernetesObject[],
  belongs: (component: string) => boolean,
): PoolHealth {
  const pods = objects.filter(object => {
    const component = object.metadata?.labels?.['app.kubernetes.io/component'];
    return (
      object.kind === 'Pod' &&
      component?.startsWith('llminferenceservice-workload') &&
      belongs(component)
    );
  });
  const health = pods.map(pod => ({
    name: pod.metadata?.name ?? '',
    phase: stringOf(objectOf(pod.status).phase) ?? '',
    ready: objectsOf(objectOf(pod.status).conditions).some(
      ({ type, status }) => type === 'Ready' && status === 'True',
    ),
    terminating: pod.metadata?.deletionTimestamp !== undefined,
    restarts: 0,
  }));
  const ready = health.filter(pod => pod.ready).length;
  return {
    topology: 'SingleNode',
    desired: typeof spec.replicas === 'number' ? spec.replicas : 1,
    updated: health.length,
    ready,
    available: ready,
    restarts: 0,
    pods: health,
  };
}
