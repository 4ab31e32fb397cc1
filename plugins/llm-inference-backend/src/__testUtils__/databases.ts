import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, chmod, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseService } from '@backstage/backend-plugin-api';
import knexFactory from 'knex';
import type { Knex } from 'knex';

/** A real database server for a test. */
export interface TestDatabase {
  /** An empty database, as a plugin gets it. */
  create(): Promise<DatabaseService & { knex: Knex }>;
  stop(): Promise<void>;
}

/** SQLite in memory. */
export async function startSqlite(): Promise<TestDatabase> {
  const open: Knex[] = [];
  return {
    async create() {
      const knex = knexFactory({
        client: 'better-sqlite3',
        connection: ':memory:',
        useNullAsDefault: true,
      });
      open.push(knex);
      return { knex, getClient: async () => knex };
    },
    async stop() {
      for (const knex of open) await knex.destroy();
    },
  };
}

/** A PostgreSQL server of its own, on a free port, with its data in a temporary folder. */
export async function startPostgres(): Promise<TestDatabase> {
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
  const open: Knex[] = [];
  return {
    async create() {
      const name = `test_${open.length}`;
      const connect = (database: string) =>
        knexFactory({
          client: 'pg',
          connection: {
            host: '127.0.0.1',
            port,
            user: 'postgres',
            password: 'password',
            database,
          },
        });
      const admin = connect('postgres');
      await admin.raw(`create database ${name}`);
      await admin.destroy();
      const knex = connect(name);
      open.push(knex);
      return { knex, getClient: async () => knex };
    },
    async stop() {
      for (const knex of open) await knex.destroy();
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
