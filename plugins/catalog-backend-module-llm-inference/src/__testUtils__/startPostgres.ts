import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import knexFactory from 'knex';
import type { Knex } from 'knex';

const POSTGRES_SERVER = join(
  __dirname,
  '../../../../scripts/postgres-server.mjs',
);

/** A PostgreSQL server of its own, on a free port, with its data in a temporary folder. */
export async function startPostgres() {
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
  const connect = (database = 'postgres'): Knex =>
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
  return {
    /** A connection to a database; the server comes with one. */
    connect,
    /** Makes an empty database. */
    async create(database: string) {
      const knex = connect();
      await knex.raw('CREATE DATABASE ??', [database]).finally(() => {
        return knex.destroy();
      });
    },
    async stop() {
      server.stdin.end();
      await exited;
    },
  };
}
