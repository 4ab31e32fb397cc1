/**
 * Exports the plugins as dynamic plugins for Red Hat Developer Hub and looks at what came out:
 * .cache/rhdh/<package>-dynamic.tgz, with the integrity that a dynamic-plugins.yaml names.
 *
 *   yarn export:rhdh             all four
 *   yarn export:rhdh backend     those whose folder ends like this
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { prepare, root, say } from '../lib/toolchain.mjs';
import { publishedPackages } from '../packages/published.mjs';
import { run } from '../packages/run.mjs';
import { problemsOfExport } from './exported.mjs';

const CLI_VERSION = '1.9.1';
const outDir = path.join(root, '.cache', 'rhdh');
const tools = prepare();
const libraries = ['common-library', 'node-library'];

/** Red Hat's command line, in a folder of its own: its build tools are older than ours. */
async function fetchCli() {
  const dir = path.join(root, '.cache', `rhdh-cli-${CLI_VERSION}`);
  const bin = path.join(
    dir,
    'node_modules',
    '@red-hat-developer-hub',
    'cli',
    'bin',
    'rhdh-cli',
  );
  if (!fs.existsSync(bin)) {
    say(`Fetching @red-hat-developer-hub/cli@${CLI_VERSION} …`);
    fs.mkdirSync(dir, { recursive: true });
    fs.writeFileSync(path.join(dir, 'package.json'), '{"private":true}\n');
    await run(
      [
        'npm',
        'install',
        '--ignore-scripts',
        '--no-audit',
        '--no-fund',
        `@red-hat-developer-hub/cli@${CLI_VERSION}`,
      ],
      { cwd: dir, env: tools.env },
    );
  }
  return bin;
}

/** A frontend is built for both loaders; a backend carries our libraries inside. */
function exportArguments(plugin, embedded) {
  if (plugin.manifest.backstage.role === 'frontend-plugin')
    return [
      '--scalprum-config',
      path.join(root, 'scripts', 'rhdh', 'scalprum.json'),
    ];
  return ['--embed-package', ...embedded];
}

async function exportPlugin(plugin, { bin, embedded }) {
  const dynamic = path.join(plugin.dir, 'dist-dynamic');
  await run(
    [
      tools.node,
      bin,
      'plugin',
      'export',
      '--clean',
      ...exportArguments(plugin, embedded),
    ],
    { cwd: plugin.dir, env: tools.env },
  );
  try {
    const problems = problemsOfExport({
      dir: dynamic,
      role: plugin.manifest.backstage.role,
      embedded,
    });
    // Yarn leaves bundled dependencies out of what it packs; npm takes them.
    const packed = await run(
      [
        'npm',
        'pack',
        '--json',
        '--ignore-scripts',
        '--pack-destination',
        outDir,
        dynamic,
      ],
      {
        cwd: root,
        env: tools.env,
      },
    );
    const [{ filename }] = JSON.parse(packed.slice(packed.indexOf('[')));
    const hash = createHash('sha512').update(
      fs.readFileSync(path.join(outDir, filename)),
    );
    return { filename, integrity: `sha512-${hash.digest('base64')}`, problems };
  } finally {
    fs.rmSync(dynamic, { recursive: true, force: true });
    fs.rmSync(path.join(plugin.dir, 'dist-scalprum'), {
      recursive: true,
      force: true,
    });
  }
}

const wanted = process.argv[2];
const published = publishedPackages();
const isLibrary = ({ manifest }) => libraries.includes(manifest.backstage.role);
const embedded = published.filter(isLibrary).map(({ name }) => name);
const plugins = published.filter(
  one => !isLibrary(one) && (!wanted || one.dir.endsWith(wanted)),
);

fs.mkdirSync(outDir, { recursive: true });
const bin = await fetchCli();
await run(
  [tools.node, path.join(root, 'node_modules', 'typescript', 'bin', 'tsc')],
  { env: tools.env },
);
let failed = 0;
for (const plugin of plugins) {
  const needed = embedded.filter(name => name in plugin.manifest.dependencies);
  const { filename, integrity, problems } = await exportPlugin(plugin, {
    bin,
    embedded: needed,
  });
  say(
    `${problems.length ? '✗' : '✓'} ${filename}\n    integrity: ${integrity}`,
  );
  problems.forEach(problem => say(`    ${problem}`));
  if (problems.length) failed += 1;
}
say(`\n${plugins.length - failed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
