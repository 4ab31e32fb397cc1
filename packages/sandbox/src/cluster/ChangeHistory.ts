import { KubeObject, StoreEvent } from './ClusterStore';

/** One write: the event, its version as a number, and the object before it. */
export interface StoreChange extends StoreEvent {
  version: number;
  previous?: KubeObject;
}

/** The latest changes of one resource, from which a watch can resume. */
export class ChangeHistory {
  readonly #limit: number;
  #changes: StoreChange[] = [];
  /** Changes up to this version are forgotten. */
  #forgotten = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The oldest version after which all changes are known. */
  get oldest(): number {
    return this.#forgotten;
  }

  add(change: StoreChange): void {
    this.#changes.push(change);
    if (this.#changes.length >= this.#limit * 2) {
      const dropped = this.#changes.length - this.#limit;
      this.#forgotten = this.#changes[dropped - 1].version;
      this.#changes = this.#changes.slice(dropped);
    }
  }

  /** The changes after a version, or undefined where some of them are forgotten. */
  since(version: number): StoreChange[] | undefined {
    if (version < this.#forgotten) {
      return undefined;
    }
    let low = 0;
    let high = this.#changes.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.#changes[middle].version > version) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return this.#changes.slice(low);
  }

  /** Forgets everything up to a version. */
  forget(version: number): void {
    this.#changes = this.since(version) ?? this.#changes;
    this.#forgotten = Math.max(this.#forgotten, version);
  }
}
