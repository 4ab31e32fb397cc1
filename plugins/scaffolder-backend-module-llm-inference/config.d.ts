export interface Config {
  llmInference?: {
    /**
     * What the platform team offers, by name. Everything that a person who asks for a service does not decide:
     * hardware, network, images, limits, and where the manifests go. Holds names of Secrets, never secrets.
     *
     * `templates/profiles` has two complete examples. A profile that cannot work stops the backend with the key
     * that is wrong.
     */
    profiles?: {
      [name: string]: {
        title: string;
        description?: string;
        /** Clusters of the portal's Kubernetes configuration. */
        clusters: string[];
        namespaces: string[];
        /** Groups whose members may create services, and who may own them. */
        owners: string[];
        /** Release of KServe in the clusters, 0.18 or newer; 0.20 where absent. */
        kserveVersion?: string;
        /** Where pull requests go. */
        repository: {
          provider?: 'github' | 'gitlab';
          /** Host of an integration, with the port where it has one. */
          host: string;
          owner: string;
          name: string;
          /** `main` where absent. */
          branch?: string;
          /** Folder with one folder per service; `services` where absent. */
          path?: string;
        };
        /** Written beside the manifests, where the GitOps controller wants an object per service. */
        controller?:
          | { kind: 'argocd'; namespace?: string; project?: string }
          | { kind: 'flux'; namespace?: string; source: string };
        models?: {
          /** What a model's URI must start with. */
          allowed?: string[];
        };
        images?: {
          /** Image of both pools, by digest; KServe's own where absent. */
          default?: string;
          /** What an image that a person names must start with. */
          allowed?: string[];
        };
        limits?: {
          /** GPUs of one service over both pools. */
          maxGpus?: number;
          /** 8 where absent. */
          maxReplicasPerPool?: number;
          /** GPUs of one node; 8 where absent. */
          maxGpusPerPod?: number;
        };
        /** What one pod of either pool gets. */
        pool: {
          gpu?: { resource: string; memoryGiB: number };
          cpu: { request: string; limit: string };
          memory: { request: string; limit: string };
          /** Memory for the KV cache of an engine without a GPU. */
          cpuKvCacheGiB?: number;
        };
        /** vLLM arguments that both pools share, without dashes. */
        engine?: { [argument: string]: string | number | boolean };
        /** What carries the KV cache; `none` is TCP. */
        fabric: {
          kind: 'roce' | 'infiniband' | 'efa' | 'amd' | 'none';
          resource?: string;
          count?: number;
          networks?: string[];
          transports?: string;
          netDevices?: string;
          gidIndex?: number;
        };
        /** Measured bandwidth between two nodes in GB/s, for sizing. */
        linkGBps?: number;
        kvTransfer?: {
          loadFailurePolicy?: 'fail' | 'recompute';
          bufferDevice?: 'cuda' | 'cpu' | 'xpu';
          backends?: Array<'UCX' | 'LIBFABRIC'>;
          /** 5600 where absent. */
          sideChannelPort?: number;
          offloading?: { cpu: string };
        };
        pods?: {
          startupBudgetSeconds?: number;
          antiAffinity?: 'preferred' | 'required';
          topologySpread?: Array<{
            topologyKey: string;
            maxSkew?: number;
            whenUnsatisfiable?: 'DoNotSchedule' | 'ScheduleAnyway';
          }>;
          nodeSelector?: { [key: string]: string };
          tolerations?: Array<{
            key?: string;
            operator?: 'Exists' | 'Equal';
            value?: string;
            effect?: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
          }>;
          sharedMemory?: string;
          /**
           * Name and key of a Secret in the service's namespace.
           * @visibility backend
           */
          huggingFaceToken?: { secret: string; key?: string };
          imagePullSecrets?: string[];
          serviceAccount?: string;
          priorityClass?: string;
          queue?: string;
        };
        router?: {
          gateways?: Array<{ name: string; namespace?: string }>;
          splitAboveUncachedTokens?: number;
        };
        /** Writes a NetworkPolicy; true where absent. */
        networkPolicy?: boolean;
        /** Writes a PodMonitor and a PrometheusRule, for clusters with the Prometheus operator. */
        monitoring?: {
          namespace?: string;
          labels?: { [key: string]: string };
          schedulerTokenSecret?: string;
        };
      };
    };
  };
}
