import type { DatabaseService } from '@backstage/backend-plugin-api';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type {
  CauseId,
  Transition,
  Verdict,
} from 'backstage-plugin-llm-inference-common';
import { keyToService } from '../assess/AssessedService';
import type { ReadyTime } from './ReadyTimes';
import { NEVER_NOTED, recordTransitions } from './recordTransitions';
import type { NewTransition } from './recordTransitions';

/** The last verdict that is known of a service under one entity. */
export interface KnownVerdict {
  service: string;
  verdict: Verdict;
  rootCause?: CauseId;
  /** Milliseconds since the epoch. */
  since: number;
  notified?: string;
  /** The entity that it said it belongs to, empty for none; null where that was never noted. */
  entity: string | null;
}

/** A span in which a cluster was watched, in milliseconds since the epoch. */
export interface ObservedSpan {
  from: number;
  until: number;
}

interface ServiceRow {
  service: string;
  verdict: Verdict;
  root_cause: CauseId | null;
  since: string | number;
  notified: string | null;
  entity: string;
}

interface TransitionRow {
  service: string;
  at: string | number;
  previous_verdict: Verdict | null;
  verdict: Verdict;
  root_cause: CauseId | null;
  summary: string;
  entity: string | null;
}

interface ReadyTimeRow {
  service: string;
  decode: string | number | null;
  prefill: string | number | null;
  scheduler: string | number | null;
}

const LEASE = 'recorder';

/** SQLite takes at most 999 values in a statement where it is old. */
const ROWS_PER_STATEMENT = 150;

/** Clocks of replicas differ by less than so many leases. */
const IMPLAUSIBLE_LEASES = 3;

/** A gap shorter than this between two looks is no gap. */
const SPAN_GAP_MS = 60_000;

/** The tables of the history; knows SQL and nothing of services. */
export class HistoryDatabase {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Opens the plugin's database and brings its tables up to date. */
  static async open(database: DatabaseService): Promise<HistoryDatabase> {
    const knex = await database.getClient();
    if (!database.migrations?.skip) await migrate(knex);
    return new HistoryDatabase(knex);
  }

  /**
   * Takes or renews the lease to record; false while another replica holds it. A lease that ends later than
   * any could was taken by a clock that ran ahead, and holds nobody up.
   */
  async lease(holder: string, now: number, lastsMs: number): Promise<boolean> {
    const expires = now + lastsMs;
    await this.#knex('lease')
      .insert({ name: LEASE, holder, expires })
      .onConflict('name')
      .ignore();
    const taken = await this.#knex('lease')
      .where({ name: LEASE })
      .andWhere(free =>
        free
          .where({ holder })
          .orWhere('expires', '<=', now)
          .orWhere('expires', '>', now + IMPLAUSIBLE_LEASES * lastsMs),
      )
      .update({ holder, expires });
    return taken === 1;
  }

  /** Gives the lease back, so that another replica need not wait for its end. */
  async release(holder: string): Promise<void> {
    await this.#knex('lease').where({ name: LEASE, holder }).del();
  }

  /** Every service that is known. */
  async known(): Promise<KnownVerdict[]> {
    const rows: ServiceRow[] = await this.#knex('services').select();
    return rows.map(toKnown);
  }

  /** Services that are in a state, or whose owner was told of one: few, where all goes well. */
  async knownIn(state: Verdict): Promise<KnownVerdict[]> {
    const rows: ServiceRow[] = await this.#knex('services')
      .where({ verdict: state })
      .orWhere({ notified: state });
    return rows.map(toKnown);
  }

