import { randomUUID } from 'node:crypto';
import {
  alreadyExists,
  conflict,
  invalid,
  notFound,
  pageNotFound,
} from './ApiError';
import { ChangeFeed } from './ChangeFeed';
import { StoreChange } from './ChangeHistory';
import {
  Clock,
  ClusterStore,
  KubeMetadata,
  KubeObject,
  StoreEvent,
} from './ClusterStore';
import { Collection } from './Collection';
import { GarbageCollector } from './GarbageCollector';
import { jsonEqual } from './json';
import { ResourceKind } from './kinds';
import { NamespaceTerminator } from './NamespaceTerminator';
import { OwnerIndex } from './OwnerIndex';
import {
  generatedName,
  mergeMetadata,
  timestamp,
  withoutEmptyFields,
} from './objectMetadata';
import { DeleteOptions, planDeletion } from './planDeletion';

/** What all objects of a resource looked like at one version. */
export interface Snapshot {
  version: number;
  objects: readonly KubeObject[];
}

/** How a write is carried out. */
export interface WriteOptions {
  /** Everything but storing: what would come of the write is returned. */
  dryRun?: boolean;
}

/** How a cluster is made. */
export interface MemoryStoreOptions {
  clock: Clock;
  kinds: readonly ResourceKind[];
  /** Changes per resource from which a watch can resume; older versions are expired. */
  historyLimit: number;
}

/** A cluster in memory, with what an API server needs beyond {@link ClusterStore}. */
export class MemoryClusterStore implements ClusterStore {
  readonly name: string;
  readonly kinds: readonly ResourceKind[];
  readonly clock: Clock;
  readonly owners = new OwnerIndex();

  readonly #kindsByResource: Map<string, ResourceKind>;
  readonly #collections = new Map<string, Collection>();
  readonly #changes: ChangeFeed;
  readonly #garbage: GarbageCollector;
  readonly #namespaces: NamespaceTerminator;
  #version = 1;

