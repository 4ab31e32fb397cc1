import { setImmediate } from 'node:timers/promises';

/** Milliseconds after which what can be interrupted gives way. */
const SLICE_MS = 4;

interface Waiting {
  place: number;
  run(): void;
}

/**
 * Lets one heavy step run at a time and gives the event loop a turn after each. Lists of many clusters
 * arrive at once; parsed back to back they would stop everything else for seconds.
 *
 * Of the pages that have arrived, the one that was begun first is finished first. Were they to take turns, the
 * buffers of all of them would grow old together, and what is old is not collected for a long time.
 */
export class IngestQueue {
  readonly #waiting: Waiting[] = [];
  #isRunning = false;
  #places = 0;

  /** A place in the queue: steps of earlier ones go first. */
  draw(): number {
    this.#places += 1;
    return this.#places;
  }

  /** Does a step with each of many items, some milliseconds of them at a time; how many they were. */
  async each<T>(
    place: number,
    items: Iterable<T>,
    step: (item: T) => void,
  ): Promise<number> {
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
    while (!(await this.#turn(place, slice)));
    return count;
  }

  #turn<T>(place: number, step: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const run = () => {
        try {
          resolve(step());
        } catch (error) {
          reject(error);
        }
      };
      this.#waiting.push({ place, run });
      if (!this.#isRunning) void this.#work();
    });
  }

  async #work(): Promise<void> {
    this.#isRunning = true;
    while (this.#waiting.length > 0) {
      await setImmediate();
      let first = 0;
      this.#waiting.forEach(({ place }, index) => {
        if (place < this.#waiting[first].place) first = index;
      });
      const [{ run }] = this.#waiting.splice(first, 1);
      run();
      // Where more of the same page has arrived, it is asked for in microtasks, before the next turn.
    }
    this.#isRunning = false;
  }
}
