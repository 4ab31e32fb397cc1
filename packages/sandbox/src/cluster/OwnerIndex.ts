import { KubeObject } from './ClusterStore';

/** Where an object is. */
export interface ObjectRef {
  resource: string;
  name: string;
  namespace?: string;
  uid: string;
}

/** Finds objects by uid and the dependents of an owner without searching. */
export class OwnerIndex {
  readonly #objects = new Map<string, ObjectRef>();
  readonly #dependents = new Map<string, Map<string, ObjectRef>>();

  replace(
    resource: string,
    before: KubeObject | undefined,
    after: KubeObject | undefined,
  ): void {
    const object = after ?? before;
    const uid = object?.metadata.uid;
    if (!object || !uid) {
      return;
    }
    const { name, namespace } = object.metadata;
    const ref: ObjectRef = { resource, name, namespace, uid };
    if (after) {
      this.#objects.set(uid, ref);
    } else {
      this.#objects.delete(uid);
    }
    if (before?.metadata.ownerReferences === after?.metadata.ownerReferences) {
      return;
    }
    for (const owner of before?.metadata.ownerReferences ?? []) {
      const dependents = this.#dependents.get(owner.uid);
      dependents?.delete(uid);
      if (dependents?.size === 0) {
        this.#dependents.delete(owner.uid);
      }
    }
    for (const owner of after?.metadata.ownerReferences ?? []) {
      let dependents = this.#dependents.get(owner.uid);
      if (!dependents) {
        dependents = new Map();
        this.#dependents.set(owner.uid, dependents);
      }
      dependents.set(uid, ref);
    }
  }

  find(uid: string): ObjectRef | undefined {
    return this.#objects.get(uid);
  }

  dependentsOf(uid: string): ObjectRef[] {
    return [...(this.#dependents.get(uid)?.values() ?? [])];
  }
}
