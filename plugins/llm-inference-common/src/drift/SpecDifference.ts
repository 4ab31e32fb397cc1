/** One place at which what runs is not what Git says. @public */
export interface SpecDifference {
  /**
   * Where, for example `spec.prefill.replicas` or `spec.template.containers[main].env[UCX_TLS].value`; an entry of
   * a list is named by its key where it has one, else by its index.
   */
  path: string;
  /** Whether both sides say something, or which of them alone does. */
  change: 'Changed' | 'OnlyInGit' | 'OnlyInCluster';
  /** What Git says, as short text; absent where it says nothing. Redacted. */
  desired?: string;
  /** What runs, as short text; absent where nothing is set. Redacted. */
  live?: string;
}
