import { KubeObject, OwnerReference } from '../cluster/ClusterStore';
import { MemoryClusterStore } from '../cluster/MemoryClusterStore';

/** Objects of a resource that an owner controls, in no particular order. */
export function ownedBy<T extends KubeObject>(
  store: MemoryClusterStore,
  owner: KubeObject,
  resource: string,
): T[] {
  const uid = owner.metadata.uid ?? '';
  return store.owners
    .dependentsOf(uid)
    .filter(ref => ref.resource === resource)
    .map(ref => store.get(ref.resource, ref.name, ref.namespace))
    .filter(
      (object): object is T =>
        object !== undefined && controllerOf(object)?.uid === uid,
    );
}

/** The owner that controls an object, if there is one. */
export function controllerOf(object: KubeObject): OwnerReference | undefined {
  return object.metadata.ownerReferences?.find(owner => owner.controller);
}

/** The reference with which an object owns another as its controller. */
export function ownerReference(owner: KubeObject): OwnerReference {
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid ?? '',
    controller: true,
    blockOwnerDeletion: true,
  };
}
