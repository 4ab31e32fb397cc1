import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { DatabaseService } from '@backstage/backend-plugin-api';
import knexFactory from 'knex';
import type { Knex } from 'knex';

const POSTGRES_SERVER = join(
  __dirname,
  '../../../../scripts/postgres-server.mjs',
);

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
  const server = spawn(process.execPath, [POSTGRES_SERVER], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(server, 'exit');
  const [said] = await Promise.race([
    once(server.stdout, 'data'),
    exited.then(([code]) => {
      throw new Error(`PostgreSQL could not be started (exit code ${code})`);
    }),
  ]);
  const port = Number(/^ready (\d+)/.exec(String(said))?.[1]);
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
    },
  };
}
