import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import express from 'express';
import { GitOpsSyncServer } from '../gitops/startGitOpsSync';
import { Player } from '../kserve/Player';
import { KubernetesApi } from '../kubernetes/createKubernetesApi';
import { controlRoutes } from './controlRoutes';

/** What can be controlled and where. */
export interface ControlOptions {
  players: ReadonlyMap<string, Player>;
  api: KubernetesApi;
  gitOps: Pick<GitOpsSyncServer, 'status' | 'request'>;
  /** Port of 127.0.0.1; any free one where nothing is given. */
  port?: number;
}

/** The control endpoint, while it listens. */
export interface ControlServer {
  /** Without a slash at the end. */
  url: string;
  close(): Promise<void>;
}

/** Serves the control endpoint on loopback. @throws where the port is taken */
export async function startControl(
  options: ControlOptions,
): Promise<ControlServer> {
  const app = express();
  app.disable('x-powered-by');
  app.use(express.json());
  app.use(controlRoutes(options));
  const server = createServer(app);
  await listen(server, options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close(error => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
}
