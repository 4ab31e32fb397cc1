/**
 * Runs a task at most once in a span of time, however often it is asked for, and never twice at a time.
 * The first request runs at once; requests during a run or in the span after it are answered by one more.
 */
export class Coalesced {
  readonly #task: () => Promise<void>;
  readonly #quietMs: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #busy = false;
  #again = false;
  #stopped = false;

  constructor(task: () => Promise<void>, quietMs: number) {
    this.#task = task;
    this.#quietMs = quietMs;
  }

  request(): void {
    if (this.#busy) {
      this.#again = true;
    } else {
      this.#run();
    }
  }

  /** Lets nothing run any more. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #run(): Promise<void> {
    this.#busy = true;
    await this.#task();
    if (this.#stopped) {
      return;
    }
    this.#timer = setTimeout(() => {
      this.#busy = false;
      if (this.#again) {
        this.#again = false;
        this.#run();
      }
    }, this.#quietMs);
  }
}
