import type { ServiceRef } from 'backstage-plugin-llm-inference-common';
import { serviceKeyOf } from './AssessedService';

/** So many services that are watched go before one that is not, where both wait. */
const WATCHED_IN_A_ROW = 4;

interface Waiting {
  service: ServiceRef;
  /** When the first of its changes came. */
  since: number;
}

/**
 * Services that have changed and wait to be judged, each once. Those that somebody looks at go first: where
 * more changes than can be judged at once, the pages that are open stay fresh, and the others are up to date
 * a moment later.
 */
export class DirtyServices {
  readonly #watched = new Map<string, Waiting>();
  readonly #others = new Map<string, Waiting>();
  #inARow = 0;

  /** Tells whether somebody looks at a service now. */
  isWatched: (service: ServiceRef) => boolean = () => false;

  get size(): number {
    return this.#watched.size + this.#others.size;
  }

  /** Whether one that somebody looks at has waited since a time at least. */
  isWatchedOneWaiting(since: number): boolean {
    const [first] = this.#watched.values();
    return first !== undefined && first.since <= since;
  }

  /** @param now - in milliseconds of any clock that never goes back */
  add(service: ServiceRef, now: number): void {
    const key = serviceKeyOf(service);
    const queue = this.isWatched(service) ? this.#watched : this.#others;
    const other = queue === this.#watched ? this.#others : this.#watched;
    const since = (queue.get(key) ?? other.get(key))?.since ?? now;
    other.delete(key);
    if (!queue.has(key)) queue.set(key, { service, since });
  }

  /** Takes the next one that has waited since a time at least. */
  take(since: number): ServiceRef | undefined {
    const othersTurn = this.#inARow >= WATCHED_IN_A_ROW;
    const queues = othersTurn
      ? [this.#others, this.#watched]
      : [this.#watched, this.#others];
    for (const queue of queues) {
      const [first] = queue;
      if (first && first[1].since <= since) {
        queue.delete(first[0]);
        this.#inARow = queue === this.#watched ? this.#inARow + 1 : 0;
        return first[1].service;
      }
    }
    return undefined;
  }

  /** Since when the one that has waited longest waits; undefined where none does. */
  get waitingSince(): number | undefined {
    const since = [this.#watched, this.#others].flatMap(queue => {
      const [first] = queue.values();
      return first ? [first.since] : [];
    });
    return since.length > 0 ? Math.min(...since) : undefined;
  }

  clear(): void {
    this.#watched.clear();
    this.#others.clear();
  }
}
