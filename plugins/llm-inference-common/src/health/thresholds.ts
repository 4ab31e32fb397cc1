/**
 * Every threshold of the assessment, in one place. Times are seconds unless the name says otherwise; shares
 * are between 0 and 1.
 *
 * @public
 */
export interface Thresholds {
  /** How long a pod may be scheduled without a sandbox before it counts as stuck. */
  sandboxStuck: number;
  /** How long scheduling gates may hold a pod before they are a warning. */
  schedulingGated: number;
  /** How long a pod may stay without any scheduling decision, or a workload without its pods. */
  podCreation: number;
  /** How long a pod may stay unschedulable while a node is being added for it. */
  nodeScaleUp: number;
  /** How long a pod may stay unschedulable while terminating pods of its pool still hold their devices. */
  devicesReleased: number;
  /** How long images may be pulled and containers created. Engine images are large. */
  containerCreation: number;
  /** When a running model download is worth a remark, and when it is a warning. */
  downloadSlow: number;
  downloadTooSlow: number;
  /** Time to start where a container has no startup probe; that of the KServe preset. */
  startupBudget: number;
  /** Share of the startup budget after which a killed run counts as killed by the startup probe. */
  startupBudgetShare: number;
  /** How long a started engine may take to become ready for the first time. */
  readinessGrace: number;
  /** How long a past termination counts after the container is ready again. */
  recentTermination: number;
  /** Restarts after which unexplained failures are a crash loop. */
  crashRestarts: number;
  /** How long an event that a pod could not be created keeps counting. */
  failedCreation: number;
  /** How long an event about a pod that is gone keeps counting. */
  lostPod: number;
  /** How long a young scheduler, inference pool or route is on its way. */
  routerStart: number;
  /** How long a condition may be False before it is believed where nothing else confirms it. */
  conditionGrace: number;
  /** How long a LeaderWorkerSet update may go without a change. */
  groupRolloutStall: number;
  /** How long a pod of a lost node may terminate beyond its grace period. */
  terminationOverdue: number;
  /** Log lines with a readable time count no longer than this. */
  logLineAge: number;
  /** Newest lines of a log that are read. */
  logLines: number;
  /** How far clocks of the cluster may differ. */
  clockSkew: number;
  /** Shortest and longest window between two scrapes. */
  metricsWindowMin: number;
  metricsWindowMax: number;
  /** Fewer requests in the window than this say nothing. */
  idleRequests: number;
  /** Requests needed before prefill can be called bypassed. */
  bypassRequests: number;
  /** Transfers per routed request at most this: bypassed; at least `effectiveTransfers`: effective. */
  bypassTransfers: number;
  effectiveTransfers: number;
  /** Share of prompt tokens from KV transfer at least this: effective; at most `bypassExternal`: none. */
  effectiveExternal: number;
  bypassExternal: number;
  /** Share of prompt tokens computed by decode itself, at least this: bypassed. */
  bypassLocal: number;
  /** Share of requests sent to decode alone, at least this: prefill is left out. */
  bypassDecodeOnly: number;
  /** Failed transfers needed, and their share of all transfers, for a warning and for worse. */
  failedTransfers: number;
  failedTransfersWarning: number;
  failedTransfersCritical: number;
  /** Bytes per second below which RDMA is doubtful, over that many transfers of that many bytes. */
  slowFabric: number;
  slowFabricTransfers: number;
  slowFabricBytes: number;
  /** Share of the service's own good transfer rate below which transfers are suspect. */
  baselineShare: number;
}

/** The thresholds unless an option says otherwise. @public */
export const DEFAULT_THRESHOLDS: Readonly<Thresholds> = Object.freeze({
  sandboxStuck: 300,
  schedulingGated: 1800,
  podCreation: 120,
  nodeScaleUp: 900,
  devicesReleased: 180,
  containerCreation: 1800,
  downloadSlow: 1200,
  downloadTooSlow: 3600,
  startupBudget: 600,
  startupBudgetShare: 0.9,
  readinessGrace: 60,
  recentTermination: 900,
  crashRestarts: 2,
  failedCreation: 1800,
  lostPod: 900,
  routerStart: 120,
  conditionGrace: 300,
  groupRolloutStall: 1800,
  terminationOverdue: 60,
  logLineAge: 3600,
  logLines: 5000,
  clockSkew: 30,
  metricsWindowMin: 30,
  metricsWindowMax: 900,
  idleRequests: 5,
  bypassRequests: 20,
  bypassTransfers: 0.01,
  effectiveTransfers: 0.5,
  effectiveExternal: 0.3,
  bypassExternal: 0.01,
  bypassLocal: 0.9,
  bypassDecodeOnly: 0.99,
  failedTransfers: 3,
  failedTransfersWarning: 0.005,
  failedTransfersCritical: 0.05,
  slowFabric: 1e9,
  slowFabricTransfers: 5,
  slowFabricBytes: 1e6,
  baselineShare: 0.5,
});

/** Options of `assessService`. @public */
export interface AssessOptions {
  thresholds?: Partial<Thresholds>;
  /**
   * Whether engines serve TLS (`enableLLMInferenceServiceTLS` of the cluster's KServe). Unknown unless given;
   * then the scheme of probes is judged only by what they report.
   */
  tls?: boolean;
}
