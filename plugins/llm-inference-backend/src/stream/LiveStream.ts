import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { ServiceRef } from 'backstage-plugin-llm-inference-common';
import type { BoundEntity } from '../access/BoundEntity';
import type { BoardChange } from '../assess/ServiceBoard';
import { recordKeyOf } from '../assess/AssessedService';
import type { HealthTexts } from '../status/HealthTexts';
import type { StatusReader } from '../status/StatusReader';
import { clustersSignature, entitySignature } from '../status/signatures';
import type { EventWriter } from './EventWriter';
import { ResumeToken } from './ResumeToken';

/** A burst of changes becomes one event per entity. */
const COALESCE_MS = 20;

/** The fleet is told at most this often that something has changed. */
const FLEET_MS = 1_000;

/** More changed services than this are not listed; the reader reads the list anyway. */
const LISTED_CHANGES = 100;

/** What one stream listens to, as far as its reader may. */
export interface StreamScope {
  entities: Map<string, BoundEntity>;
  /** Whether the reader may know of services that are bound to nothing. */
  wholeFleet: boolean;
}

/** What a stream is built from. */
export interface LiveStreamOptions {
  writer: EventWriter;
  texts: HealthTexts;
  reader: StatusReader;
  credentials: BackstageCredentials;
  entityRefs: string[];
  fleet: boolean;
  scope: StreamScope;
  /**
   * Says what the reader may listen to by decisions that are still good: asked before something is sent, so that
   * nothing is sent under a decision older than decisions get. Rejects where the reader may not listen at all.
   */
  lookUp(): Promise<StreamScope>;
  /** Told that it listens to other services than before. */
  onTargets(): void;
  /** What the reader has seen before it came back. */
  lastEventId?: string;
  /** Which of these changes the reader may hear of. */
  visible(changes: BoardChange[]): Promise<ServiceRef[]>;
  onFailure(error: unknown): void;
}

/**
 * One open stream. Remembers only what has to be said anew, never what was said: however slow the reader,
 * it hears the latest state of each entity once, and the memory it takes stays the same.
 */
export class LiveStream {
  readonly #options: LiveStreamOptions;
  readonly #sent: ResumeToken;
  readonly #pending = new Set<string>();
  readonly #changes = new Map<string, BoardChange>();
  #scope: StreamScope;
  #clustersPending: boolean;
  #fleetDueAt = 0;
  #timer?: NodeJS.Timeout;
  #flushing = false;
  #closed = false;

  constructor(options: LiveStreamOptions) {
    this.#options = options;
    this.#scope = options.scope;
    this.#sent = ResumeToken.parse(options.lastEventId, options.entityRefs);
    this.#clustersPending = options.fleet;
    for (const entityRef of options.scope.entities.keys()) {
      this.#pending.add(entityRef);
    }
    this.#schedule();
  }

  /** The entities that are listened to now. */
  get entities(): Iterable<BoundEntity> {
    return this.#scope.entities.values();
  }

  /** A service has changed. */
  onChange(change: BoardChange): void {
    const { namespace, name } = change.service;
    for (const { entityRef, target } of this.#scope.entities.values()) {
      if (target?.namespace === namespace && target.name === name) {
        this.#pending.add(entityRef);
      }
    }
    const changed = change.after ?? change.before;
    if (
      changed &&
      this.#options.fleet &&
      this.#changes.size <= LISTED_CHANGES
    ) {
      const key = recordKeyOf(changed);
      const earlier = this.#changes.get(key);
      const { before } = earlier ?? change;
      this.#changes.set(key, { ...change, before });
    }
    this.#schedule();
  }

  /** How a cluster can be watched has changed. */
  onClusters(): void {
    for (const entityRef of this.#scope.entities.keys()) {
      this.#pending.add(entityRef);
    }
    this.#clustersPending = this.#options.fleet;
    this.#schedule();
  }

  /** What the reader may see, or what its entities name, has been looked up again. */
  rescope(scope: StreamScope): void {
    this.#adopt(scope);
    this.onClusters();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#options.writer.end();
  }

  #schedule(): void {
    if (this.#timer || this.#flushing || this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#flush();
    }, COALESCE_MS);
    this.#timer.unref();
  }

  async #flush(): Promise<void> {
    this.#flushing = true;
    try {
      await this.#flushClusters();
      for (const entityRef of this.#pending) {
        this.#pending.delete(entityRef);
        if (this.#closed) return;
        // Before each: to send the last one may have taken a slow reader a minute. Decisions are kept.
        this.#adopt(await this.#options.lookUp());
        await this.#flushEntity(entityRef);
      }
      await this.#flushFleet();
    } catch (error) {
      this.#options.onFailure(error);
    } finally {
      this.#flushing = false;
    }
    if (this.#pending.size > 0 || this.#clustersPending) this.#schedule();
    else if (this.#changes.size > 0) this.#scheduleFleet();
  }

  #adopt(scope: StreamScope): void {
    const before = this.#scope.entities;
    this.#scope = scope;
    if (!sameTargets(before, scope.entities)) this.#options.onTargets();
  }

  async #flushEntity(entityRef: string): Promise<void> {
    const entity = this.#scope.entities.get(entityRef);
    if (!entity) return;
    const status = this.#options.reader.entity(entity, this.#scope.wholeFleet);
    if (this.#sent.replace(entityRef, entitySignature(status))) {
      await this.#options.writer.send(
        'entity',
        this.#options.texts.write(status),
        this.#sent.toString(),
      );
    }
  }

  async #flushClusters(): Promise<void> {
    if (!this.#clustersPending) return;
    this.#clustersPending = false;
    const clusters = this.#options.reader.clusters();
    if (this.#sent.replace('', clustersSignature(clusters))) {
      await this.#options.writer.send(
        'clusters',
        clusters,
        this.#sent.toString(),
      );
    }
  }

  async #flushFleet(): Promise<void> {
    if (this.#changes.size === 0 || performance.now() < this.#fleetDueAt)
      return;
    const changes = [...this.#changes.values()];
    this.#changes.clear();
    this.#fleetDueAt = performance.now() + FLEET_MS;
    const services = await this.#options.visible(changes);
    if (services.length > 0 && !this.#closed) {
      await this.#options.writer.send(
        'changed',
        { services: services.slice(0, LISTED_CHANGES) },
        this.#sent.toString(),
      );
    }
  }

  #scheduleFleet(): void {
    if (this.#timer || this.#closed) return;
    const waitMs = Math.max(COALESCE_MS, this.#fleetDueAt - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#flush();
    }, waitMs);
    this.#timer.unref();
  }
}

function sameTargets(
  a: StreamScope['entities'],
  b: StreamScope['entities'],
): boolean {
  if (a.size !== b.size) return false;
  for (const [entityRef, { target }] of a) {
    const other = b.get(entityRef)?.target;
    if (
      target?.namespace !== other?.namespace ||
      target?.name !== other?.name
    ) {
      return false;
    }
  }
  return true;
}
