/**
 * Builds the published packages and packs each into .cache/packages/<folder>.tgz: what `yarn npm publish` would send.
 *
 *   yarn pack:all
 */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepare, root, say } from '../lib/toolchain.mjs';
import { publishedPackages } from './published.mjs';
import { run } from './run.mjs';

const outDir = path.join(root, '.cache', 'packages');

/** Types, JavaScript and configuration schemas of every published package. */
async function build({ node, env }) {
  const bin = (...parts) => path.join(root, 'node_modules', ...parts);
  await run([node, bin('typescript', 'bin', 'tsc')], { env });
  await run(
    [node, bin('@backstage', 'cli', 'bin', 'backstage-cli'), 'repo', 'build'],
    { env },
  );
}

/** `prepack` rewrites package.json for the archive; whatever happens, the file is afterwards what it was. */
async function pack({ dir, name }, { yarn, env }) {
  const manifestFile = path.join(dir, 'package.json');
  const before = fs.readFileSync(manifestFile);
  const tarball = path.join(outDir, `${path.basename(dir)}.tgz`);
  const restore = () => {
    if (!fs.readFileSync(manifestFile).equals(before))
      fs.writeFileSync(manifestFile, before);
    // What `prepack` leaves behind where it was cut short.
    fs.rmSync(`${manifestFile}-prepack`, { force: true });
  };
  process.once('exit', restore);
  try {
    await run([...yarn, 'pack', '--out', tarball], { cwd: dir, env });
  } finally {
    restore();
    process.off('exit', restore);
  }
  return { name, dir, tarball };
}

/** Builds and packs everything; answers with name, folder and archive of each package. */
export async function packAll(tools = prepare()) {
  say('Building the published packages …');
  await build(tools);
  fs.rmSync(outDir, { recursive: true, force: true });
  fs.mkdirSync(outDir, { recursive: true });
  say('Packing them …');
  // Two at a time: each is a short, single-threaded run of Yarn.
  const waiting = publishedPackages();
  const packed = [];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift())
      packed.push(await pack(next, tools));
  };
  await Promise.all([worker(), worker()]);
  return packed.sort((a, b) => (a.name < b.name ? -1 : 1));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { tarball } of await packAll())
    say(`  ${path.relative(root, tarball)}`);
}
