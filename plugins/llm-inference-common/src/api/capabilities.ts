/** An extended resource that the nodes of a cluster offer. @public */
export interface OfferedResource {
  /** For example `nvidia.com/gpu` or `rdma/roce_gdr`. */
  name: string;
  /** Nodes that offer it. */
  nodes: number;
  /** Units on all nodes that pods may be scheduled on. */
  allocatable: number;
  /**
   * Units left by the pods of LLMInferenceServices. Other pods are not read: it is an upper bound.
   */
  free: number;
  /** Most units on one node: a pod needs all of its on one. */
  largestNode: number;
}

/** What a cluster offers to a prefill/decode service. @public */
export interface ClusterCapabilities {
  cluster: string;
  /** ISO time of the reading. */
  at: string;
  kserve: {
    /** Version of the API that is read; absent where KServe is not served. */
    apiVersion?: string;
    /** Version of the controller, where its Deployment may be read. */
    version?: string;
  };
  gpus: OfferedResource[];
  rdma: OfferedResource[];
  /** `null` where the kind is not served or may not be read. */
  networkAttachments: Array<{
    namespace: string;
    name: string;
    /** Resource that belongs to it, where its annotation says so. */
    resourceName?: string;
  }> | null;
  /** `null` where the kind is not served or may not be read. */
  sriovPolicies: Array<{
    name: string;
    resourceName?: string;
    isRdma: boolean;
    vfs?: number;
  }> | null;
  gateways: Array<{ namespace: string; name: string; programmed: boolean }>;
  /** What could not be read, and why, by resource. */
  unread: Record<string, string>;
}
