import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { ENTITY_REF_ANNOTATION } from 'backstage-plugin-llm-inference-common';
import type { KubernetesObject } from 'backstage-plugin-llm-inference-common';
import { objectOf, stringOf } from '../store/projection/fields';

/** What the portal shows of a service beside its health. */
export function describeService(resource: KubernetesObject): {
  model?: { uri?: string; name?: string };
  apiVersion?: string;
  claimedEntity?: string;
} {
  const model = objectOf(objectOf(resource.spec).model);
  const uri = stringOf(model.uri);
  const name = stringOf(model.name);
  return {
    ...(uri || name
      ? { model: { ...(uri ? { uri } : {}), ...(name ? { name } : {}) } }
      : {}),
    apiVersion: resource.apiVersion?.split('/').at(-1),
    claimedEntity: claimedEntity(resource),
  };
}

/** A reference without kind or namespace means a component in the default namespace, as in the catalog. */
function claimedEntity(resource: KubernetesObject): string | undefined {
  const ref = stringOf(
    objectOf(resource.metadata?.annotations)[ENTITY_REF_ANNOTATION],
  );
  if (!ref) return undefined;
  try {
    return stringifyEntityRef(
      parseEntityRef(ref, {
        defaultKind: 'Component',
        defaultNamespace: 'default',
      }),
    );
  } catch {
    // Somebody else's annotation with a value that is no reference: the service claims no entity.
    return undefined;
  }
}
