/**
 * `npm test`: everything that must hold, with one summary at the end.
 * `yarn test …` at the root: Backstage's own test runner over the workspaces, as in any Backstage repository.
 *
 *   npm test -- --only=unit,e2e    some stages
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { CHROMIUM_HINT, findChromium } from './lib/chromium.mjs';
import { fail, prepare, root, say } from './lib/toolchain.mjs';
import { runUnitTests } from './lib/unit-tests.mjs';

const calledByYarn = /^yarn\//.test(process.env.npm_config_user_agent ?? '');
const everything = process.argv.includes('--all');
const only = process.argv
  .find(arg => arg.startsWith('--only='))
  ?.slice('--only='.length)
  .split(',');
const inCi = /^(1|true)$/i.test(process.env.CI ?? '');

const { node, env } = prepare();
const resultsDir = path.join(root, '.cache', 'test');
fs.mkdirSync(resultsDir, { recursive: true });

function run(command, args, extraEnv = {}) {
  return new Promise(resolve => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...env, ...extraEnv },
      stdio: 'inherit',
    });
    const pass = signal => child.kill(signal);
    process.on('SIGINT', pass);
    process.on('SIGTERM', pass);
    child.on('error', error => {
      process.stderr.write(`${error.stack}\n`);
      resolve(1);
    });
    child.on('exit', code => {
      process.off('SIGINT', pass);
      process.off('SIGTERM', pass);
      resolve(code ?? 1);
    });
  });
}

const bin = (...parts) => path.join(root, 'node_modules', ...parts);
const cli = bin('@backstage', 'cli', 'bin', 'backstage-cli');

if (calledByYarn && !everything && !only) {
  process.exit(
    await run(node, [cli, 'repo', 'test', ...process.argv.slice(2)]),
  );
}

function readJson(file) {
  return fs.existsSync(file)
    ? JSON.parse(fs.readFileSync(file, 'utf8'))
    : undefined;
}

/** A check that either holds or does not. */
function check(args) {
  return async () => {
    const code = await run(node, args);
    return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
  };
}

function unit() {
  return runUnitTests(
    args =>
      run(node, [
        ...[cli, 'repo', 'test'],
        // A busy machine is slow, not wrong.
        ...['--testTimeout=120000', '--silent=false'],
        ...args,
      ]),
    resultsDir,
  );
}

/** What to say instead of a stage that needs a browser, where there is none. */
function withoutChromium() {
  if (findChromium()) return undefined;
  if (inCi) {
    process.stderr.write(`${CHROMIUM_HINT}\n`);
    return { passed: 0, failed: 1 };
  }
  return { passed: 0, failed: 0, note: `skipped: ${CHROMIUM_HINT}` };
}

/** Builds the portal with and without us and weighs its entity page. */
async function bundle() {
  return (
    withoutChromium() ??
    check([
      ...[
        '--expose-gc',
        '--require',
        '@backstage/cli/config/nodeTransform.cjs',
      ],
      path.join(root, 'packages', 'benchmarks', 'src', 'bin.ts'),
      ...['--only', 'card-page', '--check'],
      ...['--out', path.join(resultsDir, 'bundle.json')],
    ])()
  );
}

async function e2e() {
  const missing = withoutChromium();
  if (missing) return missing;
  const report = path.join(resultsDir, 'playwright.json');
  fs.rmSync(report, { force: true });
  const code = await run(node, [bin('@playwright', 'test', 'cli.js'), 'test'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  });
  const { stats, suites } = readJson(report) ?? {};
  if (!stats) return { passed: 0, failed: 1 };
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected === 0 && code !== 0 ? 1 : stats.unexpected,
    skipped: stats.skipped,
    unsteady: flaky(suites),
  };
}

/** The titles of Playwright's tests that passed at the second attempt only. */
function flaky(suites = []) {
  return suites.flatMap(suite => [
    ...suite.specs
      .filter(spec => spec.tests.some(test => test.status === 'flaky'))
      .map(spec => `${spec.file}: ${spec.title}`),
    ...flaky(suite.suites),
  ]);
}

const STAGES = [
  {
    id: 'types',
    title: 'Type check',
    run: check([bin('typescript', 'bin', 'tsc')]),
  },
  {
    id: 'lint',
    title: 'Lint',
    run: check([cli, 'repo', 'lint', '--max-warnings', '0']),
  },
  {
    id: 'format',
    title: 'Format',
    run: check([
      bin('prettier', 'bin-prettier.js'),
      '--check',
      '--loglevel=warn',
      '.',
    ]),
  },
  {
    id: 'config',
    title: 'Configuration schema',
    run: check([cli, 'config:check', '--lax', '--config', 'app-config.yaml']),
  },
  {
    id: 'bundle',
    title: 'Size of what the card adds',
    run: bundle,
  },
  {
    id: 'docs',
    title: 'Documentation',
    run: check([path.join(root, 'scripts', 'docs.mjs'), '--check']),
  },
  { id: 'unit', title: 'Unit and integration tests', run: unit },
  {
    id: 'packages',
    title: 'Packages as strangers get them',
    run: check([path.join(root, 'scripts', 'packages', 'check.mjs')]),
  },
  {
    id: 'deploy',
    title: 'Deployment',
    run: check([path.join(root, 'scripts', 'deploy', 'check.mjs')]),
  },
  { id: 'e2e', title: 'End-to-end tests in Chromium', run: e2e },
];

const unknown = only?.filter(id => !STAGES.some(stage => stage.id === id));
if (unknown?.length) {
  fail(
    `Unknown stage "${unknown[0]}". Stages are: ${STAGES.map(s => s.id).join(
      ', ',
    )}.`,
  );
}

const rows = [];
for (const stage of STAGES.filter(s => !only || only.includes(s.id))) {
  say(`\n━━ ${stage.title} ━━\n`);
  const begin = Date.now();
  const result = await stage.run();
  rows.push({ ...stage, ...result, seconds: (Date.now() - begin) / 1000 });
}

say('\n━━ Summary ━━\n');
for (const row of rows) {
  const counts = [
    `${row.passed} passed`,
    `${row.failed} failed`,
    row.skipped ? `${row.skipped} skipped` : undefined,
    row.unsteady?.length ? `${row.unsteady.length} unsteady` : undefined,
  ]
    .filter(Boolean)
    .join(', ');
  say(
    `${row.failed ? '✗' : '✓'} ${row.title.padEnd(30)} ${
      row.note ?? counts
    }  (${row.seconds.toFixed(0)} s)`,
  );
}
const unsteady = rows.flatMap(row => row.unsteady ?? []);
if (unsteady.length) {
  say(`\nPassed only when run again:\n  ${unsteady.join('\n  ')}`);
}
const sum = key => rows.reduce((total, row) => total + (row[key] ?? 0), 0);
say(`\n${sum('passed')} passed, ${sum('failed')} failed`);
process.exit(sum('failed') > 0 ? 1 : 0);
