import { isError } from '@backstage/errors';
import type { KubernetesObject } from 'backstage-plugin-llm-inference-common';
import { KubernetesError, failureKindOf } from '../clusters/KubernetesError';
import type { WatchReader } from '../clusters/WatchHandler';
import { Backoff, DEFAULT_BACKOFF } from './Backoff';
import type { BackoffOptions } from './Backoff';
import type { Clock } from './Clock';
import type { IngestQueue } from './IngestQueue';
import type { LateSpec } from './LateSpec';
import type { SourceStatus } from './SourceStatus';
import type { Trace } from './Trace';
import { LineCutter } from './lines';
import { readWatchEvent } from './messages';
import { readPage } from './pages';

/** The part of a cluster's client that a reflector needs. */
export interface ListWatchClient {
  getChunks(
    path: string,
    query: Record<string, string | number | boolean | undefined>,
    signal: AbortSignal,
  ): Promise<AsyncIterable<Buffer>>;
  /** Resolves at the end of the watch. */
  watch(
    path: string,
    query: Record<string, string | number | boolean | undefined>,
    idleMs: number,
    signal: AbortSignal,
    reader: WatchReader,
  ): Promise<void>;
}

/** Where a reflector puts what it reads. */
export interface ReflectorSink {
  /** Whether objects may come without their specs. */
  readonly lateSpec: boolean;
  /** A list begins: what is not seen until `endReplace` is gone. */
  beginReplace(): void;
  /** @param spec - where the object came without its spec */
  upsert(object: KubernetesObject, spec?: LateSpec): void;
  remove(object: KubernetesObject): void;
  endReplace(): void;
  /** What was read may no longer be shown: the right to read it, or the kind itself, is gone. */
  clear(): void;
}

/** Intervals in milliseconds and sizes; the defaults are meant for production. */
export interface ReflectorTimings {
  /** A watch is asked to end after this time, or up to a third less. */
  watchMs: number;
  /** A watch that says nothing for this long beyond its end is cut: the connection is half open. */
  graceMs: number;
  /** Objects per page of a list. */
  pageSize: number;
  /** Wait before a Forbidden or NotServed resource is tried again. */
  reprobeMs: number;
  backoff: BackoffOptions;
}

/**
 * Watches are short, because only the end of a watch proves that the connection still lives: 35 s
 * (`llmInference.watch.lifetimeSeconds`) and 5 s of grace find a half-open connection within 45 s, and cost one cheap request per half minute.
 * A page of 100 pods is about 1.2 MiB of JSON.
 */
export const DEFAULT_TIMINGS: ReflectorTimings = {
  watchMs: 35_000,
  graceMs: 5_000,
  pageSize: 100,
  reprobeMs: 30_000,
  backoff: DEFAULT_BACKOFF,
};

/** What a reflector is built from. */
export interface ReflectorOptions {
  client: ListWatchClient;
  /** Paths of the collection, newest API version first; the next is tried where one is not served. */
  paths: string[];
  labelSelector?: string;
  fieldSelector?: string;
  sink: ReflectorSink;
  clock: Clock;
  ingest: IngestQueue;
  timings: ReflectorTimings;
  /** Runs a list inside a span. */
  trace: Trace;
  /** What is read, for the span. */
  source: { cluster: string; resource: string };
  /** Told once per change of state. */
  onStatus(status: SourceStatus): void;
}

/** A watch may be cut this often in a row without having said anything before the list is read anew. */
const RESUMES_BEFORE_RELIST = 5;

/** A watch that lived at least this long proves that the source works; shorter ones are backed off. */
const HEALTHY_WATCH_MS = 1_000;

/**
 * Mirrors one collection of one cluster into a sink: a paginated list, then watches that go on where the
 * last one ended. Runs until its signal is aborted and never rejects.
 */
export class Reflector {
  readonly #options: ReflectorOptions;
  readonly #backoff: Backoff;
  #status: SourceStatus;
  #lastSeen?: number;
  #pathIndex = 0;
  /** Where the next watch goes on; absent where a list has to come first. */
  #resourceVersion?: string;
  #resumesInARow = 0;

  constructor(options: ReflectorOptions) {
    this.#options = options;
    this.#backoff = new Backoff(options.clock, options.timings.backoff);
    this.#status = { state: 'Syncing', since: options.clock.now() };
  }

  get status(): SourceStatus {
    return this.#status;
  }

  /** Lists and watches until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        if (this.#resourceVersion === undefined) await this.#sync(signal);
        await this.#watch(signal);
        await this.#preferNewest(signal);
      } catch (error) {
        if (signal.aborted) return;
        const waitMs = this.#afterFailure(error);
        try {
          await this.#options.clock.sleep(waitMs, signal);
        } catch {
          return;
        }
      }
    }
  }

  /** Goes over to the newest version once it is served: an older one knows less. */
  async #preferNewest(signal: AbortSignal): Promise<void> {
    if (this.#pathIndex === 0) return;
    const { client, paths, ingest } = this.#options;
    try {
      const chunks = await client.getChunks(paths[0], { limit: 1 }, signal);
      const place = ingest.draw();
      await readPage(chunks, items =>
        ingest.each(place, items, () => undefined),
      );
    } catch {
      // Not served yet, or nobody can tell now: asked again after the next watch.
      return;
    }
    this.#pathIndex = 0;
    this.#resourceVersion = undefined;
  }

