import type { Response } from 'express';
import { JsonParts } from '../status/JsonParts';

/** A reader that takes nothing for this long is cut off; its client comes back and goes on. */
const STUCK_MS = 60_000;

/** What an event ends with. */
const END = '\n\n';

/** Writes server-sent events to one response, and says when the reader has caught up. */
export class EventWriter {
  readonly #response: Response & { flush?: () => void };

  constructor(response: Response) {
    this.#response = response;
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    response.flushHeaders();
  }

  /** Writes one event; resolves once there is room for another. */
  async send(type: string, data: unknown, id: string): Promise<void> {
    const before = `id: ${id}\nevent: ${type}\ndata: `;
    await (data instanceof JsonParts
      ? this.#write(before, ...data.parts, END)
      : this.#write(before + JSON.stringify(data) + END));
  }

  /** A comment: keeps proxies from closing a quiet stream, and notices a reader that is gone. */
  heartbeat(): void {
    if (!this.#response.writableNeedDrain) void this.#write(': still here\n\n');
  }

  end(): void {
    this.#response.end();
  }

  async #write(...parts: Array<string | Buffer>): Promise<void> {
    const response = this.#response;
    if (response.writableEnded || response.destroyed) return;
    response.cork();
    let room = true;
    for (const part of parts) room = response.write(part);
    response.uncork();
    response.flush?.();
    if (room) return;
    await new Promise<void>(resolve => {
      const stuck = setTimeout(() => response.destroy(), STUCK_MS);
      stuck.unref();
      const done = () => {
        clearTimeout(stuck);
        response.off('drain', done);
        response.off('close', done);
        resolve();
      };
      response.once('drain', done);
      response.once('close', done);
    });
  }
}
