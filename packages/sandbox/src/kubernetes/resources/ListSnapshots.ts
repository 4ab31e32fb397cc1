import { Clock } from '../../cluster/ClusterStore';
import { Snapshot } from '../../cluster/MemoryClusterStore';

/** How long a list can be continued, like the API server's five minutes until compaction. */
const LIFETIME_MS = 5 * 60_000;
const MAX_KEPT = 64;

/** Keeps what a paginated list looked like at its first page, so that all pages show one moment. */
export class ListSnapshots {
  readonly #clock: Clock;
  readonly #kept = new Map<string, { snapshot: Snapshot; until: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  keep(key: string, snapshot: Snapshot): void {
    const id = `${snapshot.version} ${key}`;
    this.#kept.delete(id);
    this.#kept.set(id, {
      snapshot,
      until: this.#clock.now().getTime() + LIFETIME_MS,
    });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MAX_KEPT) {
        break;
      }
      this.#kept.delete(oldest);
    }
  }

  find(key: string, version: number): Snapshot | undefined {
    const entry = this.#kept.get(`${version} ${key}`);
    return entry && entry.until > this.#clock.now().getTime()
      ? entry.snapshot
      : undefined;
  }

  /** Makes every continue token so far expire. */
  expire(): void {
    this.#kept.clear();
  }
}
