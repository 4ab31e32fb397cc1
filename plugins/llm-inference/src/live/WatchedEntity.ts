import type { EntityStatus } from 'backstage-plugin-llm-inference-common';
import { isRefusal } from '../api/isRefusal';
import type { LiveConnection, LiveEntityStatus } from './LiveStatusApi';

/** The last known status of one entity and those who want to hear of it. */
export class WatchedEntity {
  readonly entityRef: string;
  readonly #listeners = new Set<() => void>();
  #snapshot: LiveEntityStatus;

  constructor(entityRef: string, connection: LiveConnection) {
    this.entityRef = entityRef;
    this.#snapshot = { connection };
  }

  get snapshot(): LiveEntityStatus {
    return this.#snapshot;
  }

  get watched(): boolean {
    return this.#listeners.size > 0;
  }

  /** Whether the backend will not speak of this entity, which would spoil the stream for the others. */
  get refused(): boolean {
    return isRefusal(this.#snapshot.error);
  }

  addListener(listener: () => void): void {
    this.#listeners.add(listener);
  }

  removeListener(listener: () => void): void {
    this.#listeners.delete(listener);
  }

  connectionIs(connection: LiveConnection): void {
    if (this.#snapshot.connection !== connection) {
      this.#update({ ...this.#snapshot, connection });
    }
  }

  isNow(status: EntityStatus, at: number): void {
    const { connection } = this.#snapshot;
    this.#update({ connection, status, seenAt: at });
  }

  /** A refusal takes the data away; after any other failure the last known data stays. */
  couldNotBeRead(error: Error): void {
    const { connection, status, seenAt } = this.#snapshot;
    this.#update(
      isRefusal(error)
        ? { connection, error }
        : { connection, status, seenAt, error },
    );
  }

  #update(snapshot: LiveEntityStatus): void {
    this.#snapshot = snapshot;
    this.#listeners.forEach(listener => listener());
  }
}
