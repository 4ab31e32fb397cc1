import {
  EntityStatus,
  LlmInferenceClient,
  ServiceList,
  ServiceListQuery,
  ServiceManifest,
  StreamEvent,
  StreamSubscription,
} from 'backstage-plugin-llm-inference-common';

/** One stream that was opened, for a script to speak on. */
export interface ScriptedStream {
  subscription: StreamSubscription;
  push(event: StreamEvent): void;
  /** Whether it was closed, by either side. */
  ended: boolean;
  /** Ends the stream, with an error or without. */
  end(error?: Error): void;
}

class Queue<T> {
  readonly #items: T[] = [];
  #wake = () => {};

  push(item: T): void {
    this.#items.push(item);
    this.#wake();
  }

  async next(): Promise<T> {
    while (this.#items.length === 0) {
      await new Promise<void>(resolve => {
        this.#wake = resolve;
      });
    }
    return this.#items.shift() as T;
  }
}

/** A backend that says what a script tells it to. */
export class ScriptedApi extends LlmInferenceClient {
  /** What a read of an entity gives: a status, or an error to throw. */
  readonly entities = new Map<string, EntityStatus | Error>();
  /** What reading the fleet gives; set to an error to let it fail. */
  fleet: ServiceList | Error | undefined;
  /** The queries that the fleet was read with, oldest first. */
  readonly fleetQueries: ServiceListQuery[] = [];
  /** What each read of a manifest gives, in turn; the last one again and again. */
  readonly manifests: Array<ServiceManifest | Error> = [];
  /** Every stream that was opened, oldest first. */
  readonly streams: ScriptedStream[] = [];
  /** How often an entity was read. */
  reads = 0;
  /** Set to an error to let every new stream fail. */
  streamError: Error | undefined;

  constructor() {
    super({
      fetch: async () => {
        throw new Error('not scripted');
      },
      getBaseUrl: async () => '',
    });
  }

  override async getEntityStatus(entityRef: string): Promise<EntityStatus> {
    this.reads += 1;
    const answer = this.entities.get(entityRef);
    if (answer instanceof Error) {
      throw answer;
    }
    if (!answer) {
      return new Promise<never>(() => {});
    }
    return answer;
  }

  override async listServices(query: ServiceListQuery): Promise<ServiceList> {
    this.fleetQueries.push(query);
    if (this.fleet instanceof Error) {
      throw this.fleet;
    }
    return this.fleet ?? new Promise<never>(() => {});
  }

  override async getManifest(): Promise<ServiceManifest> {
    const [answer] =
      this.manifests.length > 1 ? this.manifests.splice(0, 1) : this.manifests;
    if (answer instanceof Error) {
      throw answer;
    }
    return answer ?? new Promise<never>(() => {});
  }

  get openStreams(): ScriptedStream[] {
    return this.streams.filter(stream => !stream.ended);
  }

  override async *stream(
    subscription: StreamSubscription,
  ): AsyncGenerator<StreamEvent & { id?: string }> {
    if (this.streamError) {
      throw this.streamError;
    }
    const queue = new Queue<StreamEvent | { end: Error | undefined }>();
    const stream: ScriptedStream = {
      subscription,
      ended: false,
      push: event => queue.push(event),
      end: error => {
        stream.ended = true;
        queue.push({ end: error });
      },
    };
    this.streams.push(stream);
    subscription.signal.addEventListener('abort', () => stream.end());
    for (;;) {
      const next = await queue.next();
      if ('end' in next) {
        if (next.end) {
          throw next.end;
        }
        return;
      }
      yield next;
    }
  }
}
