import { LlmInferenceClient } from 'backstage-plugin-llm-inference-common';
import { Pool } from 'undici';
import { Child } from './childProcess';
import type { CpuTimes } from './cpuTimes';
import type { PortalHandlers } from './portal.child';
import type { Profiles } from '../profile/Profiles';
import type { ReaderHandlers } from './reader.child';

/** Memory of a process after its garbage is collected, in bytes. */
export interface Memory {
  heap: number;
  resident: number;
}

/** How long the event loop of a process was kept, in milliseconds. */
export interface LoopDelay {
  p99: number;
  longest: number;
}

/** A portal that runs in a process of its own, and a signed-in user of it. */
export class PortalHandle {
  readonly url: string;
  readonly #child: Child<PortalHandlers>;
  readonly #token: string;
  readonly #pool: Pool;
  #keepProfiles: ((profiles: Profiles) => void) | undefined;

  constructor(child: Child<PortalHandlers>, url: string, token: string) {
    this.#child = child;
    this.#token = token;
    this.url = url;
    this.#pool = new Pool(url, {
      connections: 64,
      // A peer that never answers is a result, which its scenario waits for as long as it wants.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  get pid(): number {
    return this.#child.pid;
  }

  get authorization(): string {
    return `Bearer ${this.#token}`;
  }

  /** Answers the body. @throws Error with status and body where it is no success */
  async get(path: string, signal?: AbortSignal): Promise<Buffer> {
    return await this.#send('GET', path, undefined, signal);
  }

  /** Answers the body. @throws Error with status and body where it is no success */
  async post(
    path: string,
    body: unknown,
    signal?: AbortSignal,
  ): Promise<Buffer> {
    return await this.#send('POST', path, JSON.stringify(body), signal);
  }

  /** The client that the pages of our plugin use, as the signed-in user. */
  client(): LlmInferenceClient {
    return new LlmInferenceClient({
      getBaseUrl: async () => `${this.url}/api/llm-inference`,
      fetch: (input, init) =>
        fetch(input, {
          ...init,
          headers: { ...init?.headers, authorization: this.authorization },
        }),
    });
  }

  /** Another process that reads as the signed-in user, to be closed by who asks for it. */
  async reader(): Promise<Child<ReaderHandlers>> {
    return await Child.start<ReaderHandlers>({
      module: 'packages/benchmarks/src/fleet/reader.child.ts',
      input: { url: this.url, authorization: this.authorization },
    });
  }

  /** Lets our plugin begin to watch these clusters, or all of them. */
  async watch(clusters?: string[]): Promise<void> {
    await this.#child.call('watch', clusters);
  }

  async memory(): Promise<Memory> {
    return await this.#child.call('memory');
  }

  /** Forgets how long the event loop was kept so far. */
  async resetLoopDelay(): Promise<void> {
    await this.#child.call('resetLoopDelay');
  }

  async loopDelay(): Promise<LoopDelay> {
    return await this.#child.call('loopDelay');
  }

  /** Forgets how large the heap was so far. */
  async resetHeapPeak(): Promise<void> {
    await this.#child.call('resetHeapPeak');
  }

  /** The most that the heap has held since, in bytes, with what was garbage already. */
  async heapPeak(): Promise<number> {
    return await this.#child.call('heapPeak');
  }

  async cpuTimes(): Promise<CpuTimes> {
    return await this.#child.call('cpuTimes');
  }

  /** Profiles the process until the profiles are taken, at the latest when it closes. */
  async profile(keep: (profiles: Profiles) => void): Promise<void> {
    await this.#child.call('startProfiles');
    this.#keepProfiles = keep;
  }

  async takeProfiles(): Promise<void> {
    const keep = this.#keepProfiles;
    this.#keepProfiles = undefined;
    if (keep) keep(await this.#child.call('stopProfiles'));
  }

  async close(): Promise<void> {
    await this.takeProfiles();
    await this.#pool.destroy();
    await this.#child.close();
  }

  async #send(
    method: 'GET' | 'POST',
    path: string,
    body?: string,
    signal?: AbortSignal,
  ): Promise<Buffer> {
    const answer = await this.#pool.request({
      method,
      path,
      signal,
      headers: {
        authorization: this.authorization,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      body,
    });
    const bytes = Buffer.from(await answer.body.arrayBuffer());
    if (answer.statusCode >= 300) {
      throw new Error(
        `${method} ${path} answered ${answer.statusCode}: ${bytes
          .subarray(0, 500)
          .toString()}`,
      );
    }
    return bytes;
  }
}
