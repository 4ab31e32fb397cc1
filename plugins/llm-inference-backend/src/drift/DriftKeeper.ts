import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { redactText } from 'backstage-plugin-llm-inference-common';
import type {
  GitOpsState,
  ServiceDrift,
  ServiceRef,
} from 'backstage-plugin-llm-inference-common';
import type { BoundEntity } from '../access/BoundEntity';
import { serviceKeyOf } from '../assess/AssessedService';
import type { AssessedService } from '../assess/AssessedService';
import { bound, providedRef } from '../status/Visibility';
import { ControllerIndex } from './gitops/ControllerIndex';
import { LiveManifests } from './LiveManifests';
import { MissingServices } from './MissingServices';
import type { MissingServicesOptions } from './MissingServices';
import { ANY_CLUSTER } from './render/desiredServices';

/** A burst of changes is looked at once, after this long. */
const COALESCE_MS = 250;

/** Services looked at together; each may wait for its cluster. */
const AT_A_TIME = 16;

/** What could not be told is tried again this often. */
const SWEEP_MS = 30_000;

/** No differences. */
const NOTHING = { differences: [], total: 0 };

/** What the keeper works with. */
export interface DriftKeeperOptions
  extends Omit<MissingServicesOptions, 'controllers'> {
  logger: LoggerService;
}

/** Keeps on the board how every service stands to Git, and what Git has and is missing. */
export class DriftKeeper {
  readonly #options: DriftKeeperOptions;
  readonly #missing: MissingServices;
  readonly #live = new LiveManifests();
  readonly #dirty = new Map<string, ServiceRef>();
  readonly #unsettled = new Map<string, ServiceRef>();
  readonly #unsubscribe: Array<() => void> = [];
  readonly #abort = new AbortController();
  readonly #changedClusters = new Set<string>();
  #clustersTimer?: NodeJS.Timeout;
  #controllers?: ControllerIndex;
  #timer?: NodeJS.Timeout;
  #sweep?: NodeJS.Timeout;
  #working: Promise<void> = Promise.resolve();

