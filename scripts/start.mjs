/**
 * Starts sandbox, backend and frontend, waits until they answer and prints the URL.
 *
 *   npm start                     everything
 *   npm start -- --verbose        with the output of all parts
 *   yarn start backend app        only these parts
 *   npm start -- --config=<file>  with this configuration in place of app-config.yaml
 */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { PORTS, portOf, portProblems } from './lib/ports.mjs';
import { failureOf, startChild, stopChildren, tail } from './lib/processes.mjs';
import { fail, prepare, root, say } from './lib/toolchain.mjs';

const PARTS = ['sandbox', 'backend', 'app'];
const LIMIT_SECONDS = 300;

const args = process.argv.slice(2);
const verbose = args.includes('--verbose');
const config = args
  .find(arg => arg.startsWith('--config='))
  ?.slice('--config='.length);
const configArgs = config ? ['--config', path.resolve(config)] : [];
const named = args.filter(arg => !arg.startsWith('--'));
const unknown = named.filter(part => !PARTS.includes(part));
if (unknown.length > 0) {
  fail(`Unknown part "${unknown[0]}". Parts are: ${PARTS.join(', ')}.`);
}
let parts = named.length > 0 ? PARTS.filter(p => named.includes(p)) : PARTS;

let stopping = false;
async function stop(code) {
  if (stopping) return;
  stopping = true;
  await stopChildren();
  process.exit(code);
}
process.on('SIGINT', () => {
  say('\nStopping …');
  stop(0);
});
process.on('SIGTERM', () => stop(0));
process.on('SIGHUP', () => stop(0));

const ports = {};
try {
  for (const entry of PORTS) ports[entry.setting] = portOf(entry);
} catch (error) {
  fail(error.message);
}
const { node, env } = prepare();
Object.assign(env, {
  ...Object.fromEntries(
    Object.entries(ports).map(([key, port]) => [key, String(port)]),
  ),
  NODE_ENV: env.NODE_ENV ?? 'development',
  BROWSER: 'none',
});

if (named.length === 0) {
  const wanted = execFileSync(
    node,
    [path.join(root, 'scripts', 'lib', 'needs-sandbox.mjs'), ...configArgs],
    { cwd: root, env, encoding: 'utf8' },
  );
  if (wanted === 'no') {
    say('The configuration names real clusters: the sandbox stays off.');
    parts = parts.filter(part => part !== 'sandbox');
  }
}
const problems = await portProblems(parts);
if (problems.length > 0) fail(problems.join('\n'));

const cli = path.join(root, 'node_modules', '@backstage', 'cli', 'bin');
const definitions = {
  sandbox: {
    title: 'Sandbox (two clusters, GitHub, GitOps sync)',
    cwd: path.join(root, 'packages', 'sandbox'),
    args: [
      '--require',
      '@backstage/cli/config/nodeTransform.cjs',
      'src/bin.ts',
    ],
    url: `http://127.0.0.1:${ports.SANDBOX_CONTROL_PORT}/healthz`,
  },
  backend: {
    title: 'Backend',
    cwd: path.join(root, 'packages', 'backend'),
    args: [path.join(cli, 'backstage-cli'), 'package', 'start', ...configArgs],
    url: `http://localhost:${ports.BACKEND_PORT}/.backstage/health/v1/readiness`,
  },
  app: {
    title: 'Frontend',
    cwd: path.join(root, 'packages', 'app'),
    args: [path.join(cli, 'backstage-cli'), 'package', 'start', ...configArgs],
    url: `http://localhost:${ports.PORTAL_PORT}/`,
  },
};

async function answers(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    return response.ok;
  } catch {
    // Not up yet: that is what is being waited for.
    return false;
  }
}

async function waitFor(name, entry, startedAt) {
  const { url, title } = definitions[name];
  for (;;) {
    if (stopping) return;
    const failure = failureOf(entry);
    if (entry.exited || failure) {
      process.stderr.write(`\n${failure ?? tail(entry)}\n`);
      process.stderr.write(
        `\n${title} ended before it answered. Full output: ${path.relative(
          root,
          entry.logFile,
        )}\n`,
      );
      await stop(1);
      return;
    }
    if (await answers(url)) {
      say(`  ✓ ${title} (${seconds(startedAt)} s)`);
      return;
    }
    if (Date.now() - startedAt > LIMIT_SECONDS * 1000) {
      process.stderr.write(
        `\n${tail(
          entry,
        )}\n\n${title} did not answer on ${url} within ${LIMIT_SECONDS} s.\n`,
      );
      await stop(1);
      return;
    }
    await new Promise(resolve => {
      setTimeout(resolve, 250);
    });
  }
}

function seconds(since) {
  return ((Date.now() - since) / 1000).toFixed(1);
}

// Where nobody reads what is said, nobody can end this either. An error that nothing listens to would be told on the
// same stream, fail again, and so on without end.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', () => stop(1));
}

// Nothing of ours may outlive this process, also where it fails itself.
process.on('uncaughtException', error => {
  process.stderr.write(`${error.stack}\n`);
  stop(1);
});

const begin = Date.now();
say(`Starting ${parts.join(', ')} …`);
const entries = {};
for (const name of parts) {
  const { cwd, args: nodeArgs } = definitions[name];
  entries[name] = startChild(name, node, nodeArgs, { cwd, env, verbose });
  if (name === 'sandbox') {
    // The backend reads clusters and repositories while it starts.
    await waitFor(name, entries[name], begin);
  }
}
await Promise.all(
  parts
    .filter(name => name !== 'sandbox')
    .map(name => waitFor(name, entries[name], begin)),
);

if (!stopping) {
  say(`\nReady after ${seconds(begin)} s.`);
  if (parts.includes('app')) {
    say(`\n  Portal   http://localhost:${ports.PORTAL_PORT}`);
  }
  if (parts.includes('sandbox')) {
    say(
      `  Sandbox  http://127.0.0.1:${ports.SANDBOX_CONTROL_PORT}  (faults on request)`,
    );
    say(`  GitHub   http://localhost:${ports.SANDBOX_GITHUB_PORT}`);
  }
  say('\nOutput is in .cache/start/*.log. Ctrl-C stops everything.');
  const ended = await Promise.race(
    Object.entries(entries).map(([name, entry]) => entry.done.then(() => name)),
  );
  if (!stopping) {
    process.stderr.write(
      `\n${tail(entries[ended])}\n\n${definitions[ended].title} ended.\n`,
    );
    await stop(1);
  }
}
