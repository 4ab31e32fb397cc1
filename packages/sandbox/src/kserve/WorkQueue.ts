import { Clock } from '../cluster/ClusterStore';

/**
 * Runs work soon, each key once however often it was asked for, in the order of first asking.
 * A controller that fails is asked again later, a little later each time.
 */
export class WorkQueue {
  private readonly pending = new Map<string, () => void>();
  private readonly failures = new Map<string, number>();
  private cancelFlush?: () => void;

  constructor(
    private readonly clock: Clock,
    private readonly onError: (key: string, error: unknown) => void,
  ) {}

  add(key: string, work: () => void): void {
    this.pending.set(key, work);
    this.cancelFlush ??= this.clock.setTimeout(() => this.flush(), 0);
  }

  stop(): void {
    this.pending.clear();
    this.cancelFlush?.();
  }

  private flush(): void {
    this.cancelFlush = undefined;
    const batch = [...this.pending];
    this.pending.clear();
    for (const [key, work] of batch) {
      try {
        work();
        this.failures.delete(key);
      } catch (error) {
        this.onError(key, error);
        const failures = (this.failures.get(key) ?? 0) + 1;
        this.failures.set(key, failures);
        const delay = Math.min(300_000, 1000 * 2 ** failures);
        this.clock.setTimeout(() => this.add(key, work), delay);
      }
    }
  }
}
