import { Clock } from '../../cluster/ClusterStore';

/** Timers that belong together and end together. */
export class Timers {
  private readonly pending = new Set<() => void>();

  constructor(private readonly clock: Clock) {}

  /** Runs work after some seconds of play. */
  after(seconds: number, work: () => void): void {
    const cancel = this.clock.setTimeout(() => {
      this.pending.delete(cancel);
      work();
    }, seconds * 1000);
    this.pending.add(cancel);
  }

  cancel(): void {
    this.pending.forEach(cancel => cancel());
    this.pending.clear();
  }
}
