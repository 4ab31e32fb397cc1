import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { ClusterStatus } from 'backstage-plugin-llm-inference-common';
import type {
  ClusterSupplier,
  SuppliedCluster,
} from 'backstage-plugin-llm-inference-node';
import type { Assessor } from '../assess/Assessor';
import type { ClientTimeouts } from '../clusters/KubernetesClient';
import { ClusterStore } from '../store/ClusterStore';
import { Interner } from '../store/Interner';
import type { Clock } from './Clock';
import { ClusterWatcher } from './ClusterWatcher';
import { IngestQueue } from './IngestQueue';
import type { ReflectorTimings } from './Reflector';
import type { Trace } from './Trace';

/** How often suppliers are asked for their clusters. */
const REFRESH_MS = 60_000;

/** What the fleet is built from. */
export interface FleetOptions {
  /** Asked in this order; the first that names a cluster supplies it. */
  suppliers: ClusterSupplier[];
  assessor: Assessor;
  clock: Clock;
  timings: ReflectorTimings;
  /** For requests to clusters; the defaults where absent. */
  timeouts?: ClientTimeouts;
  /** Nothing is traced where absent. */
  trace?: Trace;
  logger: LoggerService;
  /** Names of the clusters to watch; all where absent. */
  clusters?: string[];
  namespaces?: string[];
  /** Namespaces with objects of GitOps controllers, for fleets that are watched in some namespaces only. */
  controllerNamespaces?: string[];
}

/** The clusters that are watched, each on its own. */
export class Fleet {
  readonly #options: FleetOptions;
  readonly #watchers = new Map<
    string,
    { watcher: ClusterWatcher; cluster: SuppliedCluster }
  >();
  readonly #listeners = new Set<(cluster: string) => void>();
  readonly #controllerListeners = new Set<() => void>();
  readonly #interner = new Interner();
  readonly #ingest = new IngestQueue();
  #timer?: NodeJS.Timeout;
  #stopped = false;
  #complete = false;

  constructor(options: FleetOptions) {
    this.#options = options;
  }

  /** Begins to watch; resolves once the suppliers have named their clusters, not once those are read. */
  async start(): Promise<void> {
    await this.#refresh();
    if (this.#stopped) return;
    this.#timer = setInterval(() => void this.#refresh(), REFRESH_MS);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    const watchers = [...this.#watchers.values()];
    this.#watchers.clear();
    await Promise.all(watchers.map(({ watcher }) => watcher.stop()));
  }

  watcher(name: string): ClusterWatcher | undefined {
    return this.#watchers.get(name)?.watcher;
  }

  /** States of all clusters, by name. */
  statuses(): ClusterStatus[] {
    return [...this.#watchers.values()]
      .map(({ watcher }) => watcher.status())
      .sort((a, b) => a.name.localeCompare(b.name));
  }

  /** Whether what is not seen of a cluster now is not there. */
  looksAt(name: string): boolean {
    const watcher = this.watcher(name);
    return watcher?.settled === true && watcher.status().state === 'Live';
  }

  /** Whether every cluster has been read, or has been found not to be readable. */
  get settled(): boolean {
    return [...this.#watchers.values()].every(({ watcher }) => watcher.settled);
  }

  /** Whether every supplier could name its clusters: one that is not among them is no longer configured. */
  get complete(): boolean {
    return this.#complete;
  }

  /** Hears the name of every cluster whose state has changed; returns a function that stops it. */
  subscribe(listener: (cluster: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The clusters that are watched. */
  watchers(): ClusterWatcher[] {
    return [...this.#watchers.values()].map(({ watcher }) => watcher);
  }

  /** Hears whenever a GitOps controller says something else; returns a function that stops it. */
  subscribeControllers(listener: () => void): () => void {
    this.#controllerListeners.add(listener);
    return () => this.#controllerListeners.delete(listener);
  }

  async #refresh(): Promise<void> {
    const wanted = new Map<string, SuppliedCluster>();
    let complete = true;
    for (const supplier of this.#options.suppliers) {
      try {
        for (const cluster of await supplier.getClusters()) {
          const chosen = this.#options.clusters?.includes(cluster.name) ?? true;
          if (chosen && !wanted.has(cluster.name)) {
            wanted.set(cluster.name, cluster);
          }
        }
      } catch (error) {
        complete = false;
        this.#options.logger.error(
          `A supplier of clusters failed, its clusters stay as they are: ${
            toError(error).message
          }`,
        );
      }
    }
    if (this.#stopped) return;
    this.#complete = complete;
    for (const [name, { watcher, cluster }] of [...this.#watchers]) {
      const next = wanted.get(name);
      const gone = next ? !sameCluster(cluster, next) : complete;
      if (gone) {
        this.#watchers.delete(name);
        this.#options.assessor.removeCluster(name);
        await watcher.stop();
        this.#tell(name);
      }
    }
    for (const [name, cluster] of wanted) {
      if (!this.#watchers.has(name)) this.#add(cluster);
    }
  }

  #add(cluster: SuppliedCluster): void {
    const { assessor, clock, timings, timeouts, trace, logger } = this.#options;
    const { namespaces, controllerNamespaces } = this.#options;
    const { name } = cluster;
    const watcher = new ClusterWatcher({
      cluster,
      namespaces,
      controllerNamespaces,
      clock,
      timings,
      timeouts,
      trace,
      logger,
      ingest: this.#ingest,
      store: new ClusterStore({
        interner: this.#interner,
        onDirty: (namespace, service) =>
          assessor.markDirty({ cluster: name, namespace, name: service }),
        onControllers: () => {
          for (const listener of this.#controllerListeners) listener();
        },
      }),
      onStatus: () => {
        assessor.markClusterDirty(name);
        this.#tell(name);
      },
    });
    this.#watchers.set(name, { watcher, cluster });
    assessor.addCluster(watcher);
    watcher.start();
    this.#tell(name);
  }

  #tell(name: string): void {
    for (const listener of this.#listeners) listener(name);
  }
}

/** Whether a supplier names the same cluster again; credentials are sources and are never compared. */
function sameCluster(a: SuppliedCluster, b: SuppliedCluster): boolean {
  const comparable = (cluster: SuppliedCluster) =>
    JSON.stringify({ ...cluster, credential: undefined });
  return comparable(a) === comparable(b);
}
