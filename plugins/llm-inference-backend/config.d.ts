export interface Config {
  /** Settings of the llm-inference plugins. */
  llmInference?: {
    /**
     * Names of the clusters to watch, of those in `kubernetes.clusterLocatorMethods`. All where absent.
     * @visibility backend
     */
    clusters?: string[];

    /**
     * Namespaces to watch in every cluster. Where absent, whole clusters are watched, which needs a
     * ClusterRole; with it, a Role in each namespace is enough.
     * @visibility backend
     */
    namespaces?: string[];

    /**
     * When a status is shown on the page of an entity. `verified` (the default): only where the
     * LLMInferenceService names the entity back in its annotation `backstage.io/entity-ref`.
     * `annotation`: also where only the entity names the service; then verdict and counts are shown and
     * nothing else.
     * @visibility backend
     */
    entityBinding?: 'verified' | 'annotation';

    /**
     * Credentials for clusters whose own auth provider cannot be used for watching, or that are better
     * read from a file. Either `tokenFile` or `kubeconfig`.
     */
    credentials?: Array<{
      /**
       * Name of the cluster in `kubernetes.clusterLocatorMethods`.
       * @visibility backend
       */
      cluster: string;
      /**
       * File with a bearer token; read again every minute, and at once after a 401.
       * @visibility backend
       */
      tokenFile?: string;
      /**
       * Kubeconfig whose user is used: token, token file, client certificate or exec plugin.
       * @visibility backend
       */
      kubeconfig?: string;
      /**
       * Context of the kubeconfig; its current context where absent.
       * @visibility backend
       */
      context?: string;
    }>;

    drift?: {
      /**
       * Whether services are compared with their manifests in Git. On where absent. What Git says is read with
       * the portal's integrations, from the source location of each catalog entity.
       * @visibility backend
       */
      enabled?: boolean;
      /**
       * Seconds between two looks at each repository; a push that the events plugin tells of is read at once.
       * Unchanged repositories are not read again. 300 where absent, from 10 to 86400.
       * @visibility backend
       */
      intervalSeconds?: number;
      /**
       * Seconds that a service which is in Git may be absent from its cluster before it is `Missing`. A sync that
       * has failed makes it `Missing` at once. 120 where absent.
       * @visibility backend
       */
      graceSeconds?: number;
      /**
       * Namespaces with the objects of Argo CD or Flux; read only where `namespaces` is set, else the whole cluster
       * is. `argocd`, `openshift-gitops` and `flux-system` where absent.
       * @visibility backend
       */
      controllerNamespaces?: string[];
    };

    watch?: {
      /**
       * Seconds until a resource that may not be read, or is not served, is tried again. 30 where absent,
       * from 1 to 3600.
       * @visibility backend
       */
      reprobeSeconds?: number;

      /**
       * Seconds that the start of the backend waits at most for the first picture of all clusters; until
       * then the readiness endpoint answers 503. 10 where absent, from 0 to 300.
       * @visibility backend
       */
      startupSeconds?: number;

      /**
       * Seconds that a watch lasts before it is opened anew, or up to a third less. A connection that is half
       * open is found at most 5 seconds after its end. 35 where absent, from 1 to 300.
       * @visibility backend
       */
      lifetimeSeconds?: number;

      /**
       * Seconds that a cluster may take to begin an answer, and between its parts. 15 where absent, from 1 to
       * 60.
       * @visibility backend
       */
      answerSeconds?: number;
    };

    notifications?: {
      /**
       * Seconds that a service has to be unavailable, or available again, before its owner is told. 60 where
       * absent, from 0 to 3600.
       * @visibility backend
       */
      debounceSeconds?: number;
    };

    logs?: {
      /**
       * Whether pod logs can be read through the portal, by those who have the permission
       * `llm-inference.logs.read`. False where absent.
       * @visibility backend
       */
      enabled?: boolean;

      /**
       * Whether the backend itself reads short tails of the logs of engines that start or are in doubt, and
       * of decode pods once after their first transfer, and keeps the lines that are evidence. Needs the
       * right to `get` `pods/log`. Apart from `enabled`: nobody can read logs through the portal by it.
       * False where absent.
       * @visibility backend
       */
      evidence?: boolean;
    };

    /**
     * Where the metrics of engines and schedulers come from. Without sources nothing is measured, and whether
     * KV cache moves is shown as not measurable.
     */
    metrics?: {
      /**
       * Seconds between two looks at a service. 30 where absent, from 2 to 300.
       * @visibility backend
       */
      intervalSeconds?: number;
      /**
       * Minutes for which charts are kept, in memory. 60 where absent, from 5 to 360.
       * @visibility backend
       */
      retentionMinutes?: number;
      /** The first that names a cluster, or names none, measures it. */
      sources?: Array<
        | {
            /**
             * `podProxy` reads `/metrics` of pods through the API server; the portal needs `get` on
             * `pods/proxy` there. Schedulers are measured only where their metrics need no token.
             * @visibility backend
             */
            type: 'podProxy';
            /**
             * Names of clusters; all where absent.
             * @visibility backend
             */
            clusters?: string[];
            /**
             * For `podProxy`: pods of a cluster read at the same time, 8 where absent.
             * @visibility backend
             */
            concurrency?: number;
          }
        | {
            /**
             * `prometheus` asks a server with Prometheus' HTTP API, for example Thanos or Mimir.
             * @visibility backend
             */
            type: 'prometheus';
            /**
             * Names of clusters; all where absent.
             * @visibility backend
             */
            clusters?: string[];
            /**
             * For `prometheus`, where it is needed: the URL before `/api/v1/query`.
             * @visibility backend
             */
            baseUrl: string;
            /** For `prometheus`: how to sign in. */
            auth?:
              | {
                  /**
                   * How the server is signed in to.
                   * @visibility backend
                   */
                  type: 'bearer';
                  /**
                   * For `bearer`.
                   * @visibility secret
                   */
                  token: string;
                }
              | {
                  /**
                   * @visibility backend
                   */
                  type: 'basic';
                  /**
                   * For `basic`.
                   * @visibility backend
                   */
                  username: string;
                  /**
                   * For `basic`.
                   * @visibility secret
                   */
                  password: string;
                };
            /** For `prometheus`: the tenant, where a server has several. */
            tenant?: {
              /**
               * Header that names the tenant; X-Scope-OrgID where absent.
               * @visibility backend
               */
              header?: string;
              /**
               * Name of the tenant.
               * @visibility backend
               */
              value: string;
            };
            /** For `prometheus`: labels that every series carries. */
            labels?: {
              /**
               * Label with the namespace of the pod; `namespace` where absent.
               * @visibility backend
               */
              namespace?: string;
              /**
               * Label with the name of the pod; `pod` where absent.
               * @visibility backend
               */
              pod?: string;
            };
            /** For `prometheus`: tells the cluster from others in the same server. */
            clusterLabel?: {
              /**
               * Name of the label, for example `cluster`.
               * @visibility backend
               */
              name: string;
              /**
               * What the label says of this cluster.
               * @visibility backend
               */
              value: string;
            };
            /**
             * For `prometheus`: queries at the same time, 4 where absent.
             * @visibility backend
             */
            concurrency?: number;
          }
      >;
    };

    /**
     * Where the numbers of models are read that are not shipped (`config.json` and the index of the weights),
     * for sizing. Models are looked up only where some profile offers them.
     */
    models?: {
      /**
       * URL of the hub, for example https://huggingface.co or a mirror of it. Nothing is looked up where absent.
       * @visibility backend
       */
      baseUrl?: string;
      /**
       * Token for models that not everybody may read; it is sent to the hub only.
       * @visibility secret
       */
      token?: string;
      /**
       * Whether the hub may have an address of this machine or of a private network. False where absent.
       * @visibility backend
       */
      allowPrivateHosts?: boolean;
    };

    verifyPd?: {
      /**
       * Whether those with the permission `llm-inference.service.verify` may have the backend send one long
       * prompt through a service's endpoint, to see whether KV cache moves. The backend then requests URLs
       * that the status of LLMInferenceServices names. Needs `metrics`. False where absent.
       * @visibility backend
       */
      enabled?: boolean;
      /** Where the backend reaches gateways, where that is not the address they are published under. */
      gateways?: Array<{
        /**
         * Scheme and host (and port) of the published URL.
         * @visibility backend
         */
        from: string;
        /**
         * What stands in its place, with a path if need be.
         * @visibility backend
         */
        to: string;
      }>;
    };

    validation?: {
      /**
       * Whether manifests may be sent to a cluster as a dry run when they are validated. Needs the right to
       * create LLMInferenceServices there; nothing is ever created. False where absent.
       * @visibility backend
       */
      serverDryRun?: boolean;
    };

    history?: {
      /**
       * Days for which changes of verdict are kept. 30 where absent, from 1 to 3650.
       * @visibility backend
       */
      retentionDays?: number;
    };
  };
}
