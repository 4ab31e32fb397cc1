import { setImmediate as nextTurn } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import { toError } from '@backstage/errors';
import type { ScmIntegrations } from '@backstage/integration';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import { SERVICE_ANNOTATION } from 'backstage-plugin-llm-inference-common';
import { BOUND_ENTITY_FIELDS, boundEntityOf } from '../access/BoundEntity';
import type { BoundEntity } from '../access/BoundEntity';
import type { EntityDesire } from './EntityDesire';
import { PUSH_TOPICS, pushedRepositories } from './pushedRepositories';
import type { Repositories, TrackedEntity } from './Repositories';
import { locate } from './Repositories';
import { repositoryKey } from './repositoryAddress';

/** Pauses between the first rounds: at the start the catalog is still filling. */
const FIRST_PAUSES_MS = [2_000, 5_000, 10_000, 20_000, 40_000];

/** After a push the catalog takes a moment to take in what is new. */
const AFTER_PUSH_MS = [500, 8_000, 30_000];

/** The catalog answers from the same process: a long page would keep everybody else waiting. */
const ENTITIES_PER_PAGE = 100;

/** Entities whose addresses are read before others have their turn. */
const LOCATED_AT_ONCE = 100;

/** Entities that are seen for the first time are read together. */
const NOTICED_MS = 500;

/** What is known of entities and of what Git says of their services. */
export interface DesiredStateOptions {
  auth: AuthService;
  catalog: CatalogService;
  events: EventsService;
  integrations: ScmIntegrations;
  logger: LoggerService;
  repositories: Repositories;
  intervalMs: number;
}

/**
 * What Git says of the services of all entities: read when it is pushed to, and now and then; never because
 * somebody looks. Memory only.
 */
export class DesiredState {
  readonly #options: DesiredStateOptions;
  readonly #entities = new Map<string, BoundEntity>();
  readonly #desires = new Map<string, EntityDesire>();
  readonly #listeners = new Set<(entities: BoundEntity[]) => void>();
  readonly #abort = new AbortController();
  readonly #timers = new Set<NodeJS.Timeout>();
  #rounds = 0;
  /** Rounds go one after the other. */
  #last: Promise<void> = Promise.resolve();

  constructor(options: DesiredStateOptions) {
    this.#options = options;
  }

