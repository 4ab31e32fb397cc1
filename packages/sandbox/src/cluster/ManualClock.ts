import { Clock } from './ClusterStore';

/** A clock that stands still until it is told how much time passes; for tests. */
export class ManualClock implements Clock {
  #now = Date.parse('2026-01-01T00:00:00Z');
  #timers: Array<{ at: number; callback: () => void }> = [];

  now(): Date {
    return new Date(this.#now);
  }

  setTimeout(callback: () => void, ms: number): () => void {
    const timer = { at: this.#now + ms, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter(other => other !== timer);
    };
  }

  /** Lets time pass and runs what became due, in its order. */
  advance(ms: number): void {
    const until = this.#now + ms;
    for (;;) {
      const due = this.#timers
        .filter(timer => timer.at <= until)
        .sort((a, b) => a.at - b.at)[0];
      if (!due) {
        break;
      }
      this.#timers = this.#timers.filter(timer => timer !== due);
      this.#now = Math.max(this.#now, due.at);
      due.callback();
    }
    this.#now = until;
  }
}
