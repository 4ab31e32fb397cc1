import { setTimeout as delay } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { redactText } from 'backstage-plugin-llm-inference-common';
import type {
  AccessProblem,
  ClusterStatus,
  Freshness,
  Observation,
  SourceState,
} from 'backstage-plugin-llm-inference-common';
import type { SuppliedCluster } from 'backstage-plugin-llm-inference-node';
import {
  DEFAULT_CLIENT_TIMEOUTS,
  KubernetesClient,
} from '../clusters/KubernetesClient';
import type { ClientTimeouts } from '../clusters/KubernetesClient';
import type { ClusterStore } from '../store/ClusterStore';
import type { Clock } from './Clock';
import type { IngestQueue } from './IngestQueue';
import { Reflector } from './Reflector';
import type { ReflectorTimings } from './Reflector';
import { ALL_RESOURCES, collectionPaths } from './resources';
import type { WatchedResource } from './resources';
import { worstStatus } from './SourceStatus';
import type { SourceStatus } from './SourceStatus';
import { untraced } from './Trace';
import type { Trace } from './Trace';

/** How long the resources that are read last wait for the others. */
const LAST_WAITS_AT_MOST_MS = 20_000;

const STALE_STATES = new Set<SourceState>([
  'Stale',
  'Unreachable',
  'AuthFailed',
]);

const ACCESS_PROBLEM: Partial<Record<SourceState, AccessProblem>> = {
  Forbidden: 'Forbidden',
  NotServed: 'NotServed',
  Unreachable: 'Unreachable',
};

/** What a watcher is built from. */
export interface ClusterWatcherOptions {
  cluster: SuppliedCluster;
  store: ClusterStore;
  /** Namespaces to watch; the whole cluster where absent. */
  namespaces?: string[];
  /** Namespaces with objects of GitOps controllers; asked for only where not the whole cluster is watched. */
  controllerNamespaces?: string[];
  clock: Clock;
  ingest: IngestQueue;
  timings: ReflectorTimings;
  /** Nothing is traced where absent. */
  trace?: Trace;
  /** For requests; the defaults where absent. */
  timeouts?: ClientTimeouts;
  logger: LoggerService;
  /** Told whenever the state of the cluster, or of one of its resources, has changed. */
  onStatus(): void;
}

/** Keeps the store of one cluster equal to the cluster, and knows how well that works. */
export class ClusterWatcher {
  readonly name: string;
  readonly #options: ClusterWatcherOptions;
  readonly #statuses = new Map<WatchedResource, SourceStatus[]>();
  readonly #abort = new AbortController();
  readonly #client?: KubernetesClient;
  readonly #createdAt: number;
  #announced = false;
  /** Made from the statuses, and made again after any of them has changed: every read asks for them. */
  #described?: ClusterStatus;
  #core?: SourceStatus;
  #running: Promise<unknown> = Promise.resolve();

