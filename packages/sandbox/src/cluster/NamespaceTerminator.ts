import { StoreChange } from './ChangeHistory';
import type { MemoryClusterStore } from './MemoryClusterStore';

/** Empties a namespace that is being deleted, and removes it once it is empty. */
export class NamespaceTerminator {
  readonly #store: MemoryClusterStore;

  constructor(store: MemoryClusterStore) {
    this.#store = store;
  }

  observe({ type, resource, object, previous }: StoreChange): void {
    const { name, namespace } = object.metadata;
    if (resource === 'namespaces') {
      const starts =
        type === 'MODIFIED' &&
        object.metadata.deletionTimestamp &&
        !previous?.metadata.deletionTimestamp;
      if (starts) {
        this.#store.clock.setTimeout(() => this.#empty(name), 0);
      }
    } else if (type === 'DELETED' && namespace) {
      this.#removeIfEmpty(namespace);
    }
  }

  #empty(namespace: string): void {
    for (const kind of this.#store.kinds) {
      if (!kind.namespaced) {
        continue;
      }
      for (const { metadata } of this.#store.list(kind.resource, namespace)) {
        // Deleting one object may have taken others with it.
        if (this.#store.get(kind.resource, metadata.name, namespace)) {
          this.#store.delete(kind.resource, metadata.name, namespace);
        }
      }
    }
    this.#removeIfEmpty(namespace);
  }

  #removeIfEmpty(name: string): void {
    const namespace = this.#store.get('namespaces', name);
    if (
      namespace?.metadata.deletionTimestamp &&
      !namespace.metadata.finalizers?.length &&
      this.#store.isEmpty(name)
    ) {
      this.#store.remove('namespaces', namespace);
    }
  }
}
