import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const SCRIPT = join(__dirname, '../../../../../scripts/postgres-server.mjs');

/** A PostgreSQL server that can be taken away and brought back, with its data. */
export async function startPostgres() {
  const server = spawn(process.execPath, [SCRIPT], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(server, 'exit');
  const lines = createInterface({ input: server.stdout })[
    Symbol.asyncIterator
  ]();
  const answer = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error('PostgreSQL could not be started');
    return value;
  };
  const port = Number((await answer()).split(' ')[1]);
  return {
    /** How Knex connects to it. */
    connection: {
      host: '127.0.0.1',
      port,
      user: 'postgres',
      password: 'password',
    },

    /** Refuses connections and ends those that are open. */
    async takeAway() {
      server.stdin.write('stop\n');
      await answer();
    },

    /** Answers again, on the same port and with what was written. */
    async bringBack() {
      server.stdin.write('start\n');
      await answer();
    },

    async stop() {
      server.stdin.end();
      await exited;
    },
  };
}

/** A running server. */
export type PostgresServer = Awaited<ReturnType<typeof startPostgres>>;
