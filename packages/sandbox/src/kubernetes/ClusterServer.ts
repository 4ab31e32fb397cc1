import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo, Socket } from 'node:net';
import { MemoryClusterStore } from '../cluster/MemoryClusterStore';
import { Authenticator } from './access/Authenticator';
import { llmInferenceServiceWebhook } from './admission/kserve/llmInferenceServiceWebhook';
import { ApiContext, Subject } from './ApiContext';
import { ClusterFaults } from './faults/ClusterFaults';
import { handleRequest } from './handleRequest';
import { sendError } from './http/respond';
import { PodLogSource, PodProxy } from './pods/PodSources';
import { ListSnapshots } from './resources/ListSnapshots';
import { WatchHub } from './resources/WatchHub';
import { SchemaStore } from './validation/SchemaStore';

/** What a cluster is served with. */
export interface ClusterServerOptions {
  tokens?: Readonly<Record<string, Subject>>;
  logs?: PodLogSource;
  proxy?: PodProxy;
  schemas?: SchemaStore;
  bookmarkIntervalMs: number;
}

/** What an API server has answered so far. */
export interface ServerTraffic {
  /** Watches count once. */
  requests: number;
  /** Those of the requests that are watches. */
  watches: number;
  /** Sent to clients, with headers. */
  bytes: number;
}

/** The API server of one cluster on one port of the loopback interface. */
export class ClusterServer {
  readonly context: ApiContext;
  readonly #server: Server;
  #port = 0;
  readonly #sockets = new Set<Socket>();
  #requests = 0;
  #watches = 0;
  #bytesOfClosed = 0;
  #dropTimer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(store: MemoryClusterStore, options: ClusterServerOptions) {
    this.context = {
      store,
      faults: {},
      authenticator: new Authenticator(store, options.tokens),
      webhooks: [llmInferenceServiceWebhook],
      logs: options.logs,
      proxy: options.proxy,
      schemas: options.schemas,
      snapshots: new ListSnapshots(store.clock),
      watches: new WatchHub(store),
      bookmarkIntervalMs: options.bookmarkIntervalMs,
    };
    this.#server = createServer((request, response) => {
      this.#requests += 1;
      if (/[?&]watch=(true|1)/.test(request.url ?? '')) this.#watches += 1;
      if (this.context.faults.connection !== 'hung') {
        void this.#handle(request, response);
      }
    });
    this.#server.keepAliveTimeout = 65_000;
    this.#server.on('connection', socket => this.#count(socket));
  }

  /** Everything since the start. */
  get traffic(): ServerTraffic {
    const open = [...this.#sockets].reduce(
      (sum, { bytesWritten }) => sum + bytesWritten,
      0,
    );
    return {
      requests: this.#requests,
      watches: this.#watches,
      bytes: this.#bytesOfClosed + open,
    };
  }

  get port(): number {
    return this.#port;
  }

  /** @param port 0 for any free one. @throws where the port is taken */
  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Replaces what is wrong with the cluster; `{}` heals it. */
  async setFaults(faults: ClusterFaults): Promise<void> {
    const before = this.context.faults;
    this.context.faults = faults;
    clearInterval(this.#dropTimer);
    if (faults.dropWatchesEveryMs) {
      this.#dropTimer = setInterval(
        () => this.context.watches.dropAll(),
        faults.dropWatchesEveryMs,
      );
      this.#dropTimer.unref();
    }
    if (faults.expiredVersions) {
      this.expireVersions();
    }
    if (faults.connection === 'half-open') {
      this.context.watches.silenceAll();
    } else if (
      faults.status ||
      faults.notServed ||
      before.connection === 'half-open'
    ) {
      this.context.watches.dropAll();
    } else if (faults.malformed) {
      this.context.watches.sendMalformed(faults.malformed);
    }
    if (faults.connection === 'refused') {
      await this.#stop();
    } else if (!this.#server.listening && !this.#closed) {
      await this.listen(this.#port);
    } else if (before.connection === 'hung' && faults.connection !== 'hung') {
      this.#server.closeAllConnections();
    }
  }

  /** Lets all versions and continue tokens so far expire, and ends the watches that stand on them. */
  expireVersions(): void {
    this.context.store.expireHistory();
    this.context.snapshots.expire();
    this.context.watches.dropAll();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#dropTimer);
    this.context.watches.close();
    await this.#stop();
  }

  #count(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once('close', () => {
      this.#sockets.delete(socket);
      this.#bytesOfClosed += socket.bytesWritten;
    });
  }

  async #stop(): Promise<void> {
    if (!this.#server.listening) {
      return;
    }
    await new Promise<void>(resolve => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #handle(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    try {
      await handleRequest(this.context, request, response);
    } catch (error) {
      sendError(response, error);
    }
  }
}
