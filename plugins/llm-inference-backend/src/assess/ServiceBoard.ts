import { isDeepStrictEqual } from 'node:util';
import type {
  ServiceRef,
  ServingHealth,
} from 'backstage-plugin-llm-inference-common';
import { serviceKeyOf } from './AssessedService';
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

/** The last assessment of every service of every cluster. */
export class ServiceBoard {
  readonly #services = new Map<string, AssessedService>();
  /** Clusters by name of the service, so that an entity without a cluster finds all of them. */
  readonly #byName = new Map<string, Set<string>>();
  readonly #listeners = new Set<(change: BoardChange) => void>();

  /** Every service. */
  all(): IterableIterator<AssessedService> {
    return this.#services.values();
  }

  get(service: ServiceRef): AssessedService | undefined {
    return this.#services.get(serviceKeyOf(service));
  }

  /** The service in every cluster that has it. */
  named(namespace: string, name: string): AssessedService[] {
    const keys = this.#byName.get(`${namespace}/${name}`) ?? [];
    return [...keys].map(key => this.#services.get(key)!);
  }

  /** Puts a new assessment up; listeners hear of it only where something shown has changed. */
  put(
    service: ServiceRef,
    health: ServingHealth,
    description: Description,
  ): void {
    const before = this.get(service);
    // How a service that was not there stood to Git says nothing of the one that is.
    const drift = before?.missing ? undefined : before?.drift;
    this.#set({ service, health, ...description, ...(drift && { drift }) });
  }

  /** Puts up a service that Git has and its cluster does not; it stays until it is taken down or is there. */
  putMissing(
    service: ServiceRef,
    health: ServingHealth,
    description: Description,
    drift: NonNullable<AssessedService['drift']>,
  ): void {
    const before = this.get(service);
    if (before && !before.missing) return;
    this.#set({ service, health, ...description, drift, missing: true });
  }

  /** Says how a service that is there stands to Git; nothing where that is not known. */
  setDrift(service: ServiceRef, drift: AssessedService['drift']): void {
    const before = this.get(service);
    if (!before || before.missing) return;
    // Most looks find what the last one has found, and to make a version is the larger part of their work.
    if (isDeepStrictEqual(before.drift, drift)) return;
    const { version: _version, drift: _drift, ...rest } = before;
    this.#set({ ...rest, ...(drift && { drift }) });
  }

  /** Takes a service down that no longer exists. */
  remove(service: ServiceRef): void {
    if (!this.get(service)?.missing) this.#remove(service);
  }

  /** Takes a service down that was not there, and that Git no longer has. */
  removeMissing(service: ServiceRef): void {
    if (this.get(service)?.missing) this.#remove(service);
  }

  #set(assessed: Omit<AssessedService, 'version'>): void {
    const { service, health, ...description } = assessed;
    const key = serviceKeyOf(service);
    const before = this.#services.get(key);
    const version = versionOf(health, description);
    if (before?.version === version) {
      before.health = health;
      return;
    }
    const after: AssessedService = { ...assessed, version };
    this.#services.set(key, after);
    if (!before) {
      const name = `${service.namespace}/${service.name}`;
      this.#byName.set(name, (this.#byName.get(name) ?? new Set()).add(key));
    }
    this.#tell({ service, before, after });
  }

  #remove(service: ServiceRef): void {
    const key = serviceKeyOf(service);
    const before = this.#services.get(key);
    if (!before) return;
    this.#services.delete(key);
    const name = `${service.namespace}/${service.name}`;
    this.#byName.get(name)?.delete(key);
    if (this.#byName.get(name)?.size === 0) this.#byName.delete(name);
    this.#tell({ service, before });
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
