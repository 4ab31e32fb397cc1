import { isRecord } from '../../cluster/json';
import { KubeObject } from '../../cluster/ClusterStore';
import { Condition, PodSpec } from '../kinds';

/** One pool of engines as the resource describes it. */
export interface WorkloadSpec {
  replicas?: number;
  scaling?: {
    minReplicas?: number;
    maxReplicas?: number;
    wva?: unknown;
    keda?: unknown;
  };
  parallelism?: {
    tensor?: number;
    pipeline?: number;
    data?: number;
    dataLocal?: number;
    expert?: boolean;
  };
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  template?: PodSpec;
  worker?: PodSpec;
}

/** Spec of an LLMInferenceService; the inline pool decodes where there is a prefill pool. */
export interface ServiceSpec extends WorkloadSpec {
  model: { uri: string; name?: string };
  storageInitializer?: { enabled?: boolean };
  prefill?: WorkloadSpec;
  router?: {
    route?: { http?: { refs?: unknown[]; spec?: RouteSpec } };
    gateway?: {
      refs?: { name: string; namespace?: string; sectionName?: string }[];
    };
    scheduler?: {
      pool?: { spec?: unknown; ref?: { name: string } };
      template?: PodSpec;
      labels?: Record<string, string>;
      annotations?: Record<string, string>;
      config?: { inline?: unknown; ref?: { name: string; key?: string } };
      replicas?: number;
    };
  };
  baseRefs?: { name: string }[];
}

/** Spec of an HTTPRoute, as far as it is looked into. */
export interface RouteSpec {
  parentRefs?: { name: string; namespace?: string }[];
  rules?: unknown[];
  [field: string]: unknown;
}

/** An LLMInferenceService of v1alpha2. */
export interface LlmInferenceService extends KubeObject {
  spec: ServiceSpec;
  status?: {
    observedGeneration?: number;
    conditions?: Condition[];
    url?: string;
    [field: string]: unknown;
  };
}

/**
 * Reads an object as a service. The API server lets only schema-valid objects in where it was given
 * the schema; without it this is the last place to say what is missing.
 */
export function asService(object: KubeObject): LlmInferenceService {
  const spec = object.spec;
  if (!isRecord(spec) || !isRecord(spec.model)) {
    throw new Error('spec.model: Required value');
  }
  if (typeof spec.model.uri !== 'string') {
    throw new Error('spec.model.uri: Required value');
  }
  return object as LlmInferenceService;
}

/** Whether the stop annotation is set, in any letter case. */
export function isStopped(service: KubeObject): boolean {
  const value = service.metadata.annotations?.['serving.kserve.io/stop'];
  return value?.toLowerCase() === 'true';
}

/** Name under which the model is served. */
export function modelName(service: LlmInferenceService): string {
  return service.spec.model.name ?? service.metadata.name;
}

/** How many pods form one replica of a pool; more than one means a LeaderWorkerSet. */
export function groupSize(pool: WorkloadSpec): number {
  const { data, dataLocal, pipeline } = pool.parallelism ?? {};
  if (data && dataLocal) {
    return Math.max(1, Math.ceil(data / dataLocal));
  }
  return pipeline ?? 1;
}