  /** Records transitions in their order, each once however many replicas do; all of them or none. */
  async record(transitions: readonly NewTransition[]): Promise<void> {
    await this.#knex.transaction(async tx => {
      for (let i = 0; i < transitions.length; i += ROWS_PER_STATEMENT) {
        await recordTransitions(
          tx,
          transitions.slice(i, i + ROWS_PER_STATEMENT),
        );
      }
    });
  }

  /** Notes that clusters are watched now: lengthens the last span of each, or begins one after a gap. */
  async observed(clusters: string[], now: number): Promise<void> {
    if (clusters.length === 0) return;
    const current = () =>
      this.#knex('observed')
        .whereIn('cluster', clusters)
        .andWhere('until', '>=', now - SPAN_GAP_MS)
        .andWhere('until', '<=', now);
    const rows: Array<{ cluster: string }> = await current().select('cluster');
    const lengthened = new Set(rows.map(({ cluster }) => cluster));
    await current().update({ until: now });
    const begun = clusters.filter(cluster => !lengthened.has(cluster));
    if (begun.length > 0) {
      await this.#knex('observed').insert(
        begun.map(cluster => ({ cluster, from: now, until: now })),
      );
    }
  }

  /** Spans of a cluster that touch a window, oldest first. */
  async spans(
    cluster: string,
    from: number,
    until: number,
  ): Promise<ObservedSpan[]> {
    const rows: Array<{ from: string | number; until: string | number }> =
      await this.#knex('observed')
        .where({ cluster })
        .andWhere('until', '>=', from)
        .andWhere('from', '<=', until)
        .orderBy('from');
    return rows.map(row => ({
      from: Number(row.from),
      until: Number(row.until),
    }));
  }

  /**
   * Transitions of services in a window, newest first: by key the entity that each says it belongs to. What
   * another's service of the same name did before is left out.
   */
  async transitions(
    claims: ReadonlyMap<string, string>,
    from: number,
    until: number,
    limit: number,
  ): Promise<Transition[]> {
    const rows: TransitionRow[] = await this.#knex('transitions')
      .whereIn('service', [...claims.keys()])
      .andWhere(ofClaims([...new Set(claims.values())]))
      .andWhere('at', '>=', from)
      .andWhere('at', '<=', until)
      .orderBy([
        { column: 'at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(limit);
    return rows
      .filter(
        ({ service, entity }) =>
          entity === null || entity === claims.get(service),
      )
      .map(toTransition);
  }

  /** The last transition before a time of a service that says it belongs to an entity. */
  async transitionBefore(
    service: string,
    entity: string,
    at: number,
  ): Promise<Transition | undefined> {
    const row: TransitionRow | undefined = await this.#knex('transitions')
      .where({ service })
      .andWhere(ofClaims([entity]))
      .andWhere('at', '<', at)
      .orderBy([
        { column: 'at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .first();
    return row && toTransition(row);
  }

  /** When the parts of each service were last seen ready. */
  async readyTimes(): Promise<Map<string, ReadyTime>> {
    const rows: ReadyTimeRow[] = await this.#knex('ready_times').select();
    return new Map(
      rows.map(({ service, decode, prefill, scheduler }) => [
        service,
        {
          ...(decode ? { decodeReadyAt: isoOf(decode) } : {}),
          ...(prefill ? { prefillReadyAt: isoOf(prefill) } : {}),
          ...(scheduler ? { schedulerReadyAt: isoOf(scheduler) } : {}),
        },
      ]),
    );
  }

  /** Notes when the parts of services were last seen ready. */
  async saveReadyTimes(
    times: Array<readonly [service: string, time: ReadyTime]>,
  ): Promise<void> {
    for (let i = 0; i < times.length; i += ROWS_PER_STATEMENT) {
      const rows: ReadyTimeRow[] = times
        .slice(i, i + ROWS_PER_STATEMENT)
        .map(([service, time]) => ({
          service,
          decode: msOf(time.decodeReadyAt),
          prefill: msOf(time.prefillReadyAt),
          scheduler: msOf(time.schedulerReadyAt),
        }));
      await this.#knex('ready_times')
        .insert(rows)
        .onConflict('service')
        .merge();
    }
  }

  /** Notes what an owner is told; false where another replica has told it already. */
  async notify(
    { service, entity }: Pick<KnownVerdict, 'service' | 'entity'>,
    notified: string | null,
  ): Promise<boolean> {
    const changed = await this.#knex('services')
      .where({ service, entity: entity ?? NEVER_NOTED })
      .andWhereRaw(`coalesce(notified, '') <> ?`, [notified ?? ''])
      .update({ notified });
    return changed === 1;
  }

  /** Forgets what is older than a time, and services that have been gone for as long. */
  async forget(before: number): Promise<void> {
    await this.#knex('transitions').where('at', '<', before).del();
    await this.#knex('observed').where('until', '<', before).del();
    await this.#knex('services')
      .where({ verdict: 'Missing' })
      .andWhere('since', '<', before)
      .del();
    await this.#knex('ready_times')
      .whereNotIn('service', this.#knex('services').select('service'))
      .del();
  }
}

/**
 * Brings the tables up to date. Knex's own lock is not there yet when two replicas meet an empty database: both
 * make it, and then neither gets it ever again. PostgreSQL therefore lets one in at a time.
 */
async function migrate(knex: Knex): Promise<void> {
  const latest = () =>
    knex.migrate.latest({
      directory: resolvePackagePath(
        'backstage-plugin-llm-inference-backend',
        'migrations',
      ),
    });
  if (knex.client.config.client !== 'pg') {
    await latest();
    return;
  }
  await knex.transaction(async lock => {
    await lock.raw('select pg_advisory_xact_lock(hashtext(?))', [
      'llm-inference migrations',
    ]);
    await latest();
  });
}

/** Rows of services that said they belong to one of these; rows from before that was noted are anybody's. */
function ofClaims(entities: string[]) {
  return (rows: Knex.QueryBuilder) =>
    void rows.whereNull('entity').orWhereIn('entity', entities);
}

function toKnown(row: ServiceRow): KnownVerdict {
  return {
    service: row.service,
    verdict: row.verdict,
    ...(row.root_cause ? { rootCause: row.root_cause } : {}),
    since: Number(row.since),
    ...(row.notified ? { notified: row.notified } : {}),
    entity: row.entity === NEVER_NOTED ? null : row.entity,
  };
}

function isoOf(ms: string | number): string {
  return new Date(Number(ms)).toISOString();
}

function msOf(iso: string | undefined): number | null {
  return iso === undefined ? null : Date.parse(iso);
}

function toTransition(row: TransitionRow): Transition {
  return {
    service: keyToService(row.service),
    at: isoOf(row.at),
    ...(row.previous_verdict ? { previousVerdict: row.previous_verdict } : {}),
    verdict: row.verdict,
    ...(row.root_cause ? { rootCause: row.root_cause } : {}),
    summary: row.summary,
  };
}
