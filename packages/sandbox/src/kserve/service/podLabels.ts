import { KubeObject } from '../../cluster/ClusterStore';
import { PodTemplate, PodSpec } from '../kinds';
import { withPodDefaults } from '../workloads/podDefaults';
import { attachModel } from './modelStorage';
import { LlmInferenceService, ServiceSpec, WorkloadSpec } from './serviceSpec';

/** Which pool a workload is: decode stands for the only pool of a service without prefill, too. */
export type PoolName = 'decode' | 'prefill';

const PROPAGATED_ANNOTATIONS = [
  'k8s.v1.cni.cncf.io',
  'kueue.x-k8s.io',
  'prometheus.io',
  'internal.serving.kserve.io/localmodel',
];
const PROPAGATED_LABELS = [
  'kueue.x-k8s.io',
  'internal.serving.kserve.io/localmodel',
];

/** Labels of everything that belongs to a service, with the component that the object is. */
export function componentLabels(service: KubeObject, component: string) {
  return {
    'app.kubernetes.io/part-of': 'llminferenceservice',
    'app.kubernetes.io/name': service.metadata.name,
    'app.kubernetes.io/component': component,
  };
}

/** Labels of the pods that serve requests. */
export function servingLabels(
  service: KubeObject,
  component: string,
  role: string,
) {
  return {
    ...componentLabels(service, component),
    'kserve.io/component': 'workload',
    'llm-d.ai/role': role,
  };
}

/** What metadata of the service its pods get, without what the pool says itself. */
export function propagatedLabels(service: KubeObject): Record<string, string> {
  return pick(service.metadata.labels, PROPAGATED_LABELS);
}

/** Annotations that reach workloads and pods of a pool: the service's own, then the pool's. */
export function poolAnnotations(
  service: KubeObject,
  pool: WorkloadSpec,
  extraPrefixes: string[] = [],
): Record<string, string> {
  return {
    ...pick(service.metadata.annotations, [
      ...PROPAGATED_ANNOTATIONS,
      ...extraPrefixes,
    ]),
    ...pool.annotations,
  };
}

function pick(
  all: Record<string, string> | undefined,
  prefixes: string[],
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(all ?? {}).filter(([key]) =>
      prefixes.some(prefix => key.startsWith(prefix)),
    ),
  );
}

/** A pod template of a pool: labels, annotations, the model attached, defaults filled in. */
export function poolPodTemplate(
  spec: ServiceSpec,
  pod: PodSpec,
  metadata: PodTemplate['metadata'],
): PodTemplate {
  return {
    metadata,
    spec: withPodDefaults(
      attachModel(
        pod,
        spec.model.uri,
        spec.storageInitializer?.enabled !== false,
      ),
    ),
  };
}

/** The pool of a service by name. */
export function poolSpec(spec: ServiceSpec, pool: PoolName): WorkloadSpec {
  return pool === 'prefill' ? spec.prefill ?? {} : spec;
}

/** Role of the pods of a pool as the scheduler filters them. */
export function roleOf(spec: ServiceSpec, pool: PoolName): string {
  if (pool === 'prefill') {
    return 'prefill';
  }
  return spec.prefill ? 'decode' : 'both';
}

/** What a builder of children needs to know. */
export interface BuildContext {
  service: LlmInferenceService;
  /** The merged spec. */
  spec: ServiceSpec;
}
