import { setImmediate } from 'node:timers/promises';

/** Milliseconds after which what can be interrupted gives way. */
const SLICE_MS = 4;

/**
 * Lets one heavy step run at a time and gives the event loop a turn after each. Lists of many clusters
 * arrive at once; parsed back to back they would stop everything else for seconds.
 */
export class IngestQueue {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs a synchronous step after those before it. */
  async run<T>(step: () => T): Promise<T> {
    const mine = this.#last.then(async () => {
      await setImmediate();
      return step();
    });
    this.#last = mine.catch(() => undefined);
    return await mine;
  }

  /** Does a step with each of many items, some milliseconds of them at a time; how many they were. */
  async each<T>(items: Iterable<T>, step: (item: T) => void): Promise<number> {
    const iterator = items[Symbol.iterator]();
    let count = 0;
    const slice = () => {
      const until = performance.now() + SLICE_MS;
      do {
        const next = iterator.next();
        if (next.done) return true;
        step(next.value);
        count += 1;
      } while (performance.now() < until);
      return false;
    };
    while (!(await this.run(slice)));
    return count;
  }
}
