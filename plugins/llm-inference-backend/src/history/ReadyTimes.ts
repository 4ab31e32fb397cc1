import type {
  Observation,
  ServiceRef,
  ServingHealth,
} from 'backstage-plugin-llm-inference-common';
import { serviceKeyOf } from '../assess/AssessedService';
import { createdAt } from '../assess/createdAt';
import type { Observer } from '../assess/Assessor';
import type { HistoryDatabase } from './HistoryDatabase';

/** When each part of a service was last seen ready. */
export type ReadyTime = Pick<
  NonNullable<Observation['history']>,
  'decodeReadyAt' | 'prefillReadyAt' | 'schedulerReadyAt'
>;

const PARTS = ['decodeReadyAt', 'prefillReadyAt', 'schedulerReadyAt'] as const;

/** A part that goes on being ready is written down this often; what is written is at most this much too old. */
const WRITE_EVERY_MS = 300_000;

/**
 * Remembers when the pools and the scheduler of each service were last ready, so that health can tell a pool
 * that has broken from one that never worked: also after a restart, from the database.
 */
export class ReadyTimes implements Observer {
  readonly #times = new Map<string, ReadyTime>();
  readonly #written = new Map<string, ReadyTime>();
  readonly #unwritten = new Set<string>();
  readonly #onRestored: (service: string) => void;

  /** @param onRestored - told of each service of which more is known now than before */
  constructor(onRestored: (service: string) => void) {
    this.#onRestored = onRestored;
  }

  observe(observation: Observation): Observation {
    const known = this.#times.get(serviceKeyOf(observation.service));
    if (!known) return observation;
    const times = since(createdAt(observation), known);
    return { ...observation, history: { ...observation.history, ...times } };
  }

  assessed({ service, observedAt, pools, router }: ServingHealth): void {
    const key = serviceKeyOf(service);
    const now: ReadyTime = { ...this.#times.get(key) };
    if (pools.decode?.ready) now.decodeReadyAt = observedAt;
    if (pools.prefill?.ready) now.prefillReadyAt = observedAt;
    if (router.scheduler.state === 'Ready') now.schedulerReadyAt = observedAt;
    this.#times.set(key, now);
    if (isNews(now, this.#written.get(key), observedAt)) {
      this.#unwritten.add(key);
    }
  }

  gone(service: ServiceRef): void {
    const key = serviceKeyOf(service);
    this.#times.delete(key);
    this.#written.delete(key);
    this.#unwritten.delete(key);
  }

  /** Adds what was known before a restart; what has been seen since counts more. */
  async restore(database: HistoryDatabase): Promise<void> {
    for (const [key, time] of await database.readyTimes()) {
      this.#written.set(key, time);
      this.#times.set(key, { ...time, ...this.#times.get(key) });
      this.#onRestored(key);
    }
  }

  /** Writes down what has become news. */
  async save(database: HistoryDatabase): Promise<void> {
    const news = [...this.#unwritten].flatMap(key => {
      const time = this.#times.get(key);
      return time ? [[key, time] as const] : [];
    });
    await database.saveReadyTimes(news);
    for (const [key, time] of news) {
      this.#written.set(key, time);
      this.#unwritten.delete(key);
    }
  }
}

/** Without what was before a time: another service had the name then. */
function since(created: number | undefined, times: ReadyTime): ReadyTime {
  if (created === undefined) return times;
  return Object.fromEntries(
    Object.entries(times).filter(([, at]) => Date.parse(at) >= created),
  );
}

/** What has ended is written exactly, what lasts now and then. */
function isNews(
  now: ReadyTime,
  written: ReadyTime = {},
  observedAt: string,
): boolean {
  return PARTS.some(part => {
    const at = now[part];
    const known = written[part];
    if (at === known || at === undefined) return false;
    return (
      at !== observedAt ||
      known === undefined ||
      Math.abs(Date.parse(at) - Date.parse(known)) >= WRITE_EVERY_MS
    );
  });
}
