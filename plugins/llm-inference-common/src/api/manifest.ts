import type { LocatedFinding } from '../lint/locateFindings';
import type { ServiceRef } from '../resource/KubernetesObject';

/**
 * The manifest of a service as its cluster has it, with what the lints say about it.
 *
 * @public
 */
export interface ServiceManifest {
  service: ServiceRef;
  /**
   * `apiVersion`, `kind`, `metadata` and `spec` as YAML. Secrets are replaced, and what the cluster keeps
   * for itself (status, managed fields, uid and the like) is left out.
   */
  yaml: string;
  /** Worst first, each with the lines of `yaml` that it is about. */
  findings: LocatedFinding[];
  /** ISO time at which the cluster was asked. */
  readAt: string;
  /** Version of KServe that the lints took into account; absent where it is not known. */
  kserveVersion?: string;
}
