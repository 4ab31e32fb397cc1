import type { Clock } from './Clock';

/** First and longest wait between two attempts, in milliseconds. */
export interface BackoffOptions {
  firstMs: number;
  longestMs: number;
}

/**
 * A recovered cluster has to be correct again within ten seconds: half of them are for the wait, half for
 * reading the lists anew.
 */
export const DEFAULT_BACKOFF: BackoffOptions = {
  firstMs: 250,
  longestMs: 5_000,
};

/** Exponential back-off in which half of every wait is chance, so that many watches do not return as one. */
export class Backoff {
  readonly #clock: Clock;
  readonly #options: BackoffOptions;
  #failures = 0;

  constructor(clock: Clock, options: BackoffOptions = DEFAULT_BACKOFF) {
    this.#clock = clock;
    this.#options = options;
  }

  /** Number of failures since the last success. */
  get failures(): number {
    return this.#failures;
  }

  /** Forgets earlier failures. */
  reset(): void {
    this.#failures = 0;
  }

  /** Milliseconds to wait before the next attempt. */
  next(): number {
    const { firstMs, longestMs } = this.#options;
    const full = Math.min(longestMs, firstMs * 2 ** this.#failures);
    this.#failures = Math.min(this.#failures + 1, 30);
    return full / 2 + (full / 2) * this.#clock.random();
  }
}
