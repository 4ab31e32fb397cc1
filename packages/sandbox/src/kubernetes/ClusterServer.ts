import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';
import { MemoryClusterStore } from '../cluster/MemoryClusterStore';
import { ApiContext } from './ApiContext';
import { handleRequest } from './handleRequest';
import { sendError } from './http/respond';
import { ListSnapshots } from './resources/ListSnapshots';
import { WatchHub } from './resources/WatchHub';

/** The API server of one cluster on one port of the loopback interface. */
export class ClusterServer {
  readonly context: ApiContext;
  readonly #server: Server;

  constructor(store: MemoryClusterStore) {
    this.context = {
      store,
      snapshots: new ListSnapshots(store.clock),
      watches: new WatchHub(store),
      bookmarkIntervalMs: 60_000,
    };
    this.#server = createServer((request, response) => {
      void this.#handle(request, response);
    });
    this.#server.keepAliveTimeout = 65_000;
  }

  /** The port that is listened on. */
  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** @param port 0 for any free one */
  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
  }

  async close(): Promise<void> {
    this.context.watches.close();
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
