import { once } from 'node:events';
import { createServer, RequestListener } from 'node:http';
import { AddressInfo } from 'node:net';

/** A listening HTTP server of the sandbox. */
export interface ListeningServer {
  /** The TCP port, also when the system chose it. */
  port: number;
  /** Stops listening and cuts open connections. */
  close(): Promise<void>;
}

/**
 * Serves a handler on loopback. Port 0 lets the system choose. Fails with the
 * system's error, `EADDRINUSE` for a taken port.
 */
export async function listen(
  handler: RequestListener,
  port: number,
): Promise<ListeningServer> {
  const server = createServer(handler);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
