/** A Kubernetes object. Objects in a store are shared and never mutated: copy before changing. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: KubeMetadata;
  [field: string]: unknown;
}

/** The metadata that the store maintains or reads. */
export interface KubeMetadata {
  name: string;
  generateName?: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  finalizers?: string[];
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: OwnerReference[];
  [field: string]: unknown;
}

/** Reference to the owner of an object; the garbage collector follows it. */
export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

/** What happened to an object; the payload of a watch. */
export interface StoreEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  /** Plural resource with group, for example `pods` or `llminferenceservices.serving.kserve.io`. */
  resource: string;
  object: KubeObject;
}

/**
 * The state of one cluster. Resources are named `<plural>` for the core group and `<plural>.<group>`
 * otherwise. Every write assigns the next resourceVersion of the cluster, and one that changes nothing is none; of
 * kinds that have one, `metadata.generation` grows when anything but metadata and status changes. Errors are `ApiError`s with a Kubernetes Status.
 */
export interface ClusterStore {
  readonly name: string;
  get(
    resource: string,
    name: string,
    namespace?: string,
  ): KubeObject | undefined;
  list(resource: string, namespace?: string): KubeObject[];
  /** Assigns uid, creationTimestamp, from generateName the name, and generation 1 where the kind has one. */
  create(resource: string, object: KubeObject): KubeObject;
  /** Replaces all but status; conflicts where a given resourceVersion is not the current one. */
  update(resource: string, object: KubeObject): KubeObject;
  /** Replaces status only. */
  updateStatus(resource: string, object: KubeObject): KubeObject;
  /** Deletes an object and, in the background, what it owns. Honours finalizers and pod grace periods. */
  delete(
    resource: string,
    name: string,
    namespace?: string,
    options?: { gracePeriodSeconds?: number },
  ): void;
  /** Calls the listener, in order, after each write. Returns the way to stop it. */
  subscribe(listener: (event: StoreEvent) => void): () => void;
}

/** Time of the sandbox; tests replace it and `speed` lets minutes pass in seconds. */
export interface Clock {
  now(): Date;
  /** Milliseconds of the clock's own time. */
  setTimeout(callback: () => void, ms: number): () => void;
}
