/**
 * An object as a Kubernetes API returns it. Everything beyond the metadata is unknown until a reader in
 * this folder has looked at it: data from a cluster is never trusted to have a shape.
 *
 * @public
 */
export interface KubernetesObject {
  apiVersion?: string;
  kind?: string;
  metadata?: KubernetesMetadata;
  [field: string]: unknown;
}

/**
 * The part of `ObjectMeta` that this project reads.
 *
 * @public
 */
export interface KubernetesMetadata {
  name?: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: Array<{
    apiVersion?: string;
    kind?: string;
    name?: string;
    uid?: string;
    controller?: boolean;
  }>;
  [field: string]: unknown;
}

/**
 * Names one LLMInferenceService of one cluster.
 *
 * @public
 */
export interface ServiceRef {
  /** Name of the cluster in the portal's Kubernetes configuration. */
  cluster: string;
  namespace: string;
  name: string;
}
