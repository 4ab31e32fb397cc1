import { redactText } from 'backstage-plugin-llm-inference-common';
import type {
  GitOpsState,
  KubernetesObject,
} from 'backstage-plugin-llm-inference-common';
import { objectOf, objectsOf, stringOf } from '../../store/projection/fields';
import type { JsonObject } from '../../store/projection/fields';

/** Ids of an inventory: `<namespace>_<name>_<group>_<kind>`. */
const INVENTORY_ID =
  /^([^_]*)_([^_]+)_serving\.kserve\.io_LLMInferenceService$/;

/** Messages name the object that was refused: `LLMInferenceService/llm/qwen dry-run failed: …`. */
const REFUSED = /LLMInferenceService\/([^/\s]+)\/([^\s:]+)/g;

/** What an object of Flux says: its conditions are the same for every kind. */
export function fluxState(
  object: KubernetesObject,
  kind: 'Kustomization' | 'HelmRelease',
  cluster: string,
): GitOpsState {
  const { metadata } = object;
  const spec = objectOf(object.spec);
  const status = objectOf(object.status);
  const ready = readyOf(object);
  const healthy = condition(status, 'Healthy');
  const sync = syncOf(spec, ready);
  const applied = stringOf(status.lastAppliedRevision);
  const attempted = stringOf(status.lastAttemptedRevision);
  const revision =
    sync === 'Synced' ? applied ?? attempted : attempted ?? applied;
  const message =
    spec.suspend === true
      ? `The ${kind} is suspended`
      : stringOf(ready?.message);
  const at = stringOf(ready?.lastTransitionTime);
  return {
    tool: 'Flux',
    kind,
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

/** The services that an object of Flux has applied, or tried to, as `<namespace>/<name>`. */
export function fluxServices(object: KubernetesObject): string[] {
  const { inventory } = objectOf(object.status);
  const applied = objectsOf(objectOf(inventory).entries).flatMap(({ id }) => {
    const match = INVENTORY_ID.exec(stringOf(id) ?? '');
    return match ? [`${match[1]}/${match[2]}`] : [];
  });
  const words = stringOf(readyOf(object)?.message) ?? '';
  const refused = [...words.matchAll(REFUSED)].map(
    ([, namespace, name]) => `${namespace}/${name}`,
  );
  return [...new Set([...applied, ...refused])];
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

function readyOf({ status }: KubernetesObject): JsonObject | undefined {
  return condition(objectOf(status), 'Ready');
}

function condition(status: JsonObject, type: string): JsonObject | undefined {
  return objectsOf(status.conditions).find(each => each.type === type);
}
