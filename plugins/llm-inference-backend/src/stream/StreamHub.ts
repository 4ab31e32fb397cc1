import type {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import {
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
  toError,
} from '@backstage/errors';
import type { Response } from 'express';
import { llmInferenceFleetReadPermission } from 'backstage-plugin-llm-inference-common';
import type { ServiceRef } from 'backstage-plugin-llm-inference-common';
import type { Gate } from '../access/Gate';
import type { BoardChange, ServiceBoard } from '../assess/ServiceBoard';
import { visibleServices } from '../status/Visibility';
import { shownHealth } from '../status/StatusReader';
import type { HealthTexts } from '../status/HealthTexts';
import type { StatusReader } from '../status/StatusReader';
import type { Fleet } from '../watch/Fleet';
import { EventWriter } from './EventWriter';
import { LiveStream } from './LiveStream';
import type { StreamScope } from './LiveStream';

/** How many streams may be open, and how often each is looked after. */
export interface StreamLimits {
  total: number;
  perCaller: number;
  heartbeatMs: number;
  /** How often the right to read, and the binding of each entity, is checked again; or up to a third sooner. */
  recheckMs: number;
}

export const DEFAULT_STREAM_LIMITS: StreamLimits = {
  total: 2_000,
  perCaller: 30,
  heartbeatMs: 15_000,
  recheckMs: 30_000,
};

/** What a reader asked for. */
export interface Subscription {
  entityRefs: string[];
  fleet: boolean;
  lastEventId?: string;
  credentials: BackstageCredentials;
}

/** Opens streams, tells each of the changes it listens to, and closes them all at the end. */
export class StreamHub {
  readonly #board: ServiceBoard;
  readonly #fleet: Fleet;
  readonly #gate: Gate;
  readonly #reader: StatusReader;
  readonly #texts: HealthTexts;
  readonly #logger: LoggerService;
  readonly #limits: StreamLimits;
  readonly #streams = new Map<LiveStream, string>();
  readonly #unsubscribe: Array<() => void> = [];
  /** Services that open streams listen to, as `<namespace>/<name>`; made anew after any stream has come, gone or changed. */
  #watched?: Set<string>;

  constructor(options: {
    board: ServiceBoard;
    fleet: Fleet;
    gate: Gate;
    reader: StatusReader;
    texts: HealthTexts;
    logger: LoggerService;
    limits?: StreamLimits;
  }) {
    this.#board = options.board;
    this.#fleet = options.fleet;
    this.#gate = options.gate;
    this.#reader = options.reader;
    this.#texts = options.texts;
    this.#logger = options.logger;
    this.#limits = options.limits ?? DEFAULT_STREAM_LIMITS;
  }

  /** Number of open streams. */
  get size(): number {
    return this.#streams.size;
  }

  /** Whether the page of an entity that names the service is open somewhere. */
  isWatched({ namespace, name }: ServiceRef): boolean {
    this.#watched ??= new Set(
      [...this.#streams.keys()].flatMap(({ entities }) =>
        [...entities].flatMap(({ target }) =>
          target ? [`${target.namespace}/${target.name}`] : [],
        ),
      ),
    );
    return this.#watched.has(`${namespace}/${name}`);
  }

  start(): void {
    this.#unsubscribe.push(
      this.#board.subscribe(change => {
        for (const stream of this.#streams.keys()) stream.onChange(change);
      }),
      this.#fleet.subscribe(() => {
        for (const stream of this.#streams.keys()) stream.onClusters();
      }),
    );
  }

  stop(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    for (const stream of [...this.#streams.keys()]) stream.close();
    this.#streams.clear();
  }

  /** Answers a request with a stream; rejects before anything is sent where the caller may not have it. */
  async open(response: Response, subscription: Subscription): Promise<void> {
    const { credentials } = subscription;
    const caller = JSON.stringify(credentials.principal);
    this.#requireRoom(caller);
    const scope = await this.#scopeOf(subscription);
    this.#requireRoom(caller);
    if (response.closed) return;
    const writer = new EventWriter(response);
    const stream = new LiveStream({
      ...subscription,
      writer,
      reader: this.#reader,
      texts: this.#texts,
      scope,
      lookUp: () => this.#scopeOf(subscription),
      onTargets: () => {
        this.#watched = undefined;
      },
      visible: changes => this.#visible(changes, credentials),
      onFailure: error => this.#fail(stream, error),
    });
    const timers = [
      setInterval(() => writer.heartbeat(), this.#limits.heartbeatMs),
      setInterval(
        () => void this.#recheck(stream, subscription),
        // Not all at once, where many have opened at once: after a restart everybody comes back together.
        this.#limits.recheckMs * (1 - Math.random() / 3),
      ),
    ];
    const { expiresAt } = credentials;
    if (expiresAt) {
      // The client reconnects with a fresh token; setTimeout takes no more than 24 days.
      const leftMs = Math.min(expiresAt.getTime() - Date.now(), 2 ** 31 - 1);
      timers.push(setTimeout(() => stream.close(), Math.max(0, leftMs)));
    }
    this.#streams.set(stream, caller);
    this.#watched = undefined;
    response.once('close', () => {
      timers.forEach(clearTimeout);
      this.#streams.delete(stream);
      this.#watched = undefined;
      stream.close();
    });
  }

  #requireRoom(caller: string): void {
    const mine = [...this.#streams.values()].filter(name => name === caller);
    if (
      this.#streams.size >= this.#limits.total ||
      mine.length >= this.#limits.perCaller
    ) {
      throw new ServiceUnavailableError(
        'Too many live streams are open; close one or read the status instead',
      );
    }
  }

  async #scopeOf(subscription: Subscription): Promise<StreamScope> {
    const { entityRefs, fleet, credentials } = subscription;
    const [decisions, wholeFleet] = await Promise.all([
      this.#gate.entities(entityRefs, credentials),
      this.#gate.has(llmInferenceFleetReadPermission, credentials),
    ]);
    const entities: StreamScope['entities'] = new Map();
    let visible = false;
    for (const entityRef of entityRefs) {
      const decision = decisions.get(entityRef);
      visible ||= decision?.visible === true;
      if (decision?.visible && decision.allowed) {
        entities.set(entityRef, decision.entity);
      }
    }
    if (!fleet && entities.size === 0) {
      if (visible) {
        throw new NotAllowedError('The status of this entity may not be read');
      }
      throw new NotFoundError('There is no such entity');
    }
    return { entities, wholeFleet };
  }

  async #recheck(
    stream: LiveStream,
    subscription: Subscription,
  ): Promise<void> {
    try {
      stream.rescope(await this.#scopeOf(subscription));
    } catch (error) {
      this.#fail(stream, error);
    }
  }

  async #visible(changes: BoardChange[], credentials: BackstageCredentials) {
    const services = changes.flatMap(
      ({ before, after }) => after ?? before ?? [],
    );
    const visible = await visibleServices(services, this.#gate, credentials);
    const before = new Map(
      changes.flatMap(change =>
        change.after && change.before ? [[change.after, change.before]] : [],
      ),
    );
    return visible
      .filter(({ assessed, binding }) => {
        const past = before.get(assessed);
        return (
          binding !== 'Annotation' ||
          !past ||
          shownHealth(past, binding).version !==
            shownHealth(assessed, binding).version
        );
      })
      .map(({ assessed }) => assessed.service);
  }

  #fail(stream: LiveStream, error: unknown): void {
    this.#logger.debug(`A live stream ends: ${toError(error).message}`);
    stream.close();
  }
}
