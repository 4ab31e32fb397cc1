/** Whether a cluster runs what Git says. */
export type SyncState = 'Synced' | 'OutOfSync' | 'Error';

/** How far one service is in one cluster. */
export interface ServiceSync {
  service: string;
  cluster: string;
  state: SyncState;
  /** The commit that was applied last, if any was. */
  revision?: string;
  /** What went wrong, or what is being waited for, in one sentence. */
  message?: string;
  /** When `state` last changed, ISO 8601. */
  since: string;
}

/** What the sync last saw in Git, and what became of it. */
export interface SyncStatus {
  /** The commit on the default branch that was read last. */
  revision?: string;
  /** Why Git could not be read, when it could not. */
  message?: string;
  /** Sorted by service, then cluster. */
  services: ServiceSync[];
}

/** Keeps the state of every service and the time it last changed. */
export class SyncBoard {
  readonly #entries = new Map<string, ServiceSync>();

  set(entry: Omit<ServiceSync, 'since'>): void {
    const key = keyOf(entry);
    const before = this.#entries.get(key);
    this.#entries.set(key, {
      ...entry,
      revision: entry.revision ?? before?.revision,
      since:
        before?.state === entry.state ? before.since : new Date().toISOString(),
    });
  }

  remove(entry: { service: string; cluster: string }): void {
    this.#entries.delete(keyOf(entry));
  }

  entries(): ServiceSync[] {
    return [...this.#entries.values()].sort((a, b) =>
      keyOf(a).localeCompare(keyOf(b)),
    );
  }
}

function keyOf({ service, cluster }: { service: string; cluster: string }) {
  return `${service}/${cluster}`;
}
