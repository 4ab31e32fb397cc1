import { randomUUID } from 'node:crypto';
import {
  setImmediate as nextTurn,
  setTimeout as delay,
} from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type {
  ClusterStatus,
  ServingHealth,
} from 'backstage-plugin-llm-inference-common';
import { keyToService, serviceKeyOf } from '../assess/AssessedService';
import type { AssessedService } from '../assess/AssessedService';
import type { ServiceBoard } from '../assess/ServiceBoard';
import type { Clock } from '../watch/Clock';
import { ClockJumps } from '../watch/ClockJumps';
import type { HistoryDatabase } from './HistoryDatabase';
import { stateKey } from './recordTransitions';
import type { NewTransition } from './recordTransitions';

/** Intervals in milliseconds. */
export interface RecorderTimings {
  /** How often the lease is renewed and what waits is written. */
  beatMs: number;
  /** A replica that is silent for this long has lost the lease. */
  leaseMs: number;
  /** How often old history is forgotten, and how long the clock has to have run without a jump before. */
  forgetMs: number;
}

export const DEFAULT_RECORDER_TIMINGS: RecorderTimings = {
  beatMs: 2_000,
  leaseMs: 20_000,
  forgetMs: 3_600_000,
};

/** A database that is away lets a query wait for a minute; a portal that shuts down does not. */
const STOP_WITHIN_MS = 2_000;

/** Transitions that wait for the database at most; about a day of a busy fleet. */
const WAITING = 20_000;

/** Transitions that are written in one transaction: SQLite's keeps the event loop for some milliseconds. */
const WRITTEN_AT_ONCE = 50;

/** What the recorder asks of the clusters. */
export interface RecordedFleet {
  statuses(): ClusterStatus[];
  /** Whether what is not seen of a cluster now is not there. */
  looksAt(cluster: string): boolean;
}

/** What the recorder is built from. */
export interface RecorderOptions {
  board: ServiceBoard;
  fleet: RecordedFleet;
  clock: Clock;
  logger: LoggerService;
  open(): Promise<HistoryDatabase>;
  retentionMs: number;
  timings?: RecorderTimings;
  /** Called while this replica is the one that records, after it has written. */
  onRecorded?(database: HistoryDatabase): Promise<void>;
}

/**
 * Writes transitions to the database, each once: of all replicas the one with the lease writes. Where the
 * database is away, transitions wait with their own times. Whoever gets the lease first writes down what
 * has changed since the last one wrote.
 */
