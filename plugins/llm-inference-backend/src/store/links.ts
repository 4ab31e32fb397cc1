import type { KubernetesObject } from 'backstage-plugin-llm-inference-common';
import { objectOf, objectsOf, stringOf } from './projection/fields';

/** Namespace in which KServe looks for configs that the service's own namespace does not have. */
const KSERVE_NAMESPACE = 'kserve';

/** Name of the service that an object belongs to by its labels or its owner, in the object's namespace. */
export function owningService(object: KubernetesObject): string | undefined {
  const labels = objectOf(object.metadata?.labels);
  if (labels['app.kubernetes.io/part-of'] === 'llminferenceservice') {
    const name = stringOf(labels['app.kubernetes.io/name']);
    if (name) return name;
  }
  return objectsOf(object.metadata?.ownerReferences)
    .filter(owner => owner.kind === 'LLMInferenceService')
    .map(owner => stringOf(owner.name))
    .find(Boolean);
}

/** Key of a reference to an object by resource, namespace and name. */
export function refKey(
  resource: string,
  namespace: string | undefined,
  name: string,
): string {
  return `${resource}|${namespace ?? ''}/${name}`;
}

/**
 * Objects that a service or one of its routes names without owning them: gateways, routes and pools made
 * by hand, base configs. A change of one is a change of every service that names it.
 */
export function referencedObjects(object: KubernetesObject): string[] {
  const namespace = object.metadata?.namespace;
  const keys = new Set<string>();
  const add = (resource: string, ref: unknown) => {
    const { name, namespace: other } = objectOf(ref);
    if (typeof name !== 'string') return;
    keys.add(refKey(resource, stringOf(other) ?? namespace, name));
  };
  if (object.kind === 'HTTPRoute') {
    for (const parent of objectsOf(objectOf(object.spec).parentRefs)) {
      if ((parent.kind ?? 'Gateway') === 'Gateway') add('gateways', parent);
    }
  }
  if (object.kind === 'LLMInferenceService') {
    const spec = objectOf(object.spec);
    const router = objectOf(spec.router);
    for (const ref of objectsOf(objectOf(router.gateway).refs)) {
      add('gateways', ref);
    }
    const http = objectOf(objectOf(router.route).http);
    for (const ref of objectsOf(http.refs)) add('httproutes', ref);
    add('inferencepools', objectOf(objectOf(router.scheduler).pool).ref);
    for (const ref of objectsOf(spec.baseRefs)) {
      add('llminferenceserviceconfigs', ref);
      add('llminferenceserviceconfigs', {
        name: ref.name,
        namespace: KSERVE_NAMESPACE,
      });
    }
    const status = objectOf(objectOf(object.status).router);
    for (const gateway of objectsOf(status.gateways)) {
      add('gateways', gateway);
      for (const route of objectsOf(gateway.httpRoutes)) {
        add('httproutes', route);
      }
    }
  }
  return [...keys];
}

/** What an Event is about, as `<kind>|<namespace>/<name>`. */
export function eventSubject(event: KubernetesObject): string | undefined {
  const about = objectOf(event.involvedObject);
  const kind = stringOf(about.kind);
  const name = stringOf(about.name);
  const namespace = stringOf(about.namespace) ?? event.metadata?.namespace;
  return kind && name ? refKey(kind, namespace, name) : undefined;
}
