import { StoreChange } from '../../cluster/ChangeHistory';
import { MemoryClusterStore } from '../../cluster/MemoryClusterStore';
import { ClusterFaults } from '../faults/ClusterFaults';
import type { WatchStream } from './WatchStream';

/** Hands every change to the open watches of its resource. */
export class WatchHub {
  readonly #streams = new Map<string, Set<WatchStream>>();
  readonly #unsubscribe: () => void;

  constructor(store: MemoryClusterStore) {
    this.#unsubscribe = store.subscribeChanges(change => this.#send(change));
  }

  add(resource: string, stream: WatchStream): void {
    let streams = this.#streams.get(resource);
    if (!streams) {
      streams = new Set();
      this.#streams.set(resource, streams);
    }
    streams.add(stream);
    stream.onClose(() => streams?.delete(stream));
  }

  all(): WatchStream[] {
    return [...this.#streams.values()].flatMap(streams => [...streams]);
  }

  /** Breaks every open watch, as a restarting API server does. */
  dropAll(): void {
    for (const stream of this.all()) {
      stream.destroy();
    }
  }

  /** Leaves every open watch open, but nothing more comes, as when the network lost the connection. */
  silenceAll(): void {
    for (const stream of this.all()) {
      stream.silence();
    }
  }

  /** Sends what is wrong to every open watch. */
  sendMalformed(kind: NonNullable<ClusterFaults['malformed']>): void {
    for (const stream of this.all()) {
      sendMalformed(stream, kind);
    }
  }

  close(): void {
    this.#unsubscribe();
    this.dropAll();
  }

  #send(change: StoreChange): void {
    for (const stream of this.#streams.get(change.resource) ?? []) {
      stream.send(change);
    }
  }
}

/** Sends what is wrong to one watch. */
export function sendMalformed(
  stream: WatchStream,
  kind: NonNullable<ClusterFaults['malformed']>,
): void {
  if (kind === 'objects') {
    stream.malformedObjects();
  } else {
    stream.tornLine();
  }
}
