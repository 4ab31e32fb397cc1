import type { KubernetesClient } from '../clusters/KubernetesClient';
import { objectOf, objectsOf, stringOf } from '../store/projection/fields';

const CONTROLLER =
  '/apis/apps/v1/namespaces/kserve/deployments/llmisvc-controller-manager';

/** Reads the version of KServe in a cluster off its controller's image; undefined where that does not tell. */
export async function readKserveVersion(
  client: KubernetesClient,
  signal: AbortSignal,
): Promise<string | undefined> {
  const controller = await client.getJson(CONTROLLER, {}, signal);
  const template = objectOf(objectOf(objectOf(controller).spec).template);
  const [container] = objectsOf(objectOf(template.spec).containers);
  return /:(v\d[\w.-]*)(?:@|$)/.exec(stringOf(container?.image) ?? '')?.[1];
}
