import type { Finding } from '../lint/Finding';

/** Manifests to be judged. @public */
export interface ValidateRequest {
  /** YAML, one or several documents. */
  manifests: string;
  /** Cluster whose KServe will read them; its version is taken into account. */
  cluster?: string;
  /** Whether the cluster is asked too, without anything being created. Needs `cluster`. */
  dryRun?: boolean;
}

/** What the cluster says to one object. @public */
export interface DryRunResult {
  /** For example `LLMInferenceService/qwen`. */
  object: string;
  accepted: boolean;
  /** The cluster's own words where it refuses. */
  message?: string;
}

/** What is wrong with manifests. @public */
export interface ValidateResponse {
  findings: Finding[];
  /** Absent where no dry run was asked for. */
  dryRun?: DryRunResult[];
}
