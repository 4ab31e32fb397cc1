import { AsyncResource } from 'node:async_hooks';
import { toError } from '@backstage/errors';
import type { Dispatcher } from 'undici';
import { asNetworkError, Beginning } from './failures';
import type { Refusal } from './failures';

/** Hears what a watch says. */
export interface WatchReader {
  /** The cluster has accepted the watch; it may be long until it says something. */
  opened(): void;
  /** Bytes as they arrive; what is thrown here ends the watch. */
  take(chunk: Buffer): void;
}

/**
 * Hands an answer on as it arrives, with no stream in between. A fleet has some fifteen watches per cluster that
 * are open all the time, nobody reads them at a pace of its own, and a stream with its iterator would be a third
 * of what each of them takes. The reader is told in the context in which the watch was opened: the connection may
 * have been opened for somebody else's request.
 */
export class WatchHandler
  extends AsyncResource
  implements Dispatcher.DispatchHandler
{
  /** Resolves at the end of the watch, with the refusal where the cluster did not accept it. */
  readonly ended: Promise<Refusal | undefined>;
  readonly #attempt: string;
  readonly #reader: WatchReader;
  readonly #signal: AbortSignal;
  #resolve!: (refusal: Refusal | undefined) => void;
  #reject!: (error: unknown) => void;
  #controller?: Dispatcher.DispatchController;
  #refusal?: Omit<Refusal, 'text'> & { beginning: Beginning };
  #hasEnded = false;

  /** @param attempt - what is asked for, for messages */
  constructor(attempt: string, reader: WatchReader, signal: AbortSignal) {
    super('KUBERNETES_WATCH');
    this.#attempt = attempt;
    this.#reader = reader;
    this.#signal = signal;
    this.ended = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    signal.addEventListener('abort', this);
  }

  /** The signal says that the watch is no longer wanted. */
  handleEvent(): void {
    this.#fail(this.#signal.reason);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // Given up while the connection was being made.
    if (this.#hasEnded) controller.abort(this.#signal.reason);
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    statusCode: number,
    headers: Refusal['headers'],
  ): void {
    if (statusCode < 200) return;
    if (statusCode >= 300) {
      this.#refusal = { statusCode, headers, beginning: new Beginning() };
      return;
    }
    this.#try(() => this.#reader.opened());
  }

  onResponseData(
    _controller: Dispatcher.DispatchController,
    chunk: Buffer,
  ): void {
    const refusal = this.#refusal;
    if (!refusal) {
      this.#try(() => this.#reader.take(chunk));
      return;
    }
    if (refusal.beginning.take(chunk)) {
      this.#succeed();
      this.#controller?.abort(new Error('The rest of a refusal is not read'));
    }
  }

  onResponseEnd(): void {
    this.#succeed();
  }

  onResponseError(_controller: unknown, error: Error): void {
    // Cut off: what has come of a refusal says what there is to say.
    if (this.#refusal) this.#succeed();
    this.#settle(() =>
      this.#reject(asNetworkError(this.#attempt, error, this.#signal)),
    );
  }

  #try(step: () => void): void {
    if (this.#hasEnded) return;
    try {
      this.runInAsyncScope(step);
    } catch (error) {
      this.#fail(error);
    }
  }

  #succeed(): void {
    const refusal = this.#refusal;
    this.#settle(() =>
      this.#resolve(refusal && { ...refusal, text: refusal.beginning.text }),
    );
  }

  #fail(error: unknown): void {
    this.#settle(() => this.#reject(error));
    this.#controller?.abort(toError(error));
  }

  #settle(tell: () => void): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#signal.removeEventListener('abort', this);
    tell();
  }
}
