/**
 * Proves that strangers can use what we publish: packs every package, creates stock Backstage apps with
 * `@backstage/create-app`, installs the archives, starts each app against the sandbox and sees the card.
 *
 *   yarn test:packages                both frontend systems
 *   yarn test:packages new            one of them
 *   yarn test:packages --relock       accepts the versions that the registry serves now (extra.yarn.lock)
 *   yarn test:packages --keep         leaves the apps where they are
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CHROMIUM_HINT, findChromium } from '../../lib/chromium.mjs';
import { stopChildren } from '../../lib/processes.mjs';
import { fail, prepare, root, say } from '../../lib/toolchain.mjs';
import { packAll } from '../pack.mjs';
import { run } from '../run.mjs';
import { floating, writeExtra } from './lockfile.mjs';
import { startPortal, startSandbox } from './portal.mjs';
import { seeCard } from './seeCard.mjs';
import { createStockApp } from './stockApp.mjs';

const SYSTEMS = ['new', 'legacy'];
const args = process.argv.slice(2);
const flags = args.filter(arg => arg.startsWith('--'));
const named = args.filter(arg => !arg.startsWith('--'));
const unknown =
  named.find(name => !SYSTEMS.includes(name)) ??
  flags.find(flag => !['--relock', '--keep'].includes(flag));
if (unknown)
  fail(
    `Unknown argument "${unknown}". Systems: ${SYSTEMS.join(
      ', ',
    )}; flags: --relock, --keep.`,
  );
if (flags.includes('--relock') && named.length)
  fail('--relock looks at both systems: name none.');
if (!findChromium()) fail(CHROMIUM_HINT);

const tools = prepare();
const systems = named.length ? named : SYSTEMS;
const relock = flags.includes('--relock');
const workDir = fs.mkdtempSync(
  path.join(fs.realpathSync(os.tmpdir()), 'stock-apps-'),
);
const screenshotDir = path.join(root, '.cache', 'consumer');
fs.mkdirSync(screenshotDir, { recursive: true });

async function timed(what, action) {
  const begin = Date.now();
  const result = await action();
  say(`  ✓ ${what} (${((Date.now() - begin) / 1000).toFixed(0)} s)`);
  return result;
}

async function cleanUp() {
  await stopChildren();
  if (flags.includes('--keep')) say(`The apps are in ${workDir}.`);
  else fs.rmSync(workDir, { recursive: true, force: true });
}

async function tryOut(system, packed) {
  const dir = path.join(workDir, system);
  say(`\nStock app, ${system} frontend system`);
  await timed('created and installed', () =>
    createStockApp(system, { dir, packed, tools }),
  );
  const loose = floating(dir);
  if (loose.length && !relock)
    throw new Error(
      `Neither yarn.lock nor extra.yarn.lock names these packages of the stock app:\n  ${loose.join(
        '\n  ',
      )}\nLook at them, then run \`yarn test:packages --relock\` and commit extra.yarn.lock.`,
    );
  await timed('type-checked', () =>
    run([...tools.yarn, 'tsc'], { cwd: dir, env: tools.env }),
  );
  try {
    const clusters = await startSandbox(tools);
    const url = await timed('started', () =>
      startPortal(dir, { tools, clusters, name: system }),
    );
    await timed('card, tab, fleet page and form seen in Chromium', () =>
      seeCard(url, { screenshotDir, name: system }),
    );
  } finally {
    await stopChildren();
  }
}

for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => cleanUp().finally(() => process.exit(1)));

let failed = 0;
try {
  const packed = await timed('packed', () => packAll(tools));
  for (const system of systems) {
    try {
      await tryOut(system, packed);
    } catch (error) {
      failed += 1;
      say(`  ✗ ${error.message}`);
    }
  }
  if (relock) writeExtra(systems.map(system => path.join(workDir, system)));
} finally {
  await cleanUp();
}
say(`\n${systems.length - failed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
