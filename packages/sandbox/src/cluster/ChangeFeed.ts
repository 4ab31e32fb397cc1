import { ChangeHistory, StoreChange } from './ChangeHistory';

/** Remembers the changes of a cluster and tells listeners of them. */
export class ChangeFeed {
  readonly #historyLimit: number;
  readonly #histories = new Map<string, ChangeHistory>();
  readonly #listeners = new Set<(change: StoreChange) => void>();
  readonly #undelivered: StoreChange[] = [];
  #delivering = false;

  /** @param historyLimit changes per resource that are remembered at least */
  constructor(historyLimit: number) {
    this.#historyLimit = historyLimit;
  }

  subscribe(listener: (change: StoreChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The changes of a resource after a version; undefined where some of them are forgotten. */
  since(resource: string, version: number): StoreChange[] | undefined {
    return this.#history(resource).since(version);
  }

  /** The oldest version after which all changes of a resource are known. */
  oldest(resource: string): number {
    return this.#history(resource).oldest;
  }

  /** Forgets all changes of the resources up to a version. */
  forget(resources: string[], version: number): void {
    for (const resource of resources) {
      this.#history(resource).forget(version);
    }
  }

  /**
   * Listeners may write: what they write is delivered after, so that everyone sees one order. A listener that throws
   * keeps nobody else from hearing; its error reaches the writer.
   */
  add(change: StoreChange): void {
    this.#history(change.resource).add(change);
    this.#undelivered.push(change);
    if (this.#delivering) {
      return;
    }
    this.#delivering = true;
    let failure: { error: unknown } | undefined;
    for (
      let next = this.#undelivered.shift();
      next;
      next = this.#undelivered.shift()
    ) {
      for (const listener of [...this.#listeners]) {
        try {
          listener(next);
        } catch (error) {
          failure ??= { error };
        }
      }
    }
    this.#delivering = false;
    if (failure) {
      throw failure.error;
    }
  }

  #history(resource: string): ChangeHistory {
    let history = this.#histories.get(resource);
    if (!history) {
      history = new ChangeHistory(this.#historyLimit);
      this.#histories.set(resource, history);
    }
    return history;
  }
}
