import { Agent, Dispatcher, request } from 'undici';
import { JsonRecord } from '../../cluster/json';
import { Connection } from './kubeconfig';

/** An answer of an API server. */
export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  /** The JSON of the body; empty where it is none. */
  body: JsonRecord;
}

interface RequestOptions {
  query?: Record<string, string>;
  /** JSON unless it is a text. */
  body?: unknown;
  type?: string;
  accept?: string;
  headers?: Record<string, string>;
}

/** One event of a watch. */
export interface WatchEvent {
  type: string;
  object: JsonRecord;
}

/** A plain HTTP client of one API server. */
export class ApiClient {
  readonly server: string;
  readonly #token: string | undefined;
  readonly #dispatcher: Agent;

  constructor(connection: Connection) {
    this.server = connection.server;
    this.#token = connection.token;
    this.#dispatcher = new Agent({
      connect: {
        ca: connection.ca,
        cert: connection.cert,
        key: connection.key,
        rejectUnauthorized: !connection.insecure,
      },
    });
  }

  get(path: string, query?: Record<string, string>): Promise<Answer> {
    return this.request('GET', path, { query });
  }

  post(path: string, body: unknown, query?: Record<string, string>) {
    return this.request('POST', path, { body, query });
  }

  put(path: string, body: unknown) {
    return this.request('PUT', path, { body });
  }

  delete(path: string, body?: unknown, query?: Record<string, string>) {
    return this.request('DELETE', path, { body, query });
  }

  patch(
    path: string,
    kind: 'merge' | 'json' | 'strategic-merge' | 'apply',
    body: unknown,
    query?: Record<string, string>,
  ) {
    const type =
      kind === 'apply'
        ? 'application/apply-patch+yaml'
        : `application/${kind}-patch+json`;
    return this.request('PATCH', path, { body, type, query });
  }

  async request(
    method: Dispatcher.HttpMethod,
    path: string,
    options: RequestOptions = {},
  ): Promise<Answer> {
    const response = await this.#send(method, path, options);
    const text = await response.body.text();
    const isJson = String(response.headers['content-type']).includes('json');
    return {
      status: response.statusCode,
      headers: response.headers,
      text,
      body: isJson ? (JSON.parse(text) as JsonRecord) : {},
    };
  }

  /** Opens a watch; breaking out of the loop closes it. */
  async *watch(
    path: string,
    query: Record<string, string> = {},
    accept?: string,
  ): AsyncGenerator<WatchEvent> {
    const response = await this.#send('GET', path, {
      query: { watch: 'true', timeoutSeconds: '30', ...query },
      accept,
    });
    let rest = '';
    for await (const chunk of response.body) {
      const lines = `${rest}${String(chunk)}`.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        yield JSON.parse(line) as WatchEvent;
      }
    }
  }

  /** The first events of a watch. */
  async firstEvents(
    count: number,
    path: string,
    query: Record<string, string> = {},
  ): Promise<WatchEvent[]> {
    const events: WatchEvent[] = [];
    for await (const event of this.watch(path, query)) {
      events.push(event);
      if (events.length === count) {
        break;
      }
    }
    return events;
  }

  async close(): Promise<void> {
    await this.#dispatcher.destroy();
  }

  #send(
    method: Dispatcher.HttpMethod,
    path: string,
    { query, body, type, accept, headers }: RequestOptions,
  ) {
    return request(`${this.server}${path}`, {
      method,
      query,
      dispatcher: this.#dispatcher,
      headers: {
        accept: accept ?? 'application/json',
        ...(this.#token && { authorization: `Bearer ${this.#token}` }),
        ...(body !== undefined && {
          'content-type': type ?? 'application/json',
        }),
        ...headers,
      },
      body:
        body === undefined || typeof body === 'string'
          ? body
          : JSON.stringify(body),
    });
  }
}
