import { Overlay } from './checkOut';
import { KubernetesObject } from './KubernetesClient';
import { ObjectResult } from './syncService';

/** What came of a round over one service. */
export interface SyncOutcome {
  overlay: Overlay;
  /** What was to be applied; empty where it could not be built. */
  objects: KubernetesObject[];
  /** What became of each object that was tried. */
  results: ObjectResult[];
  /** Why the round failed, in one sentence. */
  error?: string;
}

/** Tells what the sync does in the words of a GitOps controller, by its own objects in the cluster. */
export interface ControllerObjects {
  /** Writes what became of a service. */
  write(outcome: SyncOutcome, now: Date): Promise<void>;
  /** Removes what was written of a service that Git no longer has. */
  remove(service: string, cluster: string): Promise<void>;
}