  constructor(name: string, options: MemoryStoreOptions) {
    this.name = name;
    this.kinds = options.kinds;
    this.clock = options.clock;
    this.#changes = new ChangeFeed(options.historyLimit);
    this.#kindsByResource = new Map(
      options.kinds.map(kind => [kind.resource, kind]),
    );
    this.#garbage = new GarbageCollector(this);
    this.#namespaces = new NamespaceTerminator(this);
  }

  /** The version of the latest write. */
  get version(): number {
    return this.#version;
  }

  get(resource: string, name: string, namespace?: string) {
    return this.#collections.get(resource)?.get(name, namespace);
  }

  list(resource: string, namespace?: string): KubeObject[] {
    return this.snapshot(resource, namespace).objects.slice();
  }

  /** Like list, without a copy; the array must not be changed. */
  snapshot(resource: string, namespace?: string): Snapshot {
    return {
      version: this.#version,
      objects: this.#collections.get(resource)?.sorted(namespace) ?? [],
    };
  }

  create(
    resource: string,
    object: KubeObject,
    options: WriteOptions = {},
  ): KubeObject {
    const kind = this.kind(resource);
    const { generateName, namespace } = object.metadata;
    let name = object.metadata.name;
    if (!name && generateName) {
      do {
        name = generatedName(generateName);
      } while (this.get(resource, name, namespace));
    }
    if (!name) {
      throw invalid({ group: kind.group, kind: kind.kind, name: '' }, [
        {
          reason: 'FieldValueRequired',
          message: 'Required value: name or generateName is required',
          field: 'metadata.name',
        },
      ]);
    }
    if (this.get(resource, name, namespace)) {
      throw alreadyExists(kind, name);
    }
    const metadata: KubeMetadata = {
      ...withoutEmptyFields(object.metadata),
      name,
      uid: randomUUID(),
      creationTimestamp: timestamp(this.clock.now()),
    };
    if (kind.generation) {
      metadata.generation = 1;
    } else {
      delete metadata.generation;
    }
    delete metadata.deletionTimestamp;
    delete metadata.deletionGracePeriodSeconds;
    const created: KubeObject = { ...object, metadata };
    return options.dryRun ? created : this.write('ADDED', resource, created);
  }

  update(
    resource: string,
    object: KubeObject,
    options: WriteOptions = {},
  ): KubeObject {
    const kind = this.kind(resource);
    const current = this.#current(kind, object);
    const next: KubeObject = {
      ...object,
      metadata: withoutEmptyFields(
        mergeMetadata(current.metadata, object.metadata),
      ),
    };
    if (kind.subresources.includes('status')) {
      if (current.status === undefined) {
        delete next.status;
      } else {
        next.status = current.status;
      }
    }
    if (jsonEqual(current, next)) {
      return current;
    }
    if (kind.generation && !sameSpec(current, next)) {
      next.metadata.generation = (current.metadata.generation ?? 1) + 1;
    }
    return options.dryRun ? next : this.#writeOrFinish(resource, next);
  }

  updateStatus(
    resource: string,
    object: KubeObject,
    options: WriteOptions = {},
  ): KubeObject {
    const current = this.#current(this.kind(resource), object);
    const next: KubeObject = { ...current, status: object.status };
    if (object.metadata.managedFields !== undefined) {
      next.metadata = {
        ...current.metadata,
        managedFields: object.metadata.managedFields,
      };
    }
    if (jsonEqual(current, next)) {
      return current;
    }
    return options.dryRun ? next : this.write('MODIFIED', resource, next);
  }

  delete(
    resource: string,
    name: string,
    namespace?: string,
    options: DeleteOptions = {},
  ): KubeObject {
    const kind = this.kind(resource);
    const current = this.get(resource, name, namespace);
    if (!current) {
      throw notFound(kind, name);
    }
    const plan = planDeletion(kind, current, options, this.clock.now());
    if (plan.removeNow) {
      return this.remove(resource, current);
    }
    const marked = plan.marked
      ? this.write('MODIFIED', resource, plan.marked)
      : current;
    if (plan.removeAfterSeconds) {
      this.#removeLater(resource, marked, plan.removeAfterSeconds);
    }
    return marked;
  }

  subscribe(listener: (event: StoreEvent) => void): () => void {
    return this.subscribeChanges(listener);
  }

  /** Like subscribe, with the version and the object before the write. */
  subscribeChanges(listener: (change: StoreChange) => void): () => void {
    return this.#changes.subscribe(listener);
  }

  /** The changes of a resource after a version; undefined where that version is expired. */
  changesSince(resource: string, version: number): StoreChange[] | undefined {
    return this.#changes.since(resource, version);
  }

  /** The oldest version of a resource that is not expired. */
  oldestVersion(resource: string): number {
    return this.#changes.oldest(resource);
  }

  /** Lets every version so far expire, as the API server's compaction does. */
  expireHistory(): void {
    this.#changes.forget(
      this.kinds.map(kind => kind.resource),
      this.#version,
    );
  }

  /** The row of a resource. @throws ApiError 404 where the cluster does not have it */
  kind(resource: string): ResourceKind {
    const kind = this.#kindsByResource.get(resource);
    if (!kind) {
      throw pageNotFound();
    }
    return kind;
  }

  /** Whether any object is left in a namespace. */
  isEmpty(namespace: string): boolean {
    return ![...this.#collections.values()].some(collection =>
      collection.has(namespace),
    );
  }

  /** Takes an object out at once, whatever holds it. */
  remove(resource: string, object: KubeObject): KubeObject {
    return this.write('DELETED', resource, object);
  }

  /** Stores an object under the next version and tells the listeners. */
  write(
    type: StoreEvent['type'],
    resource: string,
    object: KubeObject,
  ): KubeObject {
    this.#version += 1;
    const version = this.#version;
    const { name, namespace } = object.metadata;
    const stored: KubeObject = {
      ...object,
      metadata: { ...object.metadata, resourceVersion: String(version) },
    };
    const collection = this.#collection(resource);
    const previous = collection.get(name, namespace);
    if (type === 'DELETED') {
      collection.delete(name, namespace);
      this.owners.replace(resource, previous, undefined);
    } else {
      collection.set(stored);
      this.owners.replace(resource, previous, stored);
    }
    const change = { type, resource, object: stored, version, previous };
    this.#garbage.observe(change);
    this.#namespaces.observe(change);
    this.#changes.add(change);
    return stored;
  }

  #writeOrFinish(resource: string, object: KubeObject): KubeObject {
    const { deletionTimestamp, deletionGracePeriodSeconds, finalizers } =
      object.metadata;
    const held = finalizers?.length || deletionGracePeriodSeconds;
    if (deletionTimestamp && !held && resource !== 'namespaces') {
      return this.remove(resource, object);
    }
    return this.write('MODIFIED', resource, object);
  }

  #removeLater(resource: string, object: KubeObject, seconds: number): void {
    const { name, namespace, uid } = object.metadata;
    this.clock.setTimeout(() => {
      if (this.get(resource, name, namespace)?.metadata.uid === uid) {
        this.delete(resource, name, namespace, { gracePeriodSeconds: 0 });
      }
    }, seconds * 1000);
  }

  #current(kind: ResourceKind, object: KubeObject): KubeObject {
    const { name, namespace, uid, resourceVersion } = object.metadata;
    const current = this.get(kind.resource, name, namespace);
    if (!current) {
      throw notFound(kind, name);
    }
    if (uid && uid !== current.metadata.uid) {
      throw conflict(
        kind,
        name,
        `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${current.metadata.uid}`,
      );
    }
    if (
      resourceVersion &&
      resourceVersion !== current.metadata.resourceVersion
    ) {
      throw conflict(kind, name);
    }
    return current;
  }

  #collection(resource: string): Collection {
    let collection = this.#collections.get(resource);
    if (!collection) {
      collection = new Collection();
      this.#collections.set(resource, collection);
    }
    return collection;
  }
}

function sameSpec(a: KubeObject, b: KubeObject): boolean {
  const { metadata: _a, status: _b, ...specOfA } = a;
  const { metadata: _c, status: _d, ...specOfB } = b;
  return jsonEqual(specOfA, specOfB);
}
