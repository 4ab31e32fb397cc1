/** Which answers are kept for a shorter time than others, and for how long. */
interface Fleeting<T> {
  is(answer: T): boolean;
  lifetimeMs: number;
}

/**
 * Keeps answers for a while and a bounded number of them. Callers that ask at the same time share one
 * question; a question that failed is forgotten.
 */
export class TimedCache<T> {
  readonly #entries = new Map<string, { answer: Promise<T>; until: number }>();
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

  /** Keeps an answer that is on its way. */
  set(key: string, answer: Promise<T>): void {
    this.#entries.delete(key);
    const lifetimeMs = this.#lifetimeMs * (1 - this.#spread * Math.random());
    const entry = { answer, until: performance.now() + lifetimeMs };
    this.#entries.set(key, entry);
    answer.then(
      value => {
        if (this.#fleeting?.is(value)) {
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
