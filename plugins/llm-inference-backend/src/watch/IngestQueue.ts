import { setImmediate } from 'node:timers/promises';

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
}
