/**
 * Moves every package of Backstage to the newest release, as the scheduled workflow does each week.
 *
 *   yarn bump-backstage
 */
import path from 'node:path';
import { runSteps } from './lib/steps.mjs';
import { prepare, root } from './lib/toolchain.mjs';

const { node, yarn, env } = prepare();
const steps = [
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
    'versions:bump',
    '--skip-install',
    '--skip-migrate',
  ],
  [...yarn, 'install', '--no-immutable'],
];
runSteps(steps, env);
