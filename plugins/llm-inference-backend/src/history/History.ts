import { ServiceUnavailableError } from '@backstage/errors';
import type {
  Timeline,
  Transition,
} from 'backstage-plugin-llm-inference-common';
import { serviceKeyOf } from '../assess/AssessedService';
import type { AssessedService } from '../assess/AssessedService';
import type { HistoryDatabase } from './HistoryDatabase';
import { drawTimeline } from './timeline';

/** Transitions listed in one timeline. */
const LONGEST_TIMELINE = 500;

/** The recorder writes every few seconds; what it has not written yet is observed all the same. */
const NOT_WRITTEN_YET_MS = 10_000;

/** A service as it stands now: its past is that of the service which said that it belongs to the same entity. */
export type Remembered = Pick<AssessedService, 'service' | 'claimedEntity'>;

/** Answers questions about the past. */
export class History {
  readonly #database: () => HistoryDatabase | undefined;

  /** @param database - the database, once it is open */
  constructor(database: () => HistoryDatabase | undefined) {
    this.#database = database;
  }

  /** What a service did in a window; times in milliseconds since the epoch. */
  async timeline(
    { service, claimedEntity = '' }: Remembered,
    from: number,
    until: number,
  ): Promise<Timeline> {
    const key = serviceKeyOf(service);
    const claims = new Map([[key, claimedEntity]]);
    const [newestFirst, before, spans] = await this.#read(database =>
      Promise.all([
        database.transitions(claims, from, until, LONGEST_TIMELINE),
        database.transitionBefore(key, claimedEntity, from),
        database.spans(service.cluster, from, until),
      ]),
    );
    const transitions = newestFirst.reverse();
    const first = transitions[0];
    const truncated = transitions.length === LONGEST_TIMELINE;
    // Where the oldest are left out, the first that is listed knows what was before it.
    const known = truncated || !before ? first?.previousVerdict : undefined;
    return drawTimeline({
      service,
      from,
      until,
      transitions,
      before: known ? { verdict: known } : before,
      spans: spans.map(span =>
        until - span.until < NOT_WRITTEN_YET_MS ? { ...span, until } : span,
      ),
      truncated,
    });
  }

  /** The latest transitions of some services, newest first. */
  async latest(
    services: Remembered[],
    from: number,
    limit: number,
  ): Promise<Transition[]> {
    const claims = new Map(
      services.map(({ service, claimedEntity = '' }) => [
        serviceKeyOf(service),
        claimedEntity,
      ]),
    );
    return await this.#read(database =>
      database.transitions(claims, from, Date.now(), limit),
    );
  }

  async #read<T>(read: (database: HistoryDatabase) => Promise<T>): Promise<T> {
    const database = this.#open();
    try {
      return await read(database);
    } catch (error) {
      throw new ServiceUnavailableError(
        'The history cannot be read: its database does not answer',
        error,
      );
    }
  }

  #open(): HistoryDatabase {
    const database = this.#database();
    if (!database) {
      throw new ServiceUnavailableError(
        'The history cannot be read: its database is not open yet',
      );
    }
    return database;
  }
}
