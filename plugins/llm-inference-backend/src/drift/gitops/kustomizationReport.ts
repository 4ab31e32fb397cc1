import { redactText } from 'backstage-plugin-llm-inference-common';
import type {
  GitOpsState,
  KubernetesObject,
} from 'backstage-plugin-llm-inference-common';
import { objectOf, objectsOf, stringOf } from '../../store/projection/fields';
import type { JsonObject } from '../../store/projection/fields';
import type { ControllerReport } from './ControllerReport';
import { pathKey } from './ControllerReport';

/** Ids of the inventory: `<namespace>_<name>_<group>_<kind>`. */
const INVENTORY_ID =
  /^([^_]*)_([^_]+)_serving\.kserve\.io_LLMInferenceService$/;

/** Messages name the object that was refused: `LLMInferenceService/llm/qwen dry-run failed: …`. */
const REFUSED = /LLMInferenceService\/([^/\s]+)\/([^\s:]+)/g;

/**
 * Reads a Kustomization of Flux; it applies to the cluster that it is in, unless it brings a kubeconfig.
 *
 * @param repositories - keys of repositories by `<namespace>/<name>` of their GitRepository
 */
export function kustomizationReport(
  kustomization: KubernetesObject,
  cluster: string,
  repositories: ReadonlyMap<string, string>,
): ControllerReport {
  const spec = objectOf(kustomization.spec);
  const status = objectOf(kustomization.status);
  const ready = condition(status, 'Ready');
  const applied = objectsOf(objectOf(status.inventory).entries).flatMap(
    ({ id }) => {
      const match = INVENTORY_ID.exec(stringOf(id) ?? '');
      return match ? [`${match[1]}/${match[2]}`] : [];
    },
  );
  const refused = [...(stringOf(ready?.message) ?? '').matchAll(REFUSED)].map(
    ([, namespace, name]) => `${namespace}/${name}`,
  );
  const { name, namespace } = objectOf(spec.sourceRef);
  const repository = repositories.get(
    `${stringOf(namespace) ?? kustomization.metadata?.namespace}/${name}`,
  );
  return {
    ...(spec.kubeConfig === undefined ? { target: cluster } : {}),
    sources: repository
      ? [{ repository, path: pathKey(stringOf(spec.path) ?? '') }]
      : [],
    services: [...new Set([...applied, ...refused])],
    stateOf: () => stateOf(kustomization, cluster, spec, status),
  };
}

function stateOf(
  { metadata }: KubernetesObject,
  cluster: string,
  spec: JsonObject,
  status: JsonObject,
): GitOpsState {
  const ready = condition(status, 'Ready');
  const healthy = condition(status, 'Healthy');
  const sync = syncOf(spec, ready);
  const revision =
    sync === 'Synced'
      ? stringOf(status.lastAppliedRevision)
      : stringOf(status.lastAttemptedRevision) ??
        stringOf(status.lastAppliedRevision);
  const message =
    spec.suspend === true
      ? 'The Kustomization is suspended'
      : stringOf(ready?.message);
  const at = stringOf(ready?.lastTransitionTime);
  return {
    tool: 'Flux',
    kind: 'Kustomization',
    namespace: metadata?.namespace ?? '',
    name: metadata?.name ?? '',
    cluster,
    sync,
    ...(healthy
      ? { health: healthy.status === 'True' ? 'Healthy' : 'Unhealthy' }
      : {}),
    ...(revision ? { revision } : {}),
    ...(message && sync !== 'Synced' ? { message: redactText(message) } : {}),
    ...(at ? { at } : {}),
  };
}

function syncOf(
  spec: JsonObject,
  ready: JsonObject | undefined,
): GitOpsState['sync'] {
  if (spec.suspend === true) return 'OutOfSync';
  if (!ready) return 'Unknown';
  if (ready.status === 'True') return 'Synced';
  if (ready.status === 'Unknown') return 'Syncing';
  return ready.reason === 'DependencyNotReady' ? 'OutOfSync' : 'Failed';
}

function condition(status: JsonObject, type: string): JsonObject | undefined {
  return objectsOf(status.conditions).find(each => each.type === type);
}
