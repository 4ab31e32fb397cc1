import type { SpecDifference } from '../drift/SpecDifference';

/**
 * Whether what runs is what Git says. `NotDeployed`: in Git, and nothing in the cluster names the entity.
 * `NotInGit`: in the cluster and in no manifest that the portal knows of. `Unknown`: it could not be told, for the
 * reason that is given.
 *
 * @public
 */
export type DriftState =
  | 'InSync'
  | 'Differs'
  | 'NotDeployed'
  | 'NotInGit'
  | 'Unknown';

/** What the GitOps controller that applies a service says of it, where the cluster has one. @public */
export interface GitOpsState {
  tool: 'ArgoCd' | 'Flux';
  /** Kind of the controller's own object, for example `Application`. */
  kind: 'Application' | 'Kustomization' | 'HelmRelease';
  namespace: string;
  name: string;
  /** Cluster in which that object is; another than the service's own where Argo CD serves many. */
  cluster: string;
  sync: 'Synced' | 'OutOfSync' | 'Syncing' | 'Failed' | 'Unknown';
  /** In the tool's own words, for example `Healthy` or `Missing`; of the service where it says so. */
  health?: string;
  /** The commit that was synced last, or tried. */
  revision?: string;
  /** Why it is not in sync, in the tool's own words: what an admission webhook refused, for example. Redacted. */
  message?: string;
  /** ISO time of the last sync, or attempt. */
  at?: string;
}

/** How a service stands to its manifest in Git. @public */
export interface ServiceDrift {
  state: DriftState;
  /** One sentence for people; absent where the state says it all (`InSync`, `Differs`). */
  reason?: string;
  /** The manifest that was compared; absent where none is known. */
  source?: {
    /** Address for a browser. */
    url: string;
    /** The commit that was read. */
    revision?: string;
  };
  /** The first differences, in the order of the manifest; empty unless the state is `Differs`. */
  differences: SpecDifference[];
  /** Number of differences, also of those that are not listed. */
  total: number;
  /** Absent where no controller in a watched cluster speaks of the service. */
  gitOps?: GitOpsState;
}