  /** Begins to read; returns at once. */
  async start(): Promise<void> {
    this.#later(0, () => this.#round());
    await this.#options.events.subscribe({
      id: 'llm-inference-drift',
      topics: PUSH_TOPICS,
      onEvent: async ({ eventPayload }) => {
        const pushed = new Set(pushedRepositories(eventPayload));
        for (const pause of AFTER_PUSH_MS) {
          this.#later(pause, () => this.#read(pushed));
        }
      },
    });
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    for (const timer of this.#timers) clearTimeout(timer);
    await this.#last;
  }

  /** Hears the entities whose services Git says something else of; returns a function that stops it. */
  subscribe(listener: (entities: BoundEntity[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Every entity that names a service. */
  entities(): IterableIterator<BoundEntity> {
    return this.#entities.values();
  }

  entity(entityRef: string): BoundEntity | undefined {
    return this.#entities.get(entityRef);
  }

  /** What Git says of the service of an entity; undefined while that has not been read. */
  desire(entityRef: string): EntityDesire | undefined {
    return this.#desires.get(entityRef);
  }

  /** Takes note of an entity that somebody looks at: a new one is read soon, a known one costs nothing. */
  notice(entity: BoundEntity): void {
    const known = this.#entities.get(entity.entityRef);
    if (!entity.target || (known && sameEntity(known, entity))) return;
    // What Git says is said of the service that it names now.
    this.#desires.delete(entity.entityRef);
    this.#entities.set(entity.entityRef, entity);
    this.#later(NOTICED_MS, () => this.#readEntities([entity.entityRef]));
  }

  async #round(): Promise<void> {
    const pause = FIRST_PAUSES_MS[this.#rounds] ?? this.#options.intervalMs;
    this.#rounds += 1;
    try {
      await this.#read();
    } finally {
      const { intervalMs } = this.#options;
      this.#later(Math.min(pause, intervalMs), () => this.#round());
    }
  }

  async #read(pushed: ReadonlySet<string> = new Set()): Promise<void> {
    const gone = await this.#list();
    const concerned = [...this.#entities.values()].filter(
      ({ entityRef, source }) =>
        pushed.size === 0 ||
        !this.#desires.has(entityRef) ||
        (source !== undefined && pushed.has(repositoryKey(source))),
    );
    for (const { entityRef } of gone) this.#desires.delete(entityRef);
    if (gone.length > 0) this.#tell(gone);
    await this.#readEntities(concerned.map(({ entityRef }) => entityRef));
  }

  /** Lists the entities that name services; answers those that are gone. */
  async #list(): Promise<BoundEntity[]> {
    const { auth, catalog } = this.#options;
    const listed = new Map<string, BoundEntity>();
    const pages = catalog.streamEntities(
      {
        filter: {
          [`metadata.annotations.${SERVICE_ANNOTATION}`]: CATALOG_FILTER_EXISTS,
        },
        fields: BOUND_ENTITY_FIELDS,
        pageSize: ENTITIES_PER_PAGE,
      },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    for await (const page of pages) {
      for (const each of page) {
        const entity = boundEntityOf(each);
        if (entity.target) listed.set(entity.entityRef, entity);
      }
    }
    const gone = [...this.#entities.values()].filter(
      ({ entityRef }) => !listed.has(entityRef),
    );
    for (const { entityRef } of gone) this.#entities.delete(entityRef);
    for (const [entityRef, entity] of listed) {
      const known = this.#entities.get(entityRef);
      if (known && !sameEntity(known, entity)) this.#desires.delete(entityRef);
      this.#entities.set(entityRef, entity);
    }
    return gone;
  }

  async #readEntities(entityRefs: string[]): Promise<void> {
    const byRoot = new Map<string, TrackedEntity[]>();
    const found = new Map<string, EntityDesire>();
    const wanted = new Set<string>();
    for (const [index, entityRef] of entityRefs.entries()) {
      if (index % LOCATED_AT_ONCE === 0) await nextTurn();
      const entity = this.#entities.get(entityRef);
      if (!entity || entity.provided) continue;
      const where = locate(entity, this.#options.integrations);
      if ('reason' in where) found.set(entityRef, where);
      else wanted.add(where.root);
    }
    // A repository is read once for all of its services, whoever is asked for.
    for (const [index, entity] of [...this.#entities.values()].entries()) {
      if (index % LOCATED_AT_ONCE === 0) await nextTurn();
      const { target } = entity;
      if (wanted.size === 0 || !target || entity.provided) continue;
      const where = locate(entity, this.#options.integrations);
      if ('reason' in where || !wanted.has(where.root)) continue;
      const tracked = byRoot.get(where.root) ?? [];
      tracked.push({ entity: { ...entity, target }, where });
      byRoot.set(where.root, tracked);
    }
    this.#take(found);
    for (const [root, tracked] of byRoot) {
      const { repositories } = this.#options;
      const known = (entityRef: string) => this.#desires.get(entityRef);
      this.#take(
        await repositories.desires(root, tracked, known, this.#abort.signal),
      );
    }
  }

  #take(desires: Map<string, EntityDesire>): void {
    const changed: BoundEntity[] = [];
    for (const [entityRef, desire] of desires) {
      const entity = this.#entities.get(entityRef);
      if (!entity) continue;
      const before = this.#desires.get(entityRef);
      this.#desires.set(entityRef, desire);
      if (!isDeepStrictEqual(before, desire)) changed.push(entity);
    }
    if (changed.length > 0) this.#tell(changed);
  }

  #tell(entities: BoundEntity[]): void {
    for (const listener of this.#listeners) listener(entities);
  }

  #later(ms: number, work: () => Promise<void>): void {
    if (this.#abort.signal.aborted) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#last = this.#last.then(work).catch(error => {
        if (this.#abort.signal.aborted) return;
        this.#options.logger.warn(
          `What Git says of services could not be read, trying again: ${
            toError(error).message
          }`,
        );
      });
    }, ms);
    timer.unref();
    this.#timers.add(timer);
  }
}

function sameEntity(a: BoundEntity, b: BoundEntity): boolean {
  return (
    a.source === b.source &&
    a.provided === b.provided &&
    JSON.stringify(a.target) === JSON.stringify(b.target)
  );
}
