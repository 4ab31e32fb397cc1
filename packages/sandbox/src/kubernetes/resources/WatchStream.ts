import { ServerResponse } from 'node:http';
import { FailureStatus } from '../../cluster/ApiError';
import { StoreChange } from '../../cluster/ChangeHistory';
import { KubeObject, StoreEvent } from '../../cluster/ClusterStore';
import { MALFORMED_OBJECTS, TORN_LINE } from '../faults/malformed';
import { Selection } from './selection';

/** A watcher that reads slower than this many bytes pile up is cut off; it has to list again. */
const MAX_BUFFERED_BYTES = 64 * 1024 * 1024;

/** What a watch shows and how. */
export interface WatchStreamOptions {
  namespace?: string;
  matches: Selection;
  /** The JSON of an object in the form of this watch. */
  json(object: KubeObject): string;
  /** The JSON of a bookmark's object. */
  bookmarkJson(version: number, annotations?: Record<string, string>): string;
}

/** One open watch: lines of JSON, written together once per turn of the event loop. */
export class WatchStream {
  readonly #response: ServerResponse;
  readonly #options: WatchStreamOptions;
  readonly #closeHandlers: Array<() => void> = [];
  #lines: string[] = [];
  #flushing = false;
  #closed = false;
  #silent = false;
  #seen = 0;

  constructor(response: ServerResponse, options: WatchStreamOptions) {
    this.#response = response;
    this.#options = options;
    response.on('close', () => this.#closedNow());
    response.writeHead(200, {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-cache, private',
    });
    response.flushHeaders();
  }

  onClose(handler: () => void): void {
    this.#closeHandlers.push(handler);
  }

  /** Sends a change, seen through the selection: what starts to match is added, what no longer does is deleted. */
  send({ type, object, previous, version }: StoreChange): void {
    const { namespace, matches } = this.#options;
    if (version <= this.#seen) {
      return;
    }
    this.#seen = version;
    if (namespace !== undefined && object.metadata.namespace !== namespace) {
      return;
    }
    if (!matches) {
      this.event(type, object);
      return;
    }
    const before = previous !== undefined && matches(previous);
    const after = type !== 'DELETED' && matches(object);
    if (before && after) {
      this.event('MODIFIED', object);
    } else if (after) {
      this.event('ADDED', object);
    } else if (before) {
      this.event('DELETED', object);
    }
  }

  event(type: StoreEvent['type'], object: KubeObject): void {
    this.#line(`{"type":"${type}","object":${this.#options.json(object)}}\n`);
  }

  bookmark(version: number, annotations?: Record<string, string>): void {
    const object = this.#options.bookmarkJson(version, annotations);
    this.#line(`{"type":"BOOKMARK","object":${object}}\n`);
  }

  /** Sends things that are no objects, or hardly. */
  malformedObjects(): void {
    for (const object of MALFORMED_OBJECTS) {
      this.#line(`{"type":"ADDED","object":${object}}\n`);
    }
  }

  /** Sends a line that is torn. */
  tornLine(): void {
    this.#line(`${TORN_LINE}\n`);
  }

  /** Sends an ERROR event and ends the watch. */
  fail(status: FailureStatus): void {
    this.#line(`{"type":"ERROR","object":${JSON.stringify(status)}}\n`);
    this.end();
  }

  /** Starts after a version: changes up to it are not sent. */
  startAfter(version: number): void {
    this.#seen = version;
  }

  /** Sends nothing more, and does not end either. */
  silence(): void {
    this.#silent = true;
  }

  end(): void {
    if (this.#silent) {
      return;
    }
    this.#flush();
    this.#response.end();
  }

  destroy(): void {
    this.#response.destroy();
    this.#closedNow();
  }

  #line(line: string): void {
    if (this.#closed || this.#silent) {
      return;
    }
    this.#lines.push(line);
    if (!this.#flushing) {
      this.#flushing = true;
      setImmediate(() => this.#flush());
    }
  }

  #flush(): void {
    this.#flushing = false;
    if (this.#closed || this.#lines.length === 0) {
      return;
    }
    const lines = this.#lines;
    this.#lines = [];
    this.#response.write(lines.join(''));
    if (this.#response.writableLength > MAX_BUFFERED_BYTES) {
      this.destroy();
    }
  }

  #closedNow(): void {
    if (this.#closed) {
      return;
    }
    this.#closed = true;
    this.#lines = [];
    for (const handler of this.#closeHandlers) {
      handler();
    }
  }
}
