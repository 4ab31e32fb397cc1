/**
 * Writes the API reports (plugins/<package>/report*.api.md); with --ci says whether they are up to date, and
 * leaves them as they are. Wants the types of `tsc`, which `yarn api-reports` makes first.
 *
 *   yarn api-reports
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { prepare, root, say } from '../lib/toolchain.mjs';
import { publishedPackages } from './published.mjs';

// Types that are inferred from a schema name the schema; it is no part of what the package offers.
const INFERRED = ['plugins/llm-inference-common', 'plugins/llm-inference-node'];

const { node, env } = prepare();
const packages = publishedPackages();

/** Every report there is, by path. */
function reports() {
  return Object.fromEntries(
    packages
      .flatMap(({ dir }) =>
        fs
          .readdirSync(dir)
          .filter(file => /^report.*\.api\.md$/.test(file))
          .map(file => path.join(dir, file)),
      )
      .map(file => [file, fs.readFileSync(file, 'utf8')]),
  );
}

/**
 * Lines of which a run has no order of its own: translation keys, and the words that a value may be where nobody
 * declared them, which is deep within a type.
 */
const UNORDERED = [/^\s+readonly '[^']+':/, /^\s{12,}\| '[^']+'$/];

/** Such runs in the order of the alphabet: TypeScript's own depends on what it has read before. */
function sorted(report) {
  const lines = [];
  let run = { kind: undefined, lines: [] };
  for (const line of report.split('\n')) {
    const kind = UNORDERED.find(pattern => pattern.test(line));
    if (kind !== run.kind) {
      lines.push(...run.lines.sort());
      run = { kind, lines: [] };
    }
    if (kind) run.lines.push(line);
    else lines.push(line);
  }
  return sortedOutputs([...lines, ...run.lines.sort()]).join('\n');
}

/** What extensions put out, in the order of the alphabet; one of them may take several lines. */
function sortedOutputs(lines) {
  const outputs = [];
  const rest = [];
  const indentOf = line => line.search(/\S/);
  for (const line of lines) {
    const last = outputs.at(-1);
    if (/^\s+\| ExtensionDataRef</.test(line)) {
      outputs.push([line]);
    } else if (last && indentOf(line) > indentOf(last[0])) {
      last.push(line);
    } else {
      rest.push(...inOrder(outputs.splice(0)), line);
    }
  }
  return [...rest, ...inOrder(outputs)];
}

/** The end of the statement stays at the end. */
function inOrder(outputs) {
  const texts = outputs.map(output => output.join('\n'));
  const end = texts.at(-1)?.endsWith(';') ? ';' : '';
  const members = texts.map(text => text.replace(/;$/, '')).sort();
  return members.length ? `${members.join('\n')}${end}`.split('\n') : [];
}

const before = reports();
const { status } = spawnSync(
  node,
  [
    path.join(
      root,
      ...['node_modules', '@backstage', 'repo-tools'],
      ...['bin', 'backstage-repo-tools'],
    ),
    'api-reports',
    // Fields may speak for themselves; workspace packages are read from their sources.
    ...['--omit-messages', 'ae-undocumented,ae-wrong-input-file-type'],
    ...['--allow-warnings', INFERRED.join(',')],
    ...packages.map(({ dir }) => path.relative(root, dir)),
  ],
  { cwd: root, env, stdio: 'inherit' },
);
const after = Object.fromEntries(
  Object.entries(reports()).map(([file, text]) => [file, sorted(text)]),
);
const isCheck = process.argv.includes('--ci');
const written = isCheck ? before : after;
for (const [file, text] of Object.entries(written)) {
  fs.writeFileSync(file, text);
}
if (status !== 0) process.exit(status ?? 1);
if (isCheck) {
  const changed = Object.keys(after).filter(
    file => after[file] !== before[file],
  );
  changed.forEach(file => say(`${path.relative(root, file)} is out of date`));
  process.exit(changed.length ? 1 : 0);
}
