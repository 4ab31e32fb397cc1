import { toError } from '@backstage/errors';
import type {
  StreamEvent,
  StreamSubscription,
} from 'backstage-plugin-llm-inference-common';
import type { LlmInferenceApi } from '../api/llmInferenceApiRef';
import { Backoff } from './Backoff';
import type {
  LiveConnection,
  LiveEntityStatus,
  LiveFleet,
  LiveStatusApi,
} from './LiveStatusApi';
import { documentVisibility, PageVisibility } from './PageVisibility';
import { WatchedEntity } from './WatchedEntity';

/** Cards of one page mount within a moment; one stream is opened for all of them. */
const GATHER_MS = 50;
/** How long the stream waits for first readings, which tell whom the backend refuses. */
const FIRST_READINGS_MS = 500;
/** How often everything is read again while no stream can be held open. */
const POLL_MS = 10_000;
/** How many entities one stream can carry; more than that are only polled. */
const STREAMED = 100;
/** How many entities nobody looks at any more are remembered for a quick return. */
const REMEMBERED = 100;

/** What the live status asks of the backend. */
type StatusSource = Pick<LlmInferenceApi, 'getEntityStatus' | 'stream'>;

/**
 * One stream for everything that is watched in this browser tab; readings with ETags where no stream can
 * be held open; neither while the tab is hidden.
 *
 * @public
 */
