import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { repositoryFile } from '../repositoryFile';

/** A PostgreSQL server of its own, on a free port, with its data in a temporary folder. */
export async function startPostgres() {
  const server = spawn(
    process.execPath,
    [repositoryFile('scripts/postgres-server.mjs')],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const exited = once(server, 'exit');
  const [said] = await Promise.race([
    once(server.stdout, 'data'),
    exited.then(([code]) => {
      throw new Error(`PostgreSQL could not be started (exit code ${code})`);
    }),
  ]);
  return {
    /** As in `backend.database.connection`. */
    connection: {
      host: '127.0.0.1',
      port: Number(/^ready (\d+)/.exec(String(said))?.[1]),
      user: 'postgres',
      password: 'password',
    },
    async stop() {
      server.stdin.end();
      await exited;
    },
  };
}
