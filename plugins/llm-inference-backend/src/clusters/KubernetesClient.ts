import { Agent, type Dispatcher } from 'undici';
import { isError } from '@backstage/errors';
import type {
  ClusterCredential,
  WatchableCluster,
} from 'backstage-plugin-llm-inference-node';
import { CredentialCache } from './credentials';
import { KubernetesError } from './KubernetesError';
import { asNetworkError, readBeginning, refusalOf } from './failures';
import type { Refusal } from './failures';
import { WatchHandler } from './WatchHandler';
import type { WatchReader } from './WatchHandler';

/** How long a cluster may take to accept a connection, and to begin and go on with an answer. */
export interface ClientTimeouts {
  connectMs: number;
  answerMs: number;
}

export const DEFAULT_CLIENT_TIMEOUTS: ClientTimeouts = {
  connectMs: 5_000,
  answerMs: 15_000,
};

/** Where the kernel starts to probe an idle connection; a peer that is gone is noticed some ten seconds later. */
const TCP_KEEPALIVE_MS = 15_000;

/**
 * Beyond, an answer is left to the network until somebody reads on: the lists of all clusters arrive together, and
 * what waits here grows old, so that its memory comes back late.
 */
const WAITING_BYTES = 16 * 1024;

type Query = Record<string, string | number | boolean | undefined>;

/**
 * Talks to the Kubernetes API of one cluster: a connection pool of its own, so that a cluster that hangs
 * occupies nobody else's connections, and the credential beside it.
 */
export class KubernetesClient {
  readonly name: string;
  readonly #cluster: WatchableCluster;
  readonly #credentials: CredentialCache;
  readonly #timeouts: ClientTimeouts;
  #agent?: { dispatcher: Dispatcher; credential: ClusterCredential };

  constructor(
    cluster: WatchableCluster,
    timeouts: ClientTimeouts = DEFAULT_CLIENT_TIMEOUTS,
  ) {
    this.name = cluster.name;
    this.#cluster = cluster;
    this.#credentials = new CredentialCache(cluster.credential);
    this.#timeouts = timeouts;
  }

