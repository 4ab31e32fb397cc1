/** Which answers are kept for a shorter time than others, and for how long. */
interface Fleeting<T> {
  is(answer: T): boolean;
  lifetimeMs: number;
}

interface Entry<T> {
  answer: Promise<T>;
  until: number;
  isFleeting?: boolean;
  isAskedAgain?: boolean;
}

/**
 * Keeps answers for a while and a bounded number of them. Callers that ask at the same time share one
 * question; a question that failed is forgotten.
 */
export class TimedCache<T> {
  readonly #entries = new Map<string, Entry<T>>();
  readonly #lifetimeMs: number;
  readonly #spread: number;
  readonly #capacity: number;
  readonly #fleeting?: Fleeting<T>;

  constructor(options: {
    lifetimeMs: number;
    /** By up to this share of their lifetime answers end sooner: what was asked together is not asked together again. */
    spread?: number;
    capacity: number;
    /** Answers that are kept for a shorter time. */
    fleeting?: Fleeting<T>;
  }) {
    this.#lifetimeMs = options.lifetimeMs;
    this.#spread = options.spread ?? 0;
    this.#capacity = options.capacity;
    this.#fleeting = options.fleeting;
  }

  /** The answer that is kept for a key and not too old. */
  get(key: string): Promise<T> | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    if (entry.until > performance.now()) return entry.answer;
    this.#entries.delete(key);
    return undefined;
  }

  /** Whether the answer that is kept for a key ends within so many milliseconds, and has not been asked for again. */
  isEnding(key: string, withinMs: number): boolean {
    const entry = this.#entries.get(key);
    return (
      entry !== undefined &&
      !entry.isFleeting &&
      !entry.isAskedAgain &&
      entry.until - performance.now() <= withinMs
    );
  }

  /**
   * Takes over a new answer once it is there. Until then, and where the question fails, the old one is kept to its
   * own end: whoever asks meanwhile does not wait.
   */
  renew(key: string, answer: Promise<T>): void {
    const entry = this.#entries.get(key);
    const askedAt = performance.now();
    if (entry) entry.isAskedAgain = true;
    answer.then(
      () => {
        if (this.#entries.get(key) === entry) this.set(key, answer, askedAt);
      },
      () => {
        // The next one asks again; once the old answer has ended, that one hears why there is none.
        if (entry) entry.isAskedAgain = false;
      },
    );
  }

  /** Keeps an answer that is on its way, or that was asked for at another time than now. */
  set(
    key: string,
    answer: Promise<T>,
    askedAt: number = performance.now(),
  ): void {
    this.#entries.delete(key);
    const lifetimeMs = this.#lifetimeMs * (1 - this.#spread * Math.random());
    const entry: Entry<T> = { answer, until: askedAt + lifetimeMs };
    this.#entries.set(key, entry);
    answer.then(
      value => {
        if (this.#fleeting?.is(value)) {
          entry.isFleeting = true;
          entry.until = performance.now() + this.#fleeting.lifetimeMs;
        }
      },
      () => {
        if (this.#entries.get(key) === entry) this.#entries.delete(key);
      },
    );
    while (this.#entries.size > this.#capacity) {
      const [oldest] = this.#entries.keys();
      this.#entries.delete(oldest);
    }
  }
}
