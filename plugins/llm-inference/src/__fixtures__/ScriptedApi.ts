import {
  EntityStatus,
  LlmInferenceClient,
  StreamEvent,
  StreamSubscription,
} from 'backstage-plugin-llm-inference-common';

/** One stream that was opened, for a script to speak on. */
export interface ScriptedStream {
  subscription: StreamSubscription;
  push(event: StreamEvent): void;
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

  get openStreams(): ScriptedStream[] {
    return this.streams.filter(
      stream => !stream.subscription.signal.aborted,
    );
  }

  override async *stream(
    subscription: StreamSubscription,
  ): AsyncGenerator<StreamEvent & { id?: string }> {
    if (this.streamError) {
      throw this.streamError;
    }
    const queue = new Queue<StreamEvent | { end: Error | undefined }>();
    subscription.signal.addEventListener('abort', () =>
      queue.push({ end: undefined }),
    );
    this.streams.push({
      subscription,
      push: event => queue.push(event),
      end: error => queue.push({ end: error }),
    });
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
