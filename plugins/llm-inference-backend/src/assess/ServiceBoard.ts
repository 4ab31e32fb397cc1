import { isDeepStrictEqual } from 'node:util';
import type {
  ServiceRef,
  ServingHealth,
} from 'backstage-plugin-llm-inference-common';
import { recordKeyOf, serviceKeyOf } from './AssessedService';
import type { AssessedService } from './AssessedService';
import { versionOf } from './versionOf';

/** A service that has changed, appeared or gone. */
export interface BoardChange {
  service: ServiceRef;
  before?: AssessedService;
  after?: AssessedService;
}

/** What is shown of a service beside its health. */
type Description = Pick<
  AssessedService,
  'model' | 'apiVersion' | 'claimedEntity'
>;

/**
 * The last assessment of every service of every cluster. What an entity misses stands beside the service that
 * has its place and does not name it: by what it is told, an entity cannot learn whether there is one.
 */
export class ServiceBoard {
  readonly #services = new Map<string, AssessedService>();
  /** Keys by name of the service, so that an entity without a cluster finds all of them. */
  readonly #byName = new Map<string, Set<string>>();
  readonly #listeners = new Set<(change: BoardChange) => void>();

  /** Every service, and all that is missing. */
  all(): IterableIterator<AssessedService> {
    return this.#services.values();
  }

  /** The service that is there. */
  get(service: ServiceRef): AssessedService | undefined {
    return this.#services.get(serviceKeyOf(service));
  }

  /** What an entity misses at a place. */
  missing(service: ServiceRef, entityRef: string): AssessedService | undefined {
    return this.#services.get(missingKey(service, entityRef));
  }

  /** The service that is there, and what entities miss at its place. */
  at(service: ServiceRef): AssessedService[] {
    const { cluster, namespace, name } = service;
    return this.named(namespace, name).filter(
      assessed => assessed.service.cluster === cluster,
    );
  }

  /** The service in every cluster that has it, and what entities miss by that name. */
  named(namespace: string, name: string): AssessedService[] {
    const keys = this.#byName.get(`${namespace}/${name}`) ?? [];
    return [...keys].map(key => this.#services.get(key)!);
  }

  /**
   * Puts a new assessment up; listeners hear of it only where something shown has changed. The entity that it
   * names misses nothing there any more.
   */
  put(
    service: ServiceRef,
    health: ServingHealth,
    description: Description,
  ): void {
    const { claimedEntity } = description;
    const missed =
      claimedEntity && this.#take(missingKey(service, claimedEntity));
    const before = this.get(service);
    const drift = before?.drift;
    this.#set(
      { service, health, ...description, ...(drift && { drift }) },
      before ?? (missed || undefined),
    );
  }

  /** Puts up what Git says that an entity has in a cluster, and nothing there names the entity. */
  putMissing(
    service: ServiceRef,
    health: ServingHealth,
    description: Description & { claimedEntity: string },
    drift: NonNullable<AssessedService['drift']>,
  ): void {
    const { claimedEntity } = description;
    if (this.get(service)?.claimedEntity === claimedEntity) return;
    this.#set(
      { service, health, ...description, drift, missing: true },
      this.missing(service, claimedEntity),
    );
  }

  /** Says how a service that is there stands to Git; nothing where that is not known. */
  setDrift(service: ServiceRef, drift: AssessedService['drift']): void {
    const before = this.get(service);
    if (!before) return;
    // Most looks find what the last one has found, and to make a version is the larger part of their work.
    if (isDeepStrictEqual(before.drift, drift)) return;
    const { version: _version, drift: _drift, ...rest } = before;
    this.#set({ ...rest, ...(drift && { drift }) }, before);
  }

  /** Takes a service down that no longer exists. */
  remove(service: ServiceRef): void {
    const before = this.#take(serviceKeyOf(service));
    if (before) this.#tell({ service, before });
  }

  /** Takes down what an entity missed, and what Git no longer says. */
  removeMissing(service: ServiceRef, entityRef: string): void {
    const before = this.#take(missingKey(service, entityRef));
    if (before) this.#tell({ service, before });
  }

  #set(
    assessed: Omit<AssessedService, 'version'>,
    before: AssessedService | undefined,
  ): void {
    const { service, health, ...description } = assessed;
    const key = recordKeyOf(assessed);
    const version = versionOf(health, description);
    if (before?.version === version) {
      before.health = health;
      return;
    }
    const after: AssessedService = { ...assessed, version };
    this.#services.set(key, after);
    const name = `${service.namespace}/${service.name}`;
    this.#byName.set(name, (this.#byName.get(name) ?? new Set()).add(key));
    this.#tell({ service, before, after });
  }

  /** Takes a record down without a word. */
  #take(key: string): AssessedService | undefined {
    const taken = this.#services.get(key);
    if (!taken) return undefined;
    this.#services.delete(key);
    const name = `${taken.service.namespace}/${taken.service.name}`;
    this.#byName.get(name)?.delete(key);
    if (this.#byName.get(name)?.size === 0) this.#byName.delete(name);
    return taken;
  }

  /** Hears of every change; returns a function that stops it. */
  subscribe(listener: (change: BoardChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(change: BoardChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}

function missingKey(service: ServiceRef, claimedEntity: string): string {
  return recordKeyOf({ service, claimedEntity, missing: true });
}
