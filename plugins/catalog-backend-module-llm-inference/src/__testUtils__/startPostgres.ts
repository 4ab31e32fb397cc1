import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import knexFactory from 'knex';
import type { Knex } from 'knex';

/** A PostgreSQL server of its own, on a free port, with its data in a temporary folder. */
export async function startPostgres() {
  const folder = await mkdtemp(join(tmpdir(), 'llm-inference-pg-'));
  // The server refuses to run as root; its own user must be able to enter the folder.
  await chmod(folder, 0o755);
  const port = await freePort();
  const server = spawn(
    process.execPath,
    [join(__dirname, 'postgresServer.mjs'), folder, String(port)],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const exited = once(server, 'exit');
  await Promise.race([
    once(server.stdout, 'data'),
    exited.then(([code]) => {
      throw new Error(`PostgreSQL could not be started (exit code ${code})`);
    }),
  ]);
  return {
    /** A connection to the server's only database. */
    connect: (): Knex =>
      knexFactory({
        client: 'pg',
        connection: {
          host: '127.0.0.1',
          port,
          user: 'postgres',
          password: 'password',
          database: 'postgres',
        },
      }),
    async stop() {
      server.stdin.end();
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}
