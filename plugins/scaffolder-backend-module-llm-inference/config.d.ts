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
        /** What people choose it by. */
        title: string;
        /** One or two sentences below the title. */
        description?: string;
        /** Clusters of the portal's Kubernetes configuration; the first is taken where a request names none. */
        clusters: string[];
        /** Namespaces that services may go to; the first is taken where a request names none. */
        namespaces: string[];
        /** Groups whose members may create services, and who may own them. */
        owners: string[];
        /** Release of KServe in the clusters, 0.18 or newer; 0.20 where absent. */
        kserveVersion?: string;
        /** Where pull requests go. */
        repository: {
          /** Whose publish action makes the pull request; `github` where absent. */
          provider?: 'github' | 'gitlab';
          /** Host of an integration, with the port where it has one. */
          host: string;
          /** Organisation, or group with its subgroups. */
          owner: string;
          /** Name of the repository. */
          name: string;
          /** `main` where absent. */
          branch?: string;
          /** Folder with one folder per service; `services` where absent. */
          path?: string;
        };
        /** Written beside the manifests, where the GitOps controller wants an object per service. */
        controller?:
          | {
              /** `argocd` writes an Application, `flux` a Kustomization. */
              kind: 'argocd';
              /** Namespace of the object; `argocd` where absent, `flux-system` for Flux. */
              namespace?: string;
              /** For `argocd`: its project; `default` where absent. */
              project?: string;
            }
          | {
              kind: 'flux';
              namespace?: string;
              /** For `flux`, where it is needed: name of the GitRepository that Flux follows already. */
              source: string;
            };
        models?: {
          /** What a model's URI must start with; any `hf://`, `s3://`, `pvc://` or `oci://` where absent. */
          allowed?: string[];
        };
        images?: {
          /** Image of both pools, by digest; KServe's own where absent. */
          default?: string;
          /** What an image that a person names must start with; nobody may name one where absent. */
          allowed?: string[];
        };
        limits?: {
          /** GPUs of one service over both pools. */
          maxGpus?: number;
          /** Replicas of one pool at its largest; 8 where absent. */
          maxReplicasPerPool?: number;
          /** GPUs of one node; 8 where absent. */
          maxGpusPerPod?: number;
        };
        /** What one pod of either pool gets. */
        pool: {
          gpu?: {
            /** Extended resource of the GPUs, for example `nvidia.com/gpu`. */
            resource: string;
            /** Memory of one GPU in GiB as the driver reports it, for sizing. */
            memoryGiB: number;
          };
          /** Quantities of Kubernetes. */
          cpu: { request: string; limit: string };
          /** Quantities of Kubernetes. */
          memory: { request: string; limit: string };
          /** Memory for the KV cache of an engine without a GPU. */
          cpuKvCacheGiB?: number;
        };
        /** vLLM arguments that both pools share, without dashes. */
        engine?: { [argument: string]: string | number | boolean };
        /** What carries the KV cache; `none` is TCP. */
        fabric: {
          kind: 'roce' | 'infiniband' | 'efa' | 'amd' | 'none';
          /** Extended resource that gives a pod its share of the RDMA devices; needed for all but `none`. */
          resource?: string;
          /** How many of it a pod asks for; 1 where absent. */
          count?: number;
          /** Multus attachments of both pools: `name`, `namespace/name` or `name@interface`. */
          networks?: string[];
          /** `UCX_TLS`; what fits kind and GPU where absent. `tcp` beside RDMA is refused. */
          transports?: string;
          /** `UCX_NET_DEVICES`, for example `mlx5_0:1`; with RoCE found by KServe's start script. */
          netDevices?: string;
          /** `UCX_IB_GID_INDEX`; with RoCE found by KServe's start script. */
          gidIndex?: number;
        };
        /** Measured bandwidth between two nodes in GB/s, for sizing. */
        linkGBps?: number;
        kvTransfer?: {
          /** What decode does when a transfer fails; vLLM's own default where absent. */
          loadFailurePolicy?: 'fail' | 'recompute';
          /** Where the connector stages the cache; vLLM's default for the device where absent. */
          bufferDevice?: 'cuda' | 'cpu' | 'xpu';
          /** NIXL's backend; one at most. */
          backends?: Array<'UCX' | 'LIBFABRIC'>;
          /** First port of the handshake between the pools; each data parallel rank adds one. 5600 where absent. */
          sideChannelPort?: number;
          offloading?: {
            /** Host memory in which both pools keep evicted KV blocks, as a quantity of Kubernetes. */
            cpu: string;
          };
        };
        pods?: {
          /** Seconds for download, load and compilation before a start counts as failed, a multiple of 30; 600 where absent. */
          startupBudgetSeconds?: number;
          /** How strongly prefill and decode keep off one node; `preferred` where absent. */
          antiAffinity?: 'preferred' | 'required';
          /** How pods spread over nodes, zones or racks. */
          topologySpread?: Array<{
            /** Label of the nodes. */
            topologyKey: string;
            /** 1 where absent. */
            maxSkew?: number;
            /** `ScheduleAnyway` where absent. */
            whenUnsatisfiable?: 'DoNotSchedule' | 'ScheduleAnyway';
          }>;
          /** Labels that a node must have. */
          nodeSelector?: { [key: string]: string };
          /** Taints that the pods put up with. */
          tolerations?: Array<{
            key?: string;
            operator?: 'Exists' | 'Equal';
            value?: string;
            effect?: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
          }>;
          /** Size of /dev/shm, which counts into the memory limit. */
          sharedMemory?: string;
          /**
           * Name and key (`HF_TOKEN` where absent) of a Secret in the service's namespace.
           * @visibility backend
           */
          huggingFaceToken?: { secret: string; key?: string };
          /** Names of Secrets in the service's namespace. */
          imagePullSecrets?: string[];
          /** Service account of the pods. */
          serviceAccount?: string;
          /** Priority class of the pods. */
          priorityClass?: string;
          /** Local queue of Kueue. */
          queue?: string;
        };
        router?: {
          /** Gateways that the route attaches to; KServe's own where absent. */
          gateways?: Array<{ name: string; namespace?: string }>;
          /** Prompts with at most this many uncached tokens are served by decode alone; every one is split where absent. */
          splitAboveUncachedTokens?: number;
        };
        /** Writes a NetworkPolicy; true where absent. */
        networkPolicy?: boolean;
        /** Writes a PodMonitor and a PrometheusRule, for clusters with the Prometheus operator. */
        monitoring?: {
          /** Namespace that Prometheus runs in, which the network policy lets in; `monitoring` where absent. */
          namespace?: string;
          /** Labels by which Prometheus selects monitors and rules. */
          labels?: { [key: string]: string };
          /** Secret with a `token` that may read the scheduler's metrics; `llm-inference-metrics-reader` where absent. */
          schedulerTokenSecret?: string;
        };
      };
    };
  };
}
