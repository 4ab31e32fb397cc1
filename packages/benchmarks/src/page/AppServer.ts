import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { BuiltApp } from './buildApp';

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

const CONFIG = /(<script type="backstage\.io\/config">)([\s\S]*?)(<\/script>)/;

/** What the page asks for under `/api`; nothing for what the example has not. */
export type ApiAnswer = (
  request: IncomingMessage,
  body: string,
) => object | undefined;

/** Serves a built frontend, compressed as a portal does, and answers what it asks the backend. */
export class AppServer {
  readonly #sent = new Map<string, number>();
  readonly #server = createServer((request, response) => {
    this.#serve(request, response).catch(error => response.destroy(error));
  });

  private constructor(
    private readonly app: BuiltApp,
    private readonly answer: ApiAnswer,
  ) {}

  /** Starts on a port of its own. */
  static async start(app: BuiltApp, answer: ApiAnswer): Promise<AppServer> {
    const server = new AppServer(app, answer);
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** Scripts and styles that were sent so far: compressed bytes by path. */
  get sent(): ReadonlyMap<string, number> {
    return this.#sent;
  }

  async close() {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #serve(request: IncomingMessage, response: ServerResponse) {
    const { pathname } = new URL(request.url ?? '/', this.url);
    if (pathname.startsWith('/api/')) {
      await this.#answerApi(request, response, pathname);
      return;
    }
    const file = join(this.app.folder, normalize(pathname));
    const type = TYPES[extname(pathname)];
    if (type && existsSync(file)) {
      const content = gzipSync(readFileSync(file));
      if (/\.(?:js|css)$/.test(pathname)) {
        this.#sent.set(pathname, content.length);
      }
      response.writeHead(200, {
        'content-type': type,
        'content-encoding': 'gzip',
      });
      response.end(content);
      return;
    }
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(this.#index());
  }

  /** The page's own address stands for the portal's and the backend's. */
  #index(): string {
    const page = readFileSync(join(this.app.folder, 'index.html'), 'utf8');
    const own = { baseUrl: this.url };
    const overlay = { context: 'bench', data: { app: own, backend: own } };
    return page.replace(
      CONFIG,
      (_, open, config, close) =>
        open + JSON.stringify([...JSON.parse(config), overlay]) + close,
    );
  }

  async #answerApi(
    request: IncomingMessage,
    response: ServerResponse,
    pathname: string,
  ) {
    if (pathname.endsWith('/stream')) {
      // Nothing changes while somebody looks.
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
      return;
    }
    let body = '';
    for await (const chunk of request) body += chunk;
    const found = this.answer(request, body);
    response.writeHead(found ? 200 : 404, {
      'content-type': 'application/json',
    });
    response.end(
      JSON.stringify(
        found ?? { error: { name: 'NotFoundError', message: pathname } },
      ),
    );
  }
}
