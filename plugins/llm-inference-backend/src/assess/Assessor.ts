import {
  setImmediate as nextTurn,
  setTimeout as delay,
} from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type {
  KubernetesObject,
  Observation,
  ServiceRef,
  ServingHealth,
} from 'backstage-plugin-llm-inference-common';
import type { ClusterStore } from '../store/ClusterStore';
import type { Clock } from '../watch/Clock';
import { untraced } from '../watch/Trace';
import type { Trace } from '../watch/Trace';
import { serviceKeyOf } from './AssessedService';
import type { Assess } from './AssessedService';
import { describeService } from './describeService';
import { DirtyServices } from './DirtyServices';
import type { ServiceBoard } from './ServiceBoard';

/** What the assessor needs of a cluster. */
export interface AssessableCluster {
  readonly name: string;
  readonly store: ClusterStore;
  /** False while a resource has not been read yet: half a picture would be a wrong one. */
  readonly settled: boolean;
  access(): NonNullable<Observation['access']>;
}

/** One who adds to an observation what was seen beside the objects. */
export interface Observer {
  observe(observation: Observation): Observation;
  /** Hears what was made of it, and the LLMInferenceService itself. */
  assessed?(health: ServingHealth, resource: KubernetesObject): void;
  /** Hears that a service no longer exists, or its cluster is no longer watched. */
  gone?(service: ServiceRef): void;
}

/** A burst of changes of one service is judged once, after this long. */
const COALESCE_MS = 40;

/**
 * Judging stops after this long to let requests through, and goes on in the next turn. One service of fifty pods takes
 * about as long, so that a request meets one of them and not a row.
 */
const SLICE_MS = 1;

/**
 * Where nobody looks at the services that wait, judging rests for so long after each slice. A flood of changes then
 * takes less than half of the processor, and what is open in a browser, and who asks for something, does not wait for it.
 */
const REST_MS = 2;

/**
 * A verdict also changes because time passes: a start-up budget ends, a restart grows old. Where nothing is
 * on its way and nothing is wrong only an event changes it; such a service is looked at again all the same,
 * at times of its own, so that a fleet is not judged all at once.
 */
const RESTLESS_MS = 10_000;
const SETTLED_MS = 60_000;
const STEADY_MS = 300_000;
const SWEEP_MS = 1_000;

/** Judges services that have changed, and again while time alone may change the verdict. */
export class Assessor {
  readonly #assess: Assess;
  readonly #board: ServiceBoard;
  readonly #clock: Clock;
  readonly #logger: LoggerService;
  readonly #trace: Trace;
  readonly #clusters = new Map<string, AssessableCluster>();
  readonly #dirty = new DirtyServices();
  /** When each service is due again, in milliseconds of the monotonic clock. */
  readonly #due = new Map<string, { service: ServiceRef; at: number }>();
  readonly #observers: Observer[] = [];
  #timer?: NodeJS.Timeout;
  #sweep?: NodeJS.Timeout;
  #working = false;

  constructor(options: {
    assess: Assess;
    board: ServiceBoard;
    clock: Clock;
    logger: LoggerService;
    /** Nothing is traced where absent. */
    trace?: Trace;
  }) {
    this.#assess = options.assess;
    this.#board = options.board;
    this.#clock = options.clock;
    this.#logger = options.logger;
    this.#trace = options.trace ?? untraced;
  }

  /** Begins to judge. */
  start(): void {
    this.#sweep = setInterval(() => this.#markDue(), SWEEP_MS);
    this.#sweep.unref();
  }