  /** Reads a JSON document. */
  async getJson(
    path: string,
    query: Query,
    signal: AbortSignal,
  ): Promise<unknown> {
    const text = await this.getText(path, query, signal);
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw new KubernetesError(
        'Protocol',
        `GET ${path} was answered with something that is not JSON`,
        { cause },
      );
    }
  }

  /** Reads a document as text. */
  async getText(
    path: string,
    query: Query,
    signal: AbortSignal,
  ): Promise<string> {
    const body = await this.#open('GET', path, query, signal, {
      bodyTimeout: this.#timeouts.answerMs,
    });
    try {
      return await body.text();
    } catch (error) {
      throw asNetworkError(`GET ${path}`, error, signal);
    }
  }

  /**
   * Reads a text that a pod serves, through the API server's proxy, up to a size. A 401 may be the pod's own
   * word and says nothing about the credential of the cluster.
   */
  async getProxied(
    path: string,
    longestBytes: number,
    signal: AbortSignal,
  ): Promise<string> {
    const body = await this.#open('GET', path, {}, signal, {
      bodyTimeout: this.#timeouts.answerMs,
      proxied: true,
    });
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of translateErrors(body, `GET ${path}`, signal)) {
      bytes += chunk.length;
      if (bytes > longestBytes) {
        throw new KubernetesError(
          'Protocol',
          `GET ${path} was answered with more than ${longestBytes} bytes`,
        );
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
  }

  /** Asks the cluster what it would say to an object, and changes nothing. Rejects where it refuses. */
  async applyDryRun(
    path: string,
    object: unknown,
    signal: AbortSignal,
  ): Promise<void> {
    const body = await this.#open(
      'PATCH',
      path,
      {
        dryRun: 'All',
        fieldManager: 'llm-inference-portal',
        force: true,
        fieldValidation: 'Strict',
      },
      signal,
      {
        bodyTimeout: this.#timeouts.answerMs,
        document: JSON.stringify(object),
      },
    );
    try {
      await body.dump();
    } catch (error) {
      throw asNetworkError(`PATCH ${path}`, error, signal);
    }
  }

  /**
   * Reads an answer while it arrives, however long it is. Fails where nothing arrives for as long as an answer
   * may take, unless it is the reader who pauses.
   */
  async getChunks(
    path: string,
    query: Query,
    signal: AbortSignal,
  ): Promise<AsyncIterable<Buffer>> {
    return this.openStream(path, query, this.#timeouts.answerMs, signal);
  }

  /**
   * Opens a stream, for example a followed log, whose reader may pause. The stream fails where nothing arrives
   * for `idleMs`.
   */
  async openStream(
    path: string,
    query: Query,
    idleMs: number,
    signal: AbortSignal,
  ): Promise<AsyncIterable<Buffer>> {
    const body = await this.#open('GET', path, query, signal, {
      bodyTimeout: idleMs,
    });
    return translateErrors(body, `GET ${path}`, signal);
  }

  /**
   * Opens a watch and resolves at its end. It fails where nothing arrives for `idleMs`, and with what its reader
   * throws.
   */
  async watch(
    path: string,
    query: Query,
    idleMs: number,
    signal: AbortSignal,
    reader: WatchReader,
  ): Promise<void> {
    const credential = await this.#readCredential();
    signal.throwIfAborted();
    const dispatcher = this.#dispatcherFor(credential);
    const options: Dispatcher.DispatchOptions = {
      method: 'GET',
      ...this.#target(path, query),
      headersTimeout: this.#timeouts.answerMs,
      bodyTimeout: idleMs,
      headers: this.#headers(credential, 'application/json'),
    };
    // Last, since it listens to the signal: from here on every failure is told to it.
    const handler = new WatchHandler(`GET ${path}`, reader, signal);
    dispatcher.dispatch(options, handler);
    const refusal = await handler.ended;
    if (refusal) throw this.#refused(`GET ${path}`, refusal, credential);
  }

  /** Closes all connections. */
  async close(): Promise<void> {
    const agent = this.#agent;
    this.#agent = undefined;
    await agent?.dispatcher.destroy();
  }

  async #open(
    method: 'GET' | 'PATCH',
    path: string,
    query: Query,
    signal: AbortSignal,
    options: { bodyTimeout: number; document?: string; proxied?: boolean },
  ): Promise<Dispatcher.ResponseData['body']> {
    const credential = await this.#readCredential();
    signal.throwIfAborted();
    let response: Dispatcher.ResponseData;
    try {
      response = await this.#dispatcherFor(credential).request({
        method,
        ...this.#target(path, query),
        signal,
        highWaterMark: WAITING_BYTES,
        headersTimeout: this.#timeouts.answerMs,
        bodyTimeout: options.bodyTimeout,
        body: options.document,
        headers: {
          ...(options.document
            ? { 'content-type': 'application/apply-patch+yaml' }
            : {}),
          ...this.#headers(
            credential,
            options.proxied ? '*/*' : 'application/json',
          ),
        },
      });
    } catch (error) {
      throw asNetworkError(`${method} ${path}`, error, signal);
    }
    if (response.statusCode >= 200 && response.statusCode < 300) {
      return response.body;
    }
    const attempt = `${method} ${path}`;
    const { statusCode, headers, body } = response;
    const refusal = { statusCode, headers, text: await readBeginning(body) };
    throw options.proxied
      ? refusalOf(attempt, refusal)
      : this.#refused(attempt, refusal, credential);
  }

  #refused(
    attempt: string,
    refusal: Refusal,
    credential: ClusterCredential,
  ): KubernetesError {
    const failure = refusalOf(attempt, refusal);
    if (failure.kind === 'Unauthorized') this.#credentials.reject(credential);
    return failure;
  }

  #headers(
    credential: ClusterCredential,
    accept: string,
  ): Record<string, string> {
    return {
      accept,
      ...this.#cluster.headers,
      ...(credential.type === 'bearer'
        ? { authorization: `Bearer ${credential.token}` }
        : {}),
    };
  }

  async #readCredential(): Promise<ClusterCredential> {
    try {
      return await this.#credentials.get();
    } catch (cause) {
      throw new KubernetesError(
        'Credential',
        `The credential of cluster ${this.name} cannot be read: ${
          isError(cause) ? cause.message : 'unknown error'
        }`,
        { cause },
      );
    }
  }

  #target(path: string, query: Query): { origin: string; path: string } {
    const url = new URL(this.#cluster.url);
    url.pathname = `${url.pathname.replace(/\/$/, '')}${path}`;
    for (const [key, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(key, String(value));
    }
    return { origin: url.origin, path: `${url.pathname}${url.search}` };
  }

  /** One agent per cluster; a new client certificate needs a new one. */
  #dispatcherFor(credential: ClusterCredential): Dispatcher {
    const current = this.#agent;
    const reusable =
      current &&
      (credential.type !== 'certificate' ||
        (current.credential.type === 'certificate' &&
          current.credential.cert === credential.cert &&
          current.credential.key === credential.key));
    if (reusable) return current.dispatcher;
    const dispatcher = new Agent({
      keepAliveTimeout: 30_000,
      // One connection for each watch: a dead one is noticed and dropped for itself, and an answer that nobody
      // reads holds up no other.
      allowH2: false,
      connect: {
        timeout: this.#timeouts.connectMs,
        keepAlive: true,
        keepAliveInitialDelay: TCP_KEEPALIVE_MS,
        ca: this.#cluster.ca,
        servername: this.#cluster.serverName,
        rejectUnauthorized: !this.#cluster.skipTLSVerify,
        ...(credential.type === 'certificate'
          ? { cert: credential.cert, key: credential.key }
          : {}),
      },
    }).compose(forgettingRawHeaders);
    this.#agent = { dispatcher, credential };
    // Streams on the old agent end with their own timeout; closing lets them.
    void current?.dispatcher.close();
    return dispatcher;
  }
}

/**
 * The headers of an answer are kept for as long as it lasts, as slices of the bytes that they came in: up to 64 KiB
 * for every watch, and for every list that waits for its turn.
 */
function forgettingRawHeaders(
  dispatch: Dispatcher.Dispatch,
): Dispatcher.Dispatch {
  return (options, handler) => {
    const start = handler.onResponseStart?.bind(handler);
    handler.onResponseStart = (controller, ...rest) => {
      start?.(controller, ...rest);
      controller.rawHeaders = null;
    };
    return dispatch(options, handler);
  };
}

async function* translateErrors(
  body: AsyncIterable<Buffer>,
  attempt: string,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  try {
    yield* body;
  } catch (error) {
    throw asNetworkError(attempt, error, signal);
  }
}