export class Recorder {
  readonly #options: RecorderOptions;
  readonly #timings: RecorderTimings;
  readonly #holder = randomUUID();
  #waiting: NewTransition[] = [];
  /** What the database says of each service under each entity, while this replica alone writes. */
  readonly #written = new Map<string, Written>();
  #database?: HistoryDatabase;
  #leading = false;
  #broken = false;
  #busy = false;
  #stopping?: Promise<void>;
  readonly #jumps: ClockJumps;
  #forgetAt: number;
  #timer?: NodeJS.Timeout;
  #beating: Promise<void> = Promise.resolve();
  #unsubscribe = () => {};

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#timings = options.timings ?? DEFAULT_RECORDER_TIMINGS;
    this.#jumps = new ClockJumps(options.clock);
    this.#forgetAt = performance.now() + this.#timings.forgetMs;
  }

  /** The database, once it could be opened. */
  get database(): HistoryDatabase | undefined {
    return this.#database;
  }

  start(): void {
    const { board, clock, fleet } = this.#options;
    this.#unsubscribe = board.subscribe(({ service, before, after }) => {
      if (after && before && sameState(before, after)) return;
      const isLost =
        before && !before.missing && claimOf(before) !== claimOf(after);
      // A cluster that can no longer be read has lost nothing: only the sight of it is gone.
      if (isLost && (after || fleet.looksAt(service.cluster))) {
        this.#wait(
          missing(serviceKeyOf(service), clock.now(), claimOf(before)),
        );
      }
      if (after) this.#wait(transitionOf(after, clock.now()));
    });
    const beat = () => {
      // A database that is away answers late: beats do not queue up behind it.
      if (this.#busy) return;
      this.#busy = true;
      this.#beating = this.#beat().finally(() => {
        this.#busy = false;
      });
    };
    beat();
    this.#timer = setInterval(beat, this.#timings.beatMs);
    this.#timer.unref();
  }

  /**
   * Stops, and gives the lease back so that another replica goes on at once. A database that does not answer
   * in time keeps nobody waiting: the lease then ends by itself.
   */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#unsubscribe();
    this.#stopping ??= this.#giveBack();
    await Promise.race([
      this.#stopping,
      delay(STOP_WITHIN_MS, undefined, { ref: false }),
    ]);
  }

  async #giveBack(): Promise<void> {
    await this.#beating;
    if (!this.#leading) return;
    this.#leading = false;
    try {
      await this.#database?.release(this.#holder);
    } catch (error) {
      this.#options.logger.debug(
        `The lease could not be given back: ${toError(error).message}`,
      );
    }
  }

  #wait(transition: NewTransition): void {
    this.#waiting.push(transition);
    if (this.#waiting.length > WAITING) this.#waiting.shift();
  }

  async #beat(): Promise<void> {
    const { clock, fleet, logger, onRecorded, retentionMs } = this.#options;
    try {
      this.#database ??= await this.#options.open();
      const database = this.#database;
      const now = clock.now();
      const led = this.#leading;
      this.#leading = await database.lease(
        this.#holder,
        now,
        this.#timings.leaseMs,
      );
      if (this.#leading) {
        if (!led) await this.#catchUp(database);
        await this.#write(database);
        const live = fleet.statuses().filter(({ state }) => state === 'Live');
        await database.observed(
          live.map(({ name }) => name),
          now,
        );
        if (this.#mayForget()) await database.forget(now - retentionMs);
        await onRecorded?.(database);
      } else {
        // The holder has seen the same; should it be gone, catching up finds what it did not write.
        this.#waiting = [];
      }
      if (this.#broken) logger.info('History is recorded again');
      this.#broken = false;
    } catch (error) {
      // Another replica may have written meanwhile: what is known is read again.
      this.#leading = false;
      if (!this.#broken) {
        logger.warn(
          `History cannot be recorded, transitions wait: ${
            toError(error).message
          }`,
        );
      }
      this.#broken = true;
    }
  }

  /** Writes what has changed since a replica last wrote, and what has gone meanwhile. */
  async #catchUp(database: HistoryDatabase): Promise<void> {
    const { board, clock, fleet } = this.#options;
    const waiting = new Set(
      this.#waiting.map(({ service, entity }) => stateKey(service, entity)),
    );
    const now = clock.now();
    this.#written.clear();
    for (const known of await database.known()) {
      const { service, verdict, entity } = known;
      const key = stateKey(service, entity);
      this.#written.set(key, known);
      const ref = keyToService(service);
      const there = board.get(ref);
      const isThere = there && (entity === null || entity === claimOf(there));
      if (
        fleet.looksAt(ref.cluster) &&
        verdict !== 'Missing' &&
        !waiting.has(key) &&
        !isThere
      ) {
        this.#wait(missing(service, now, entity));
      }
    }
    for (const assessed of board.all()) {
      const transition = transitionOf(assessed, now);
      const { service, entity } = transition;
      if (!waiting.has(stateKey(service, entity))) this.#wait(transition);
    }
  }

  /** What is forgotten cannot be brought back: a clock that has been set has to run on for a while first. */
  #mayForget(): boolean {
    const ran = performance.now();
    const jumped = this.#jumps.take() !== 0;
    if (!jumped && ran < this.#forgetAt) return false;
    this.#forgetAt = ran + this.#timings.forgetMs;
    return !jumped;
  }

  async #write(database: HistoryDatabase): Promise<void> {
    while (this.#waiting.length > 0) {
      const next = this.#waiting.splice(0, WRITTEN_AT_ONCE);
      try {
        const states = new Map<string, Written>();
        const news = next.filter(transition => {
          const { service, entity } = transition;
          const key = stateKey(service, entity);
          const before =
            states.get(key) ??
            this.#written.get(key) ??
            this.#written.get(stateKey(service, null));
          states.set(key, transition);
          return !before || !sameAsWritten(before, transition);
        });
        if (news.length > 0) await database.record(news);
        for (const { service, entity } of news) {
          // Adopted by the first who was noted for it.
          if (entity !== null) this.#written.delete(stateKey(service, null));
        }
        for (const [key, state] of states) this.#written.set(key, state);
      } catch (error) {
        // They wait on, before those that have come meanwhile: a database that goes away loses nothing.
        this.#waiting.unshift(...next);
        throw error;
      }
      // SQLite answers within the same turn: hundreds of transitions would keep everybody else waiting.
      await nextTurn();
    }
  }
}

/** What the database says of a service now. */
type Written = Pick<NewTransition, 'verdict' | 'rootCause'>;

function sameAsWritten(a: Written, b: Written): boolean {
  return a.verdict === b.verdict && a.rootCause === b.rootCause;
}

function claimOf(assessed: AssessedService | undefined): string {
  return assessed?.claimedEntity ?? '';
}

function transitionOf(assessed: AssessedService, at: number): NewTransition {
  const { service, health } = assessed;
  const root = rootCauseOf(health);
  return {
    service: serviceKeyOf(service),
    at,
    verdict: health.verdict,
    ...(root ? { rootCause: root } : {}),
    summary: health.summary,
    entity: claimOf(assessed),
  };
}

function missing(
  service: string,
  at: number,
  entity: string | null,
): NewTransition {
  return {
    service,
    at,
    verdict: 'Missing',
    // Which of the two is not for the entity that has lost it.
    summary: 'The LLMInferenceService is gone, or names another entity',
    entity,
  };
}

function rootCauseOf(health: ServingHealth) {
  return health.causes.find(({ severity }) => severity !== 'Info')?.id;
}

function sameState(a: AssessedService, b: AssessedService): boolean {
  return (
    a.health.verdict === b.health.verdict &&
    rootCauseOf(a.health) === rootCauseOf(b.health) &&
    a.claimedEntity === b.claimedEntity
  );
}
