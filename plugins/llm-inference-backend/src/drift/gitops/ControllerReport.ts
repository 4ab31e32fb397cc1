import type { GitOpsState } from 'backstage-plugin-llm-inference-common';

/** What one object of a GitOps controller says, and of what. */
export interface ControllerReport {
  /** Cluster that it applies to; undefined where that cannot be told. */
  target?: string;
  /** Repositories and folders that it applies, the repository as a key. */
  sources: Array<{ repository: string; path: string }>;
  /** Services that it applies, as `<namespace>/<name>`. */
  services: string[];
  /** By which the services that it applies name it, where it labels them. */
  label?: string;
  /** What it says of one of its services; of all where it does not name the service. */
  stateOf(service: string): GitOpsState;
}

/** A path as a key: without dots and slashes at its ends. */
export function pathKey(path: string): string {
  return path.replace(/^[./]+/, '').replace(/\/+$/, '');
}
