import { toError } from '@backstage/errors';
import type { Dispatcher } from 'undici';
import { asNetworkError, LONGEST_REFUSAL } from './failures';
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
 * are open all the time, nobody reads them at a pace of its own, and a stream with its iterator would be half of
 * what each of them takes.
 */
export class WatchHandler implements Dispatcher.DispatchHandler {
  /** Resolves at the end of the watch, with the refusal where the cluster did not accept it. */
  readonly ended: Promise<Refusal | undefined>;
  readonly #attempt: string;
  readonly #reader: WatchReader;
  readonly #signal: AbortSignal;
  #resolve!: (refusal: Refusal | undefined) => void;
  #reject!: (error: unknown) => void;
  #controller?: Dispatcher.DispatchController;
  #refusal?: Refusal;
  #hasEnded = false;

  /** @param attempt - what is asked for, for messages */
  constructor(attempt: string, reader: WatchReader, signal: AbortSignal) {
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
    controller: Dispatcher.DispatchController,
    statusCode: number,
    headers: Refusal['headers'],
  ): void {
    // Slices of the bytes that they came in: up to 64 KiB for as long as the watch lasts.
    controller.rawHeaders = null;
    if (statusCode < 200) return;
    if (statusCode >= 300) {
      this.#refusal = { statusCode, headers, text: '' };
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
    refusal.text += String(chunk);
    if (refusal.text.length > LONGEST_REFUSAL) {
      this.#settle(() => this.#resolve(refusal));
      this.#controller?.abort(new Error('The rest of a refusal is not read'));
    }
  }

  onResponseEnd(): void {
    this.#settle(() => this.#resolve(this.#refusal));
  }

  onResponseError(_controller: unknown, error: Error): void {
    const refusal = this.#refusal;
    this.#settle(() => {
      // Cut off: what has come of a refusal says what there is to say.
      if (refusal) this.#resolve(refusal);
      else this.#reject(asNetworkError(this.#attempt, error, this.#signal));
    });
  }

  #try(step: () => void): void {
    if (this.#hasEnded) return;
    try {
      step();
    } catch (error) {
      this.#fail(error);
    }
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
