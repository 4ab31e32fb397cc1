/**
 * Builds and publishes every package whose version the registry does not have. Yarn publishes, not
 * `changeset publish`: only Yarn writes real ranges for `workspace:` ones.
 *
 *   yarn release
 */
import path from 'node:path';
import { spawnSync } from 'node:child_process';
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
for (const [command, ...args] of steps) {
  const { status } = spawnSync(command, args, {
    cwd: root,
    env,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}
