/**
 * Packs every published package and looks at what strangers would get; compares the API reports; looks for
 * files and dependencies that nobody uses or that are not declared.
 *
 *   yarn check:packages
 */
import path from 'node:path';
import { prepare, root, say } from '../lib/toolchain.mjs';
import { readArchive } from './archive.mjs';
import { problemsOfContents } from './contents.mjs';
import { packAll } from './pack.mjs';
import { run } from './run.mjs';
import { problemsOfPublint, problemsOfTypes } from './thirdParty.mjs';

const tools = prepare();
const { node, env } = tools;
const bin = (...parts) => path.join(root, 'node_modules', ...parts);
let failed = 0;

function report(what, problems) {
  say(`${problems.length ? '✗' : '✓'} ${what}`);
  problems.forEach(problem => say(`    ${problem}`));
  if (problems.length) failed += 1;
}

async function reportCommand(what, command, hint) {
  try {
    await run(command, { env });
    report(what, []);
  } catch (error) {
    // The end says what is wrong; API Extractor prints whole reports before it.
    report(what, [
      ...error.message.trim().split('\n').slice(1).slice(-20),
      hint,
    ]);
  }
}

const packed = (await packAll(tools)).map(({ name, dir, tarball }) => {
  const files = readArchive(tarball);
  const manifest = JSON.parse(files.get('package.json').toString('utf8'));
  return { name, tarball, files, manifest, folder: path.relative(root, dir) };
});
const siblings = packed.map(({ manifest }) => manifest);
for (const one of packed) {
  report(one.name, [
    ...problemsOfContents({ ...one, siblings }),
    ...(await problemsOfPublint(one)),
    ...(await problemsOfTypes(one)),
  ]);
}

await reportCommand(
  'Manifests are what `backstage-cli repo fix --publish` writes',
  [
    node,
    bin('@backstage', 'cli', 'bin', 'backstage-cli'),
    'repo',
    'fix',
    '--publish',
    '--check',
  ],
  'Run `yarn fix --publish` and commit what it changes.',
);
await reportCommand(
  'API reports are up to date',
  [node, path.join(root, 'scripts', 'packages', 'api-reports.mjs'), '--ci'],
  'Run `yarn api-reports` and commit the reports: they show reviewers what changes for users.',
);
await reportCommand(
  'No unused file, no unused or undeclared dependency',
  [node, bin('knip', 'bin', 'knip.js'), '--no-progress', '--no-config-hints'],
  'Remove what is unused, declare what is used, or name it in knip.jsonc with the reason.',
);
process.exit(failed ? 1 : 0);