  stop(): void {
    clearInterval(this.#sweep);
    clearTimeout(this.#timer);
    this.#dirty.clear();
    this.#clusters.clear();
  }

  /** Adds one who has seen more of services than their objects. */
  addObserver(observer: Observer): void {
    this.#observers.push(observer);
  }

  addCluster(cluster: AssessableCluster): void {
    this.#clusters.set(cluster.name, cluster);
  }

  /** Forgets a cluster and its services. */
  removeCluster(name: string): void {
    this.#clusters.delete(name);
    for (const { service } of [...this.#board.all()]) {
      if (service.cluster === name) this.#gone(service);
    }
  }

  /** Services that somebody looks at are judged before others. */
  goFirstWhere(isWatched: (service: ServiceRef) => boolean): void {
    this.#dirty.isWatched = isWatched;
  }

  /** Says that something about a service has changed. */
  markDirty(service: ServiceRef): void {
    this.#dirty.add(service, performance.now());
    this.#schedule();
  }

  /** Says that how a cluster can be read has changed: every service of it is judged anew. */
  markClusterDirty(name: string): void {
    const cluster = this.#clusters.get(name);
    if (!cluster?.settled) return;
    for (const service of cluster.store.services()) {
      this.markDirty({ cluster: name, ...service });
    }
  }

  #schedule(): void {
    const since = this.#dirty.waitingSince;
    if (this.#timer || this.#working || since === undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#trace('assess', {}, async count => {
        count('services', await this.#work());
      });
    }, Math.max(1, since + COALESCE_MS - performance.now()));
    this.#timer.unref();
  }

  /** Judges what has waited long enough; how many services that were. */
  async #work(): Promise<number> {
    this.#working = true;
    let judged = 0;
    let sliceEnds = performance.now() + SLICE_MS;
    for (;;) {
      const service = this.#dirty.take(longEnough());
      if (!service) break;
      judged += 1;
      const cluster = this.#clusters.get(service.cluster);
      // Until a cluster is settled its services wait; `markClusterDirty` brings them back.
      if (cluster?.settled) this.#judge(cluster, service);
      if (performance.now() > sliceEnds) {
        const isAwaited = this.#dirty.isWatchedOneWaiting(longEnough());
        await (isAwaited ? nextTurn() : delay(REST_MS));
        sliceEnds = performance.now() + SLICE_MS;
      }
    }
    this.#working = false;
    this.#schedule();
    return judged;
  }

  #judge(cluster: AssessableCluster, service: ServiceRef): void {
    const { namespace, name } = service;
    const key = serviceKeyOf(service);
    const now = new Date(this.#clock.now()).toISOString();
    try {
      if (!cluster.store.hasService(namespace, name)) {
        this.#gone(service);
        return;
      }
      const objects = cluster.store.objectsOf(namespace, name);
      const resource = objects.find(isNamed(service))!;
      const health = this.#assess(
        this.#observers.reduce<Observation>(
          (observation, observer) => observer.observe(observation),
          {
            now,
            service,
            objects,
            access: cluster.access(),
          },
        ),
      );
      for (const observer of this.#observers) {
        observer.assessed?.(health, resource);
      }
      this.#board.put(service, health, describeService(resource));
      this.#due.set(key, {
        service,
        at: performance.now() + lastsFor(health, this.#clock.random()),
      });
    } catch (error) {
      this.#logger.error(
        `Service ${key} could not be assessed: ${toError(error).message}`,
      );
    }
  }

  #gone(service: ServiceRef): void {
    const key = serviceKeyOf(service);
    this.#due.delete(key);
    for (const observer of this.#observers) observer.gone?.(service);
    this.#board.remove(service);
  }

  #markDue(): void {
    const now = performance.now();
    for (const { service, at } of this.#due.values()) {
      if (at <= now) this.markDirty(service);
    }
  }
}

/** What has waited since then has gathered its burst. */
function longEnough(): number {
  return performance.now() - COALESCE_MS;
}

/** Tells the LLMInferenceService from all that belongs to it. */
function isNamed({ namespace, name }: ServiceRef) {
  return ({ kind, metadata }: KubernetesObject) =>
    kind === 'LLMInferenceService' &&
    metadata?.name === name &&
    metadata.namespace === namespace;
}

/** How long a verdict holds where nothing happens, in milliseconds. */
function lastsFor(health: ServingHealth, random: number): number {
  const { causes, pools, verdict } = health;
  if (verdict !== 'Healthy' && verdict !== 'Stopped') return RESTLESS_MS;
  const pods = [pools.decode, pools.prefill].flatMap(pool => pool?.pods ?? []);
  const steady =
    causes.length === 0 &&
    pods.every(({ ready, terminating }) => ready && !terminating);
  return steady ? STEADY_MS * (1 - random / 2) : SETTLED_MS;
}
