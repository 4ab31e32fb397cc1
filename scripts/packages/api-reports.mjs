/**
 * Writes the API reports (plugins/<package>/report*.api.md); with --ci says whether they are up to date.
 * Wants the types of `tsc`, which `yarn api-reports` makes first.
 *
 *   yarn api-reports
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { prepare, root } from '../lib/toolchain.mjs';
import { publishedPackages } from './published.mjs';

// Types that are inferred from a schema name the schema; it is no part of what the package offers.
const INFERRED = ['plugins/llm-inference-common', 'plugins/llm-inference-node'];

const { node, env } = prepare();
const { status } = spawnSync(
  node,
  [
    path.join(
      root,
      'node_modules',
      '@backstage',
      'repo-tools',
      'bin',
      'backstage-repo-tools',
    ),
    'api-reports',
    // Fields may speak for themselves; workspace packages are read from their sources.
    ...['--omit-messages', 'ae-undocumented,ae-wrong-input-file-type'],
    ...['--allow-warnings', INFERRED.join(',')],
    ...process.argv.slice(2),
    ...publishedPackages().map(({ dir }) => path.relative(root, dir)),
  ],
  { cwd: root, env, stdio: 'inherit' },
);
process.exit(status ?? 1);