  constructor(options: DriftKeeperOptions) {
    this.#options = options;
    this.#missing = new MissingServices({
      ...options,
      controllers: () => this.#index(),
    });
  }

  async start(): Promise<void> {
    const { board, desired, fleet } = this.#options;
    this.#missing.start();
    this.#unsubscribe.push(
      board.subscribe(({ service, before, after }) => {
        // What this keeper itself has put up is no news.
        if (
          after?.drift !== before?.drift &&
          after?.health === before?.health
        ) {
          return;
        }
        if (!(after ?? before)?.missing) this.look(service);
      }),
      desired.subscribe(entities => this.#entitiesChanged(entities)),
      fleet.subscribe(cluster => this.#clusterChanged(cluster)),
      fleet.subscribeControllers(() => {
        this.#controllers = undefined;
        for (const { service } of board.all()) this.look(service);
        this.#missing.onControllers();
      }),
    );
    this.#sweep = setInterval(() => {
      for (const service of this.#unsettled.values()) this.look(service);
    }, SWEEP_MS);
    this.#sweep.unref();
    await desired.start();
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    clearTimeout(this.#timer);
    clearTimeout(this.#clustersTimer);
    clearInterval(this.#sweep);
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    await this.#missing.stop();
    await this.#options.desired.stop();
    await this.#working;
  }

  /** While clusters are read for the first time each of their resources says so: all entities are gone through once. */
  #clusterChanged(cluster: string): void {
    this.#changedClusters.add(cluster);
    this.#clustersTimer ??= setTimeout(() => {
      this.#clustersTimer = undefined;
      this.#controllers = undefined;
      this.#missing.onClusters(this.#changedClusters);
      this.#changedClusters.clear();
    }, COALESCE_MS).unref();
  }

  #entitiesChanged(entities: BoundEntity[]): void {
    this.#missing.onEntities(entities);
    for (const { target } of entities) {
      if (!target) continue;
      for (const { service } of this.#options.board.named(
        target.namespace,
        target.name,
      )) {
        this.look(service);
      }
    }
  }

  /** Looks again at how a service stands to Git, soon. */
  look(service: ServiceRef): void {
    this.#dirty.set(serviceKeyOf(service), service);
    if (this.#timer || this.#abort.signal.aborted) return;
    this.#timer = setTimeout(() => {
      this.#working = this.#work();
    }, COALESCE_MS);
    this.#timer.unref();
  }

  async #work(): Promise<void> {
    while (this.#dirty.size > 0 && !this.#abort.signal.aborted) {
      const batch = [...this.#dirty.values()].slice(0, AT_A_TIME);
      for (const service of batch) this.#dirty.delete(serviceKeyOf(service));
      await Promise.all(batch.map(service => this.#look(service)));
      // Where nothing has to be read all is done within one turn, and there may be thousands.
      await nextTurn();
    }
    this.#timer = undefined;
  }

  async #look(service: ServiceRef): Promise<void> {
    const { board, logger } = this.#options;
    const key = serviceKeyOf(service);
    try {
      const assessed = board.get(service);
      this.#unsettled.delete(key);
      if (assessed) {
        board.setDrift(service, await this.#driftOf(assessed));
      } else {
        this.#live.forget(service);
      }
    } catch (error) {
      if (this.#abort.signal.aborted) return;
      logger.error(
        `Service ${key} could not be compared with Git: ${
          toError(error).message
        }`,
      );
    }
  }

  /** How a service that is there stands to Git. */
  async #driftOf(assessed: AssessedService): Promise<AssessedService['drift']> {
    const { desired } = this.#options;
    const { service, claimedEntity } = assessed;
    const entity = [claimedEntity, providedRef(assessed)]
      .map(ref => (ref ? desired.entity(ref) : undefined))
      .find(candidate => candidate && bound(candidate, assessed));
    if (!entity) return undefined;
    const { cluster, namespace, name } = service;
    const store = this.#options.fleet.watcher(cluster)?.store;
    const gitOps = this.#index().ofRunning(
      service,
      store?.serviceResource(namespace, name),
    );
    const drift = await this.#compare(entity, service, gitOps);
    return (
      drift && {
        ...drift,
        ...(gitOps ? { gitOps } : {}),
        entityRef: entity.entityRef,
      }
    );
  }

  async #compare(
    entity: BoundEntity,
    service: ServiceRef,
    gitOps: GitOpsState | undefined,
  ): Promise<ServiceDrift | undefined> {
    const { desired, fleet } = this.#options;
    if (entity.provided) return notThroughGit(gitOps);
    const desire = desired.desire(entity.entityRef);
    if (!desire) return undefined;
    if ('reason' in desire) return unknown(desire.reason);
    const { byCluster, revision, url } = desire;
    const manifest =
      byCluster.get(service.cluster) ?? byCluster.get(ANY_CLUSTER);
    if (!manifest && gitOps?.kind === 'HelmRelease') {
      return {
        ...unknown(
          `HelmRelease ${gitOps.name} applies it from a chart, which the portal does not render`,
        ),
        source: { url, revision },
      };
    }
    if (!manifest) {
      return {
        ...NOTHING,
        state: 'NotInGit',
        reason: `It runs in cluster ${service.cluster}, and the folder of its entity has no manifest of it for that cluster`,
        source: { url, revision },
      };
    }
    if ('reason' in manifest) {
      return { ...unknown(manifest.reason), source: { url, revision } };
    }
    const source = { url: manifest.url, revision };
    const watcher = fleet.watcher(service.cluster);
    try {
      if (!watcher) throw new Error('the cluster is no longer configured');
      const comparison = await this.#live.compare(
        service,
        manifest,
        watcher,
        this.#abort.signal,
      );
      const state = comparison.total > 0 ? 'Differs' : 'InSync';
      return { state, source, ...comparison };
    } catch (error) {
      this.#abort.signal.throwIfAborted();
      this.#unsettled.set(serviceKeyOf(service), service);
      const reason = `The service could not be read from cluster ${
        service.cluster
      }: ${redactText(toError(error).message)}`;
      return { ...unknown(reason), source };
    }
  }

  #index(): ControllerIndex {
    this.#controllers ??= new ControllerIndex(this.#options.fleet.watchers());
    return this.#controllers;
  }
}

function unknown(reason: string): ServiceDrift {
  return { ...NOTHING, state: 'Unknown', reason };
}

/** A service that no catalog file describes. */
function notThroughGit(gitOps: GitOpsState | undefined): ServiceDrift {
  return gitOps
    ? unknown(
        `${gitOps.kind} ${gitOps.name} applies it from a repository that no catalog entity of it names`,
      )
    : {
        ...NOTHING,
        state: 'NotInGit',
        reason:
          'It was found in the cluster; no catalog file in Git describes it, and no GitOps controller that the portal can see applies it',
      };
}
