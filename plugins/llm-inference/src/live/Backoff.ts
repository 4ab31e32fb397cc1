/**
 * Waiting times before each further attempt: doubled every time up to a limit, with jitter, so that the
 * tabs of a whole organisation do not return in the same second after an outage.
 */
export class Backoff {
  readonly #firstMs: number;
  readonly #limitMs: number;
  readonly #random: () => number;
  #failures = 0;

  constructor(options: {
    firstMs: number;
    limitMs: number;
    random?: () => number;
  }) {
    this.#firstMs = options.firstMs;
    this.#limitMs = options.limitMs;
    this.#random = options.random ?? Math.random;
  }

  /** How many attempts have failed since the last success. */
  get failures(): number {
    return this.#failures;
  }

  /** Counts a failure and returns how long to wait, in milliseconds. */
  next(): number {
    const full = Math.min(this.#limitMs, this.#firstMs * 2 ** this.#failures);
    this.#failures += 1;
    return full / 2 + (full / 2) * this.#random();
  }

  /** Forgets past failures. */
  reset(): void {
    this.#failures = 0;
  }
}
