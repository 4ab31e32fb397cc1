/**
 * Asks the registry for known vulnerabilities of everything that reaches users. Fails from severity high on.
 *
 *   yarn run audit
 */
import { spawnSync } from 'node:child_process';
import { prepare, root } from '../lib/toolchain.mjs';

const { yarn, env } = prepare();
const [command, ...args] = yarn;
const { status } = spawnSync(
  command,
  [
    ...args,
    ...['npm', 'audit', '--all', '--recursive'],
    ...['--environment', 'production', '--severity', 'high'],
  ],
  { cwd: root, env, stdio: 'inherit' },
);
process.exit(status ?? 1);
