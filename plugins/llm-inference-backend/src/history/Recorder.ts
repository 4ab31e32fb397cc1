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
import { sameClaim } from './recordTransitions';
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
  /** What the database says of each service, while this replica alone writes. */
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
      const key = serviceKeyOf(service);
      if (after && before && sameState(before, after)) return;
      if (after) {
        this.#wait(transitionOf(after, clock.now()));
      } else if (fleet.looksAt(service.cluster)) {
        // A cluster that can no longer be read has lost nothing: only the sight of it is gone.
        this.#wait(missing(key, clock.now(), claimOf(before)));
      }
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
    const waiting = new Set(this.#waiting.map(({ service }) => service));
    const now = clock.now();
    this.#written.clear();
    for (const known of await database.known()) {
      const { service, verdict, entity } = known;
      this.#written.set(service, known);
      const ref = keyToService(service);
      if (
        fleet.looksAt(ref.cluster) &&
        verdict !== 'Missing' &&
        !waiting.has(service) &&
        !board.get(ref)
      ) {
        this.#wait(missing(service, now, entity));
      }
    }
    for (const assessed of board.all()) {
      const transition = transitionOf(assessed, now);
      if (!waiting.has(transition.service)) this.#wait(transition);
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
          const { service } = transition;
          const before = states.get(service) ?? this.#written.get(service);
          states.set(service, transition);
          return !before || !sameAsWritten(before, transition);
        });
        if (news.length > 0) await database.record(news);
        for (const [service, state] of states) {
          this.#written.set(service, state);
        }
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
type Written = Pick<NewTransition, 'verdict' | 'rootCause' | 'entity'>;

function sameAsWritten(a: Written, b: Written): boolean {
  return (
    a.verdict === b.verdict && a.rootCause === b.rootCause && sameClaim(a, b)
  );
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
    summary: 'The LLMInferenceService no longer exists',
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
