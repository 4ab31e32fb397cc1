/**
 * Builds and publishes every package whose version the registry does not have. Yarn publishes, not
 * `changeset publish`: only Yarn writes real ranges for `workspace:` ones.
 *
 *   yarn release
 */
import path from 'node:path';
import { runSteps } from './lib/steps.mjs';
import { prepare, root } from './lib/toolchain.mjs';

const { node, yarn, env } = prepare();
const bin = (...parts) => path.join(root, 'node_modules', ...parts);
const steps = [
  [node, bin('typescript', 'bin', 'tsc')],
  [node, bin('@backstage', 'cli', 'bin', 'backstage-cli'), 'repo', 'build'],
  [
    ...yarn,
    ...['workspaces', 'foreach', '--all', '--no-private', '--topological'],
    ...[
      'npm',
      'publish',
      '--access',
      'public',
      '--tolerate-republish',
      '--provenance',
    ],
  ],
];
runSteps(steps, env);
