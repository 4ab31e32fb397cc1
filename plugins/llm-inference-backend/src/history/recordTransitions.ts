import type { Knex } from 'knex';
import type { CauseId, Verdict } from 'backstage-plugin-llm-inference-common';

/** A transition before it is recorded. */
export interface NewTransition {
  service: string;
  /** Milliseconds since the epoch. */
  at: number;
  verdict: Verdict;
  rootCause?: CauseId;
  summary: string;
  /** The entity that the service says it belongs to, empty for none; null where that was never noted. */
  entity: string | null;
}

/** What the database says now of a service under one entity. */
interface State {
  verdict: Verdict;
  root_cause: CauseId | null;
  since: number;
  notified: string | null;
}

/** Stands for an entity that was never noted: no reference looks like it. */
export const NEVER_NOTED = '-';

/** What a service is under one entity, as a row has it. */
interface Row extends State {
  service: string;
  entity: string;
}

/**
 * Records transitions in their order, each once: what the database says of a service already, because another
 * replica was faster or nothing has changed since a restart, is left out. Under each entity that a service says
 * it belongs to, or that misses one of its name, it has a past of its own. A few hundred at most: all are
 * written in one transaction with a few statements, as a large fleet that fails has hundreds at a time.
 */
export async function recordTransitions(
  tx: Knex.Transaction,
  transitions: readonly NewTransition[],
): Promise<void> {
  const states = await lockedStates(tx, transitions);
  const known = new Set(states.keys());
  const changed = new Map<string, Row>();
  const adopted = new Set<string>();
  const news: Array<{ key: string; row: Record<string, unknown> }> = [];
  for (const { service, at, verdict, rootCause, ...rest } of transitions) {
    const entity = rest.entity ?? NEVER_NOTED;
    const key = stateKey(service, entity);
    const neverNoted = states.get(stateKey(service, NEVER_NOTED));
    const before = states.get(key) ?? neverNoted;
    const root = rootCause ?? null;
    if (before?.verdict === verdict && before.root_cause === root) continue;
    if (before && before === neverNoted && entity !== NEVER_NOTED) {
      // From now on it is known whose it is.
      states.delete(stateKey(service, NEVER_NOTED));
      adopted.add(service);
    }
    const row: Row = {
      service,
      entity,
      verdict,
      root_cause: root,
      since: at,
      notified: before?.notified ?? null,
    };
    states.set(key, row);
    changed.set(key, row);
    news.push({
      key,
      row: {
        service,
        at,
        previous_verdict: before?.verdict ?? null,
        verdict,
        root_cause: root,
        summary: rest.summary,
        entity: rest.entity,
      },
    });
  }
  // In one order, in which no two replicas wait for each other.
  const rows = [...changed].sort(([a], [b]) => (a < b ? -1 : 1));
  const lost = await insertNew(
    tx,
    rows.filter(([key]) => !known.has(key)).map(([, row]) => row),
  );
  const updated = rows.filter(([key]) => known.has(key)).map(([, row]) => row);
  if (updated.length > 0) {
    await tx('services')
      .insert(updated)
      .onConflict(['service', 'entity'])
      .merge(['verdict', 'root_cause', 'since']);
  }
  if (adopted.size > 0) {
    await tx('services')
      .whereIn('service', [...adopted])
      .andWhere({ entity: NEVER_NOTED })
      .del();
  }
  const mine = news.filter(({ key }) => !lost.has(key));
  if (mine.length > 0) {
    await tx('transitions').insert(mine.map(({ row }) => row));
  }
  if (lost.size > 0) {
    // Their rows are there now, and say what the other replica knew: what has come since goes on from there.
    await recordTransitions(
      tx,
      transitions.filter(({ service, entity }) =>
        lost.has(stateKey(service, entity ?? NEVER_NOTED)),
      ),
    );
  }
}

/** One string for a service under an entity. */
export function stateKey(service: string, entity: string | null): string {
  return `${service} ${entity ?? NEVER_NOTED}`;
}

/** Read with a lock on each row, in one order for all replicas; SQLite has one writer anyway. */
async function lockedStates(
  tx: Knex.Transaction,
  transitions: readonly NewTransition[],
): Promise<Map<string, State>> {
  const rows: Row[] = await tx('services')
    .whereIn('service', [...new Set(transitions.map(each => each.service))])
    .orderBy(['service', 'entity'])
    .forUpdate();
  return new Map(rows.map(row => [stateKey(row.service, row.entity), row]));
}

/** A row that is not there cannot be locked: answers those that somebody else inserted first. */
async function insertNew(
  tx: Knex.Transaction,
  rows: Row[],
): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const keyOf = ({ service, entity }: Pick<Row, 'service' | 'entity'>) =>
    stateKey(service, entity);
  const inserted: Array<Pick<Row, 'service' | 'entity'>> = await tx('services')
    .insert(rows)
    .onConflict(['service', 'entity'])
    .ignore()
    .returning(['service', 'entity']);
  const mine = new Set(inserted.map(keyOf));
  return new Set(rows.map(keyOf).filter(key => !mine.has(key)));
}