export class LiveStatus implements LiveStatusApi {
  readonly #client: StatusSource;
  readonly #visibility: PageVisibility;
  readonly #backoff = new Backoff({ firstMs: 1_000, limitMs: 30_000 });
  readonly #entities = new Map<string, WatchedEntity>();
  readonly #fleetListeners = new Set<() => void>();
  readonly #reading = new Set<string>();
  #fleet: LiveFleet = { connection: 'Connecting', revision: 0 };
  #connection: LiveConnection = 'Connecting';
  #stream: { key: string; controller: AbortController } | undefined;
  #streamTimer: ReturnType<typeof setTimeout> | undefined;
  #pollTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: { client: StatusSource; visibility?: PageVisibility }) {
    this.#client = options.client;
    this.#visibility = options.visibility ?? documentVisibility;
    this.#visibility.onChange(() => this.#visibilityChanged());
  }

  watchEntity(entityRef: string, listener: () => void): () => void {
    const entity = this.#entity(entityRef);
    const isFirst = !entity.watched;
    entity.addListener(listener);
    if (isFirst) {
      this.#scheduleStream(FIRST_READINGS_MS);
      this.#read(entity);
    }
    return () => {
      entity.removeListener(listener);
      if (!entity.watched) {
        this.#scheduleStream(GATHER_MS);
      }
    };
  }

  entity(entityRef: string): LiveEntityStatus {
    return this.#entity(entityRef).snapshot;
  }

  refreshEntity(entityRef: string): void {
    this.#read(this.#entity(entityRef));
  }

  watchFleet(listener: () => void): () => void {
    this.#fleetListeners.add(listener);
    this.#scheduleStream(GATHER_MS);
    return () => {
      this.#fleetListeners.delete(listener);
      this.#scheduleStream(GATHER_MS);
    };
  }

  fleet(): LiveFleet {
    return this.#fleet;
  }

  #entity(entityRef: string): WatchedEntity {
    const key = entityRef.toLocaleLowerCase('en-US');
    let entity = this.#entities.get(key);
    if (!entity) {
      this.#forgetOldest();
      entity = new WatchedEntity(key, this.#connection);
      this.#entities.set(key, entity);
    }
    return entity;
  }

  #forgetOldest(): void {
    for (const [key, entity] of this.#entities) {
      if (this.#entities.size < REMEMBERED) {
        return;
      }
      if (!entity.watched) {
        this.#entities.delete(key);
      }
    }
  }

  #watched(): WatchedEntity[] {
    return [...this.#entities.values()].filter(entity => entity.watched);
  }

  async #read(entity: WatchedEntity): Promise<void> {
    if (this.#reading.has(entity.entityRef)) {
      return;
    }
    this.#reading.add(entity.entityRef);
    try {
      const status = await this.#client.getEntityStatus(entity.entityRef);
      entity.isNow(status, Date.now());
      if (this.#connection === 'Away') {
        this.#connectionIs('Polling');
      }
    } catch (error) {
      entity.couldNotBeRead(toError(error));
      if (!entity.refused && this.#connection !== 'Live') {
        this.#connectionIs('Away');
      }
    } finally {
      this.#reading.delete(entity.entityRef);
    }
    if (this.#reading.size === 0 && this.#backoff.failures === 0) {
      this.#scheduleStream(GATHER_MS);
    }
  }

  #scheduleStream(delayMs: number): void {
    clearTimeout(this.#streamTimer);
    this.#streamTimer = setTimeout(() => this.#openStream(), delayMs);
  }

  #openStream(): void {
    const entityRefs = this.#watched()
      .filter(entity => !entity.refused)
      .map(entity => entity.entityRef)
      .slice(0, STREAMED)
      .sort();
    const fleet = this.#fleetListeners.size > 0;
    const idle =
      this.#visibility.hidden() || (entityRefs.length === 0 && !fleet);
    const key = idle ? '' : JSON.stringify([entityRefs, fleet]);
    if (this.#stream?.key === key) {
      return;
    }
    this.#stream?.controller.abort();
    this.#stream = undefined;
    if (idle) {
      this.#stopPolling();
      return;
    }
    const controller = new AbortController();
    this.#stream = { key, controller };
    this.#listen({ entityRefs, fleet, signal: controller.signal });
  }

  async #listen(subscription: StreamSubscription): Promise<void> {
    const { signal } = subscription;
    try {
      for await (const event of this.#client.stream(subscription)) {
        if (signal.aborted) {
          return;
        }
        this.#received(event);
      }
    } catch {
      // Why it broke shows in the reading that follows, for each entity by itself.
    }
    if (!signal.aborted) {
      this.#ended();
    }
  }

  #received(event: StreamEvent): void {
    this.#backoff.reset();
    if (this.#connection !== 'Live') {
      this.#stopPolling();
      this.#connectionIs('Live');
      this.#fleetIs({ revision: this.#fleet.revision + 1 });
    }
    if (event.type === 'entity') {
      const key = event.data.entityRef.toLocaleLowerCase('en-US');
      this.#entities.get(key)?.isNow(event.data, Date.now());
    } else if (event.type === 'clusters') {
      this.#fleetIs({ clusters: event.data });
    } else {
      this.#fleetIs({ revision: this.#fleet.revision + 1 });
    }
  }

  /** Whether it was closed or broke makes no difference: poll now, and try again after a while. */
  #ended(): void {
    this.#stream = undefined;
    if (this.#connection === 'Live') {
      this.#connectionIs('Polling');
    }
    this.#scheduleStream(this.#backoff.next());
    if (this.#pollTimer === undefined) {
      this.#poll();
    }
  }

  #poll(): void {
    this.#watched().forEach(entity => this.#read(entity));
    this.#fleetIs({ revision: this.#fleet.revision + 1 });
    this.#pollTimer = setTimeout(() => this.#poll(), POLL_MS);
  }

  #stopPolling(): void {
    clearTimeout(this.#pollTimer);
    this.#pollTimer = undefined;
  }

  #visibilityChanged(): void {
    clearTimeout(this.#streamTimer);
    if (!this.#visibility.hidden()) {
      this.#backoff.reset();
    }
    this.#openStream();
  }

  #connectionIs(connection: LiveConnection): void {
    this.#connection = connection;
    this.#entities.forEach(entity => entity.connectionIs(connection));
    this.#fleetIs({ connection });
  }

  #fleetIs(change: Partial<LiveFleet>): void {
    if (change.connection === this.#fleet.connection) {
      return;
    }
    this.#fleet = { ...this.#fleet, ...change };
    this.#fleetListeners.forEach(listener => listener());
  }
}
