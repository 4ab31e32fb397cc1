import { StoreChange } from './ChangeHistory';
import { KubeObject, OwnerReference } from './ClusterStore';
import type { MemoryClusterStore } from './MemoryClusterStore';
import { ObjectRef } from './OwnerIndex';
import { FOREGROUND_FINALIZER, ORPHAN_FINALIZER } from './planDeletion';

/** Deletes what no owner holds any more, and carries out foreground and orphan deletion. */
export class GarbageCollector {
  readonly #store: MemoryClusterStore;

  constructor(store: MemoryClusterStore) {
    this.#store = store;
  }

  observe({ type, resource, object }: StoreChange): void {
    const { metadata } = object;
    if (type === 'DELETED') {
      this.#later(() => this.#ownerIsGone(object));
    } else if (type === 'ADDED' && metadata.ownerReferences?.length) {
      this.#later(() => this.#collectIfUnowned(resource, object));
    } else if (metadata.deletionTimestamp && metadata.finalizers?.length) {
      const ref = refTo(resource, object);
      if (metadata.finalizers.includes(ORPHAN_FINALIZER)) {
        this.#later(() => this.#orphanDependents(ref));
      } else if (metadata.finalizers.includes(FOREGROUND_FINALIZER)) {
        this.#later(() => this.#deleteInForeground(ref));
      }
    }
  }

  #later(work: () => void): void {
    this.#store.clock.setTimeout(work, 0);
  }

  #read(ref: ObjectRef): KubeObject | undefined {
    const object = this.#store.get(ref.resource, ref.name, ref.namespace);
    return object?.metadata.uid === ref.uid ? object : undefined;
  }

  #ownerIsGone(owner: KubeObject): void {
    for (const ref of this.#store.owners.dependentsOf(
      owner.metadata.uid ?? '',
    )) {
      const dependent = this.#read(ref);
      if (dependent) {
        this.#collectIfUnowned(ref.resource, dependent);
      }
    }
    for (const reference of owner.metadata.ownerReferences ?? []) {
      const ownersOwner = this.#store.owners.find(reference.uid);
      if (ownersOwner) {
        this.#finishForeground(ownersOwner);
      }
    }
  }

  #collectIfUnowned(resource: string, { metadata }: KubeObject): void {
    const current = this.#store.get(
      resource,
      metadata.name,
      metadata.namespace,
    );
    const references = current?.metadata.ownerReferences ?? [];
    if (
      !current ||
      current.metadata.uid !== metadata.uid ||
      references.length === 0
    ) {
      return;
    }
    const alive = references.filter(reference =>
      this.#store.owners.find(reference.uid),
    );
    if (alive.length === 0) {
      this.#store.delete(resource, metadata.name, metadata.namespace);
    } else if (alive.length < references.length) {
      this.#setOwners(resource, current, alive);
    }
  }

  #orphanDependents(owner: ObjectRef): void {
    for (const ref of this.#store.owners.dependentsOf(owner.uid)) {
      const dependent = this.#read(ref);
      if (dependent) {
        this.#setOwners(
          ref.resource,
          dependent,
          (dependent.metadata.ownerReferences ?? []).filter(
            reference => reference.uid !== owner.uid,
          ),
        );
      }
    }
    this.#dropFinalizer(owner, ORPHAN_FINALIZER);
  }

  #deleteInForeground(owner: ObjectRef): void {
    for (const ref of this.#store.owners.dependentsOf(owner.uid)) {
      const dependent = this.#read(ref);
      if (dependent && !dependent.metadata.deletionTimestamp) {
        this.#store.delete(ref.resource, ref.name, ref.namespace, {
          propagationPolicy: this.#store.owners.dependentsOf(ref.uid).length
            ? 'Foreground'
            : undefined,
        });
      }
    }
    this.#finishForeground(owner);
  }

  #finishForeground(owner: ObjectRef): void {
    const blocked = this.#store.owners
      .dependentsOf(owner.uid)
      .some(ref =>
        this.#read(ref)?.metadata.ownerReferences?.some(
          reference =>
            reference.uid === owner.uid && reference.blockOwnerDeletion,
        ),
      );
    if (!blocked) {
      this.#dropFinalizer(owner, FOREGROUND_FINALIZER);
    }
  }

  #dropFinalizer(ref: ObjectRef, finalizer: string): void {
    const object = this.#read(ref);
    if (!object?.metadata.finalizers?.includes(finalizer)) {
      return;
    }
    this.#store.update(ref.resource, {
      ...object,
      metadata: {
        ...object.metadata,
        finalizers: object.metadata.finalizers.filter(
          other => other !== finalizer,
        ),
      },
    });
  }

  #setOwners(
    resource: string,
    object: KubeObject,
    ownerReferences: OwnerReference[],
  ): void {
    this.#store.update(resource, {
      ...object,
      metadata: { ...object.metadata, ownerReferences },
    });
  }
}

function refTo(resource: string, { metadata }: KubeObject): ObjectRef {
  return {
    resource,
    name: metadata.name,
    namespace: metadata.namespace,
    uid: metadata.uid ?? '',
  };
}
