import { randomUUID } from 'node:crypto';
import { sign } from '@octokit/webhooks-methods';

/** Somebody who wants to hear of events, as GitHub's webhook settings describe it. */
export interface Webhook {
  /** Where to POST the payload. */
  url: string;
  /** Signs the payload (`X-Hub-Signature-256`) when set. */
  secret?: string;
}

/**
 * Delivers events to webhooks, each webhook in the order of the events. Like
 * GitHub it does not repeat a delivery that failed.
 */
export class Webhooks {
  readonly #hooks: { hook: Webhook; last: Promise<void> }[] = [];
  readonly #closing = new AbortController();
  readonly #log: (message: string) => void;

  constructor(log: (message: string) => void) {
    this.#log = log;
  }

  add(hook: Webhook): void {
    this.#hooks.push({ hook, last: Promise.resolve() });
  }

  /** Queues one event for every webhook and returns at once. */
  send(event: string, payload: object): void {
    const body = JSON.stringify(payload);
    for (const queue of this.#hooks) {
      queue.last = queue.last.then(() => this.#post(queue.hook, event, body));
    }
  }

  /** Waits until everything queued is delivered or given up. */
  async settled(): Promise<void> {
    await Promise.all(this.#hooks.map(({ last }) => last));
  }

  /** Gives up what is not delivered yet. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.settled();
  }

  async #post(hook: Webhook, event: string, body: string): Promise<void> {
    if (this.#closing.signal.aborted) {
      return;
    }
    try {
      const response = await fetch(hook.url, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          'user-agent': 'GitHub-Hookshot/sandbox',
          'x-github-event': event,
          'x-github-delivery': randomUUID(),
          ...(hook.secret && {
            'x-hub-signature-256': await sign(hook.secret, body),
          }),
        },
        // GitHub waits ten seconds for an answer.
        signal: AbortSignal.any([
          this.#closing.signal,
          AbortSignal.timeout(10_000),
        ]),
      });
      if (!response.ok) {
        this.#log(`GitHub: ${event} to ${hook.url} got ${response.status}`);
      }
    } catch (error) {
      if (!this.#closing.signal.aborted) {
        this.#log(`GitHub: ${event} did not reach ${hook.url}: ${error}`);
      }
    }
  }
}
