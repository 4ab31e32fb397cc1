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

/** What the database says of a service now. */
interface State {
  verdict: Verdict;
  root_cause: CauseId | null;
  since: number;
  entity: string | null;
}

/**
 * Records transitions in their order, each once: what the database says of a service already, because another
 * replica was faster or nothing has changed since a restart, is left out. A few hundred at most: all are
 * written in one transaction with a few statements, as a large fleet that fails has hundreds at a time.
 */
export async function recordTransitions(
  tx: Knex.Transaction,
  transitions: readonly NewTransition[],
): Promise<void> {
  const names = [...new Set(transitions.map(({ service }) => service))].sort();
  const states = await lockedStates(tx, names);
  const strangers = names.filter(name => !states.has(name));
  const changed = new Map<string, State>();
  const news: Array<Record<string, unknown>> = [];
  for (const { service, at, summary, ...transition } of transitions) {
    const { verdict, rootCause, entity } = transition;
    const before = states.get(service);
    const state = { verdict, root_cause: rootCause ?? null, since: at, entity };
    if (before && sameState(before, state)) continue;
    states.set(service, state);
    changed.set(service, state);
    news.push({
      service,
      at,
      // What somebody else's service of that name did is not told.
      previous_verdict:
        before && sameClaim(before, state) ? before.verdict : null,
      verdict,
      root_cause: state.root_cause,
      summary,
      entity,
    });
  }
  const rows = (services: string[]) =>
    services.flatMap(service => {
      const state = changed.get(service);
      return state ? [{ service, ...state }] : [];
    });
  const lost = await insertNew(tx, rows(strangers));
  const known = rows(names.filter(name => !strangers.includes(name)));
  if (known.length > 0) {
    await tx('services')
      .insert(known)
      .onConflict('service')
      .merge(['verdict', 'root_cause', 'since', 'entity']);
  }
  const mine = news.filter(({ service }) => !lost.has(String(service)));
  if (mine.length > 0) await tx('transitions').insert(mine);
  if (lost.size > 0) {
    // Their rows are there now, and say what the other replica knew: what has come since goes on from there.
    await recordTransitions(
      tx,
      transitions.filter(({ service }) => lost.has(service)),
    );
  }
}

/** Read with a lock on each row, in one order for all replicas; SQLite has one writer anyway. */
async function lockedStates(
  tx: Knex.Transaction,
  names: string[],
): Promise<Map<string, State>> {
  const rows: Array<State & { service: string }> = await tx('services')
    .whereIn('service', names)
    .orderBy('service')
    .forUpdate();
  return new Map(rows.map(row => [row.service, row]));
}

/** A row that is not there cannot be locked: answers the services that somebody else inserted first. */
async function insertNew(
  tx: Knex.Transaction,
  rows: Array<{ service: string }>,
): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const inserted: Array<{ service: string }> = await tx('services')
    .insert(rows)
    .onConflict('service')
    .ignore()
    .returning('service');
  const mine = new Set(inserted.map(({ service }) => service));
  return new Set(
    rows.map(({ service }) => service).filter(name => !mine.has(name)),
  );
}

function sameState(a: State, b: State): boolean {
  return (
    a.verdict === b.verdict && a.root_cause === b.root_cause && sameClaim(a, b)
  );
}

/** Whether two states may be those of one service; where it was not noted whose it is, they are. */
export function sameClaim(
  a: Pick<State, 'entity'>,
  b: Pick<State, 'entity'>,
): boolean {
  return a.entity === null || b.entity === null || a.entity === b.entity;
}
