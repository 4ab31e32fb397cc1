/** A stock Backstage app as `@backstage/create-app` makes it, with our packed packages in it. */
import fs from 'node:fs';
import path from 'node:path';
import { root } from '../../lib/toolchain.mjs';
import { run } from '../run.mjs';
import { seedLockfile } from './lockfile.mjs';
import {
  addToBackend,
  addToLegacyFrontend,
  useTypesOfMainEntry,
} from './wiring.mjs';

const FRONTEND = 'backstage-plugin-llm-inference';
const BACKEND = [
  'backstage-plugin-llm-inference-backend',
  'backstage-plugin-catalog-backend-module-llm-inference',
  'backstage-plugin-scaffolder-backend-module-llm-inference',
];

function changeJson(file, change) {
  const value = JSON.parse(fs.readFileSync(file, 'utf8'));
  change(value);
  fs.writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}

/** The archives stand in for a registry, for the packages among each other too. */
function dependOn(dir, packed) {
  const own = JSON.parse(
    fs.readFileSync(path.join(root, 'package.json'), 'utf8'),
  );
  const archives = Object.fromEntries(
    packed.map(({ name, tarball }) => [name, `file:${tarball}`]),
  );
  changeJson(path.join(dir, 'package.json'), manifest => {
    manifest.packageManager = own.packageManager;
    manifest.dependenciesMeta = own.dependenciesMeta;
    Object.assign(manifest.resolutions, own.resolutions, archives);
  });
  const add = (part, names) =>
    changeJson(path.join(dir, 'packages', part, 'package.json'), manifest => {
      for (const name of names) manifest.dependencies[name] = archives[name];
    });
  add('app', [FRONTEND]);
  add('backend', BACKEND);
}

/** Settings of Yarn: as in this repository, no package runs a script when it is installed. */
function configureYarn(dir) {
  // The skeleton brings a Yarn of its own.
  fs.rmSync(path.join(dir, '.yarn'), { recursive: true, force: true });
  fs.writeFileSync(
    path.join(dir, '.yarnrc.yml'),
    [
      'enableScripts: false',
      'enableTelemetry: false',
      'enableImmutableInstalls: false',
      'nodeLinker: node-modules',
      'nmMode: hardlinks-global',
      'npmMinimalAgeGate: 0',
      '',
    ].join('\n'),
  );
}

/**
 * Creates the app and installs it.
 *
 * @param {'new' | 'legacy'} system - the frontend system
 * @param {{ dir: string, packed: { name: string, tarball: string }[], tools: object }} options
 */
export async function createStockApp(system, { dir, packed, tools }) {
  const { node, yarn, env } = tools;
  const cli = path.join(root, 'node_modules', '@backstage', 'create-app');
  await run(
    [
      node,
      path.join(cli, 'bin', 'backstage-create-app'),
      ...['--path', dir, '--skip-install'],
      ...(system === 'legacy' ? ['--legacy'] : []),
    ],
    { env: { ...env, BACKSTAGE_APP_NAME: 'stock' } },
  );
  dependOn(dir, packed);
  configureYarn(dir);
  seedLockfile(dir);
  addToBackend(dir);
  useTypesOfMainEntry(dir);
  if (system === 'legacy') addToLegacyFrontend(dir);
  await run([...yarn, 'install'], { cwd: dir, env });
}