  async #sync(signal: AbortSignal): Promise<void> {
    const { source, trace } = this.#options;
    this.#resourceVersion = await trace('sync', source, async count => {
      const { objects, pages, resourceVersion } = await this.#list(signal);
      count('objects', objects);
      count('pages', pages);
      return resourceVersion;
    });
    this.#resumesInARow = 0;
    this.#seen();
  }

  async #list(signal: AbortSignal) {
    const { client, sink, ingest, timings } = this.#options;
    let continueToken: string | undefined;
    let resourceVersion: string;
    let objects = 0;
    let pages = 0;
    const takeAt =
      (place: number) => async (items: Iterable<KubernetesObject>) => {
        objects += await ingest.each(place, items, object => {
          signal.throwIfAborted();
          sink.upsert(object);
        });
      };
    sink.beginReplace();
    do {
      const chunks = await client.getChunks(
        this.#path,
        {
          limit: timings.pageSize,
          continue: continueToken,
          labelSelector: this.#options.labelSelector,
          fieldSelector: this.#options.fieldSelector,
        },
        signal,
      );
      const page = await readPage(chunks, takeAt(ingest.draw()));
      signal.throwIfAborted();
      continueToken = page.continueToken;
      resourceVersion = page.resourceVersion;
      pages += 1;
    } while (continueToken);
    sink.endReplace();
    return { objects, pages, resourceVersion };
  }

  async #watch(signal: AbortSignal): Promise<void> {
    const { client, clock, timings } = this.#options;
    const watchMs = timings.watchMs * (1 - clock.random() / 3);
    const startedAt = clock.now();
    const lines = new LineCutter();
    let spoke = false;
    await client.watch(
      this.#path,
      {
        watch: true,
        allowWatchBookmarks: true,
        resourceVersion: this.#resourceVersion,
        timeoutSeconds: Math.max(1, Math.round(watchMs / 1000)),
        labelSelector: this.#options.labelSelector,
        fieldSelector: this.#options.fieldSelector,
      },
      watchMs + timings.graceMs,
      signal,
      {
        opened: () => this.#seen(),
        take: chunk => {
          for (const line of lines.cut(chunk)) {
            this.#apply(line);
            if (!spoke) {
              spoke = true;
              this.#resumesInARow = 0;
              this.#backoff.reset();
            }
            this.#lastSeen = clock.now();
          }
        },
      },
    );
    const livedMs = clock.now() - startedAt;
    if (spoke || livedMs >= HEALTHY_WATCH_MS) {
      this.#backoff.reset();
      return;
    }
    throw new KubernetesError('Network', 'The watch was closed at once');
  }

  #apply(line: string): void {
    const { sink } = this.#options;
    const event = readWatchEvent(line, sink);
    switch (event.type) {
      case 'ADDED':
      case 'MODIFIED':
        sink.upsert(event.object, event.spec);
        break;
      case 'DELETED':
        sink.remove(event.object);
        break;
      case 'BOOKMARK':
        break;
      case 'ERROR':
        throw new KubernetesError(
          failureKindOf(event.code),
          `The watch ended with ${event.code} ${event.message}`,
          { status: event.code },
        );
      default:
        return;
    }
    const version = event.object.metadata?.resourceVersion;
    if (version) this.#resourceVersion = version;
  }

  /** Decides what a failure means for the state, for where to go on, and how long to wait. */
  #afterFailure(error: unknown): number {
    const { sink, timings, clock } = this.#options;
    const kind = error instanceof KubernetesError ? error.kind : 'Protocol';
    const message = isError(error) ? error.message : String(error);

    if (
      kind === 'NotFound' &&
      this.#pathIndex + 1 < this.#options.paths.length
    ) {
      this.#pathIndex += 1;
      this.#resourceVersion = undefined;
      return 0;
    }
    if (kind === 'Forbidden' || kind === 'NotFound') {
      this.#pathIndex = 0;
      this.#resourceVersion = undefined;
      sink.clear();
      this.#setStatus(
        kind === 'Forbidden' ? 'Forbidden' : 'NotServed',
        message,
      );
      return timings.reprobeMs * (0.75 + clock.random() / 4);
    }
    if (kind === 'Expired') {
      this.#resourceVersion = undefined;
      // The first relist may follow at once; a cluster that expires everything is backed off.
      return this.#backoff.failures === 0
        ? this.#backoff.next() / 4
        : this.#backoff.next();
    }
    this.#resumesInARow += 1;
    if (kind === 'Protocol' || this.#resumesInARow >= RESUMES_BEFORE_RELIST) {
      this.#resourceVersion = undefined;
      this.#resumesInARow = 0;
    }
    this.#failed(kind, message);
    const wait = this.#backoff.next();
    const asked =
      error instanceof KubernetesError ? error.retryAfterMs ?? 0 : 0;
    return Math.max(wait, Math.min(asked, 30_000));
  }

  #failed(kind: KubernetesError['kind'], message: string): void {
    if (kind === 'Unauthorized' || kind === 'Credential') {
      this.#setStatus('AuthFailed', message);
    } else if (this.#lastSeen === undefined) {
      this.#setStatus('Unreachable', message);
    } else if (this.#backoff.failures > 0 || kind !== 'Network') {
      // One dropped connection is not news: the next attempt follows within a quarter of a second.
      this.#setStatus('Stale', message, this.#lastSeen);
    }
  }

  #seen(): void {
    this.#lastSeen = this.#options.clock.now();
    this.#setStatus('Live');
  }

  #setStatus(
    state: SourceStatus['state'],
    message?: string,
    since = this.#options.clock.now(),
  ): void {
    if (this.#status.state === state) return;
    this.#status = { state, since, message };
    this.#options.onStatus(this.#status);
  }

  get #path(): string {
    return this.#options.paths[this.#pathIndex];
  }
}
