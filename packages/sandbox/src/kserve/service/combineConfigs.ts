import { ClusterStore } from '../../cluster/ClusterStore';
import { isRecord } from '../../cluster/json';
import { strategicMergePatch } from '../../kubernetes/patch/strategicMerge';
import { RESOURCES } from '../kinds';
import { KSERVE_NAMESPACE, PRESETS } from './presets';
import { LlmInferenceService, ServiceSpec, WorkloadSpec } from './serviceSpec';
import { replaceVariables, TemplateError } from './variables';

/** A configuration that took part in the merge. */
export interface AppliedConfig {
  name: string;
  namespace: string;
  source: 'Preset' | 'UserRef';
}

/** What comes out of presets, base configurations and the service's own spec. */
export type Combined =
  | { ok: true; spec: ServiceSpec; appliedConfigs: AppliedConfig[] }
  | { ok: false; reason: string; message: string };

class ConfigNotFound extends Error {}

/**
 * Merges presets, then base configurations in their order, then the service's own spec, and executes
 * the template expressions of the result. Prefill inherits nothing from `spec.template`.
 */
export function combineConfigs(
  store: ClusterStore,
  service: LlmInferenceService,
): Combined {
  const namespace = service.metadata.namespace ?? '';
  const find = (name: string, source: AppliedConfig['source']) => {
    for (const candidate of [namespace, KSERVE_NAMESPACE]) {
      const config = store.get(RESOURCES.serviceConfig, name, candidate);
      if (config && isRecord(config.spec)) {
        return { name, namespace: candidate, source, spec: config.spec };
      }
    }
    throw new ConfigNotFound(
      `LLMInferenceServiceConfig "${name}" not found in namespaces [${namespace} ${KSERVE_NAMESPACE}]`,
    );
  };
  try {
    const bases = (service.spec.baseRefs ?? []).map(ref =>
      find(ref.name, 'UserRef'),
    );
    const wanted = mergeAll([...bases.map(base => base.spec), service.spec]);
    const presets = presetsFor(wanted).map(name => find(name, 'Preset'));
    const merged = mergeAll([...presets.map(p => p.spec), wanted]);
    const { baseRefs: _baseRefs, ...spec } = merged;
    return {
      ok: true,
      spec: replaceVariables(spec, { ...service, spec: wanted }),
      appliedConfigs: [...presets, ...bases].map(
        ({ name, namespace: where, source }) => ({
          name,
          namespace: where,
          source,
        }),
      ),
    };
  } catch (error) {
    if (error instanceof ConfigNotFound) {
      return { ok: false, reason: 'ConfigNotFound', message: error.message };
    }
    if (error instanceof TemplateError) {
      return {
        ok: false,
        reason: 'CombineBaseError',
        message: `failed to combine base-configurations: failed to replace variables: ${error.message}`,
      };
    }
    throw error;
  }
}

function mergeAll(specs: unknown[]): ServiceSpec {
  return specs.reduce((base, overlay) =>
    strategicMergePatch(base, overlay),
  ) as ServiceSpec;
}

function presetsFor(spec: ServiceSpec): string[] {
  const presets: string[] = [];
  if (spec.prefill) {
    presets.push(PRESETS.decode);
    if (spec.worker) {
      presets.push(
        pipelined(spec) ? PRESETS.decodeWorkerPipeline : PRESETS.decodeWorker,
      );
    }
    presets.push(PRESETS.prefill);
    if (spec.prefill.worker) {
      presets.push(
        pipelined(spec.prefill)
          ? PRESETS.prefillWorkerPipeline
          : PRESETS.prefillWorker,
      );
    }
  } else {
    presets.push(PRESETS.single);
    if (spec.worker) {
      presets.push(pipelined(spec) ? PRESETS.workerPipeline : PRESETS.worker);
    }
  }
  if (spec.router?.route && !spec.router.route.http?.refs) {
    presets.push(PRESETS.route);
  }
  if (spec.router?.scheduler && !spec.router.scheduler.pool?.ref) {
    presets.push(PRESETS.scheduler);
  }
  return presets;
}

function pipelined(pool: WorkloadSpec): boolean {
  return (pool.parallelism?.pipeline ?? 0) > 1;
}
