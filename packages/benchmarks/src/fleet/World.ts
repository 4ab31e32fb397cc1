import type { ClusterFaults } from 'sandbox';
import type { Child } from './childProcess';
import type { WorldHandlers } from './world.child';

/** What went over the wire between all API servers and their clients. */
export interface Traffic {
  requests: number;
  /** Those of the requests that are watches. */
  watches: number;
  /** Sent by the API servers, with headers. */
  bytes: number;
}

/** A change that was made to a pod. */
export interface Change {
  service: string;
  pod: string;
  isReady: boolean;
  /** Pods of the prefill pool that are ready after it. */
  ready: number;
  /** When the store had it: milliseconds of the clock that all processes of this machine share. */
  at: number;
}

/** The clusters of a fleet, in a process of their own. */
export class World {
  readonly #child: Child<WorldHandlers>;

  constructor(child: Child<WorldHandlers>) {
    this.#child = child;
  }

  get pid(): number {
    return this.#child.pid;
  }

  /** Everything so far. */
  async traffic(): Promise<Traffic> {
    return await this.#child.call('traffic');
  }

  /** Lets one prefill pod of a service become ready, or not ready. */
  async turnPod(service: string, ready: boolean): Promise<Change> {
    return await this.#child.call('turnPod', { service, ready });
  }

  /**
   * Changes pods all over the fleet at an even pace, or as fast as it can where that is slower, each service in
   * its turn; every fifth is one of those that are watched.
   */
  async churn(options: ChurnOptions): Promise<Churned> {
    return await this.#child.call('churn', options);
  }

  /** Lets every pod be ready again. */
  async heal(): Promise<void> {
    await this.#child.call('heal');
  }

  /** Replaces what is wrong with the API of a cluster; `{}` heals it. */
  async setFaults(cluster: string, faults: ClusterFaults): Promise<void> {
    await this.#child.call('setFaults', { cluster, faults });
  }

  async close(): Promise<void> {
    await this.#child.close();
  }
}

/** What was changed. */
export interface Churned {
  total: number;
  /** Those of the services that are watched. */
  watched: Change[];
}

/** How fast a fleet changes. */
export interface ChurnOptions {
  perSecond: number;
  /** At the longest. */
  seconds: number;
  /** At the most; as many as there is time for where absent. */
  events?: number;
  /** Names of the services whose changes are answered. */
  watched: string[];
  /**
   * `turn`, or nothing: a pod becomes ready or not ready. `report`: its kubelet says something that changes no
   * verdict.
   */
  kind?: 'turn' | 'report';
}

/** Milliseconds of a clock that all processes of this machine share and that nobody sets. */
export function sharedNow(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
