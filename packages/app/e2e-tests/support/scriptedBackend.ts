import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import type {
  ClusterStatus,
  EntityStatus,
} from 'backstage-plugin-llm-inference-common';

/** What a script answers: a body, a refusal, or nothing at all. */
export type Answer =
  | { body: object }
  | { status: number; message: string }
  | 'never';

/** What is scripted of the plugin's backend; all else is answered by the real one. */
interface Script {
  /** The status of any entity. */
  status: Answer;
  /** A page of the fleet. */
  fleet(query: URLSearchParams): Answer;
  clusters: ClusterStatus[];
}

/** The plugin's backend as a test wants it, at the edge of the page: real requests, real answers, a real stream. */
export class ScriptedBackend {
  script: Script = { status: 'never', fleet: () => 'never', clusters: [] };
  readonly #streams = new Set<ServerResponse>();
  readonly #server = createServer((request, response) =>
    this.#answer(request, response),
  );
  #isAway = false;

  /** Stands in for the backend on a page until it is closed. */
  async standInOn(page: Page) {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const { port } = this.#server.address() as AddressInfo;
    await page.route(
      /\/api\/llm-inference\/v1\/(entities\/[^?]*\/status|stream|services)(\?|$)/,
      async route => {
        const { pathname, search } = new URL(route.request().url());
        await route
          .continue({ url: `http://127.0.0.1:${port}${pathname}${search}` })
          // A page that goes on to the next takes its requests with it.
          .catch(() => {});
      },
    );
  }

  /** Starts over with a script. */
  play(script: Partial<Script>) {
    this.#isAway = false;
    this.script = {
      status: 'never',
      fleet: () => 'never',
      clusters: [],
      ...script,
    };
  }

  /** Changes the status on the pages that are open, by their stream. */
  push(status: EntityStatus) {
    this.script.status = { body: status };
    this.#streams.forEach(stream => send(stream, 'entity', status));
  }

  /** Says that the fleet is no longer what it was. */
  fleetChanged() {
    this.#streams.forEach(stream => send(stream, 'changed', { services: [] }));
  }

  /** Goes away as a backend that is restarted: what is open breaks, and nothing answers. */
  goAway() {
    this.#isAway = true;
    this.#server.closeAllConnections();
  }

  async close() {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #answer(request: IncomingMessage, response: ServerResponse) {
    if (this.#isAway) {
      response.destroy();
      return;
    }
    response.setHeader('access-control-allow-origin', request.headers.origin!);
    response.setHeader('access-control-allow-credentials', 'true');
    const { pathname, searchParams } = new URL(request.url!, 'http://script');
    if (pathname.endsWith('/stream')) {
      this.#stream(response);
    } else {
      reply(
        response,
        pathname.endsWith('/status')
          ? this.script.status
          : this.script.fleet(searchParams),
      );
    }
  }

  #stream(response: ServerResponse) {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    send(response, 'clusters', this.script.clusters);
    const { status } = this.script;
    if (typeof status === 'object' && 'body' in status) {
      send(response, 'entity', status.body);
    }
    this.#streams.add(response);
    response.on('close', () => this.#streams.delete(response));
  }
}

function send(stream: ServerResponse, event: string, data: object) {
  stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}

function reply(response: ServerResponse, answer: Answer) {
  if (answer === 'never') {
    return;
  }
  const isBody = 'body' in answer;
  response.writeHead(isBody ? 200 : answer.status, {
    'content-type': 'application/json',
  });
  response.end(
    JSON.stringify(
      isBody ? answer.body : { error: { message: answer.message } },
    ),
  );
}