  constructor(options: ClusterWatcherOptions) {
    this.name = options.cluster.name;
    this.#options = options;
    this.#createdAt = options.clock.now();
    if (!('unsupported' in options.cluster)) {
      this.#client = new KubernetesClient(
        options.cluster,
        options.timeouts ?? DEFAULT_CLIENT_TIMEOUTS,
      );
    }
  }

  /** The client for requests that are not watches; undefined where the cluster is not supported. */
  get client(): KubernetesClient | undefined {
    return this.#client;
  }

  get store(): ClusterStore {
    return this.#options.store;
  }

  /** Address of the API; undefined where the cluster is not supported. */
  get url(): string | undefined {
    const { cluster } = this.#options;
    return 'unsupported' in cluster ? undefined : cluster.url;
  }

  /** Starts watching; returns at once. */
  start(): void {
    const { cluster, logger } = this.#options;
    if ('unsupported' in cluster) {
      logger.warn(
        `Cluster ${cluster.name} is not watched: ${cluster.unsupported}`,
      );
      return;
    }
    const { signal } = this.#abort;
    this.#running = Promise.all(
      ALL_RESOURCES.flatMap(resource =>
        this.#reflectors(resource, this.#client!).map(async reflector => {
          if (resource.last) await this.#othersSettled(signal);
          await reflector.run(signal);
        }),
      ),
    );
  }

  /** Stops watching and closes every connection. */
  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#client?.close();
    await this.#running;
  }

  /** Whether every resource has been tried at least once. */
  get settled(): boolean {
    return [...this.#statuses.values()]
      .flat()
      .every(({ state }) => state !== 'Syncing');
  }

  /** State of the cluster and of each resource, for people. */
  status(): ClusterStatus {
    this.#described ??= this.#describe();
    return this.#described;
  }

  #describe(): ClusterStatus {
    const { cluster } = this.#options;
    const base = {
      name: cluster.name,
      ...(cluster.title ? { title: cluster.title } : {}),
    };
    if ('unsupported' in cluster) {
      return {
        ...base,
        state: 'Unsupported',
        since: iso(this.#createdAt),
        message: cluster.unsupported,
        resources: {},
      };
    }
    const resources: ClusterStatus['resources'] = {};
    for (const [resource, statuses] of this.#statuses) {
      const status = worstStatus(statuses);
      if (isExpected(resource, status)) continue;
      resources[resource.id] = present(status);
    }
    return { ...base, ...present(this.#coreStatus()), resources };
  }

  /** How fresh what is known of the cluster is. */
  freshness(): Freshness {
    const { state, since, message } = this.#coreStatus();
    if (state === 'Syncing') {
      return { state: 'Syncing', asOf: iso(this.#options.clock.now()) };
    }
    if (STALE_STATES.has(state)) {
      return {
        state: 'Stale',
        asOf: iso(since),
        ...(message ? { message: redactText(message) } : {}),
      };
    }
    return { state: 'Live', asOf: iso(this.#options.clock.now()) };
  }

  /** What health has to know about what could not be read. */
  access(): NonNullable<Observation['access']> {
    const access: NonNullable<Observation['access']> = {};
    for (const [resource, statuses] of this.#statuses) {
      if (!resource.access) continue;
      const problem = ACCESS_PROBLEM[worstStatus(statuses).state];
      if (problem) access[resource.access] = problem;
    }
    return access;
  }

  #reflectors(
    resource: WatchedResource,
    client: KubernetesClient,
  ): Reflector[] {
    const { clock, ingest, timings, store, trace = untraced } = this.#options;
    const scopes = this.#scopes(resource);
    const statuses: SourceStatus[] = scopes.map(() => ({
      state: 'Syncing',
      since: clock.now(),
    }));
    this.#statuses.set(resource, statuses);
    this.#forgetDescription();
    return scopes.map(
      (namespace, index) =>
        new Reflector({
          client,
          paths: collectionPaths(resource, namespace),
          labelSelector: resource.labelSelector,
          sink: store.sink(resource),
          clock,
          ingest,
          timings,
          trace,
          source: { cluster: this.name, resource: resource.id },
          onStatus: status => {
            const before = worstStatus(statuses).state;
            statuses[index] = status;
            this.#forgetDescription();
            this.#changed(resource, before, worstStatus(statuses));
          },
        }),
    );
  }

  #scopes({ optionalRole }: WatchedResource): Array<string | undefined> {
    const { namespaces, controllerNamespaces } = this.#options;
    if (!namespaces?.length) return [undefined];
    return optionalRole ? controllerNamespaces ?? [] : namespaces;
  }

  #changed(
    resource: WatchedResource,
    before: SourceState,
    status: SourceStatus,
  ): void {
    const { state, message } = status;
    if (before !== state) {
      const words = `Cluster ${this.name}, ${
        resource.id
      }: ${before} -> ${state}${message ? ` (${redactText(message)})` : ''}`;
      const quiet =
        isExpected(resource, status) ||
        (before === 'Syncing' && state === 'Live');
      if (quiet) {
        this.#options.logger.debug(words);
      } else if (state === 'Live' || state === 'NotServed') {
        this.#options.logger.info(words);
      } else {
        this.#options.logger.warn(words);
      }
    }
    if (this.settled && !this.#announced) {
      this.#announced = true;
      this.#options.logger.info(this.#announcement());
    }
    this.#options.onStatus();
  }

  #forgetDescription(): void {
    this.#described = undefined;
    this.#core = undefined;
  }

  #announcement(): string {
    const held = Object.entries(this.store.counts())
      .filter(([, count]) => count > 0)
      .map(([resource, count]) => `${count} ${resource}`);
    return `Cluster ${this.name} is watched: ${
      held.join(', ') || 'nothing there'
    }`;
  }

  #coreStatus(): SourceStatus {
    this.#core ??= this.#worstOfCore();
    return this.#core;
  }

  #worstOfCore(): SourceStatus {
    const core = [...this.#statuses]
      .filter(([resource]) => resource.core)
      .flatMap(([, statuses]) => statuses);
    return core.length > 0
      ? worstStatus(core)
      : { state: 'Syncing', since: this.#createdAt };
  }

  async #othersSettled(signal: AbortSignal): Promise<void> {
    const waitUntil = performance.now() + LAST_WAITS_AT_MOST_MS;
    const unsettled = () =>
      [...this.#statuses].some(
        ([resource, statuses]) =>
          !resource.last && statuses.some(({ state }) => state === 'Syncing'),
      );
    while (!signal.aborted && unsettled() && performance.now() < waitUntil) {
      await delay(50, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}

/** Whether nobody has to hear of a state: a role that may be left out is, or what it is for is not installed. */
function isExpected(
  { optionalRole }: WatchedResource,
  { state }: SourceStatus,
): boolean {
  return (
    optionalRole !== undefined &&
    (state === 'Forbidden' || state === 'NotServed')
  );
}

function present(status: SourceStatus) {
  return {
    state: status.state,
    since: iso(status.since),
    ...(status.message ? { message: redactText(status.message) } : {}),
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
