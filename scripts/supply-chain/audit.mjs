/**
 * Asks the registry for known vulnerabilities of everything that reaches users. Fails from severity high on.
 *
 *   yarn run audit
 */
import { spawnSync } from 'node:child_process';
import { fail, prepare, root } from '../lib/toolchain.mjs';

const { yarn, env } = prepare();
const [command, ...args] = yarn;
const { status, stderr } = spawnSync(
  command,
  [
    ...args,
    ...['npm', 'audit', '--all', '--recursive'],
    ...['--environment', 'production', '--severity', 'high'],
  ],
  {
    cwd: root,
    env,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'inherit', 'pipe'],
  },
);
// Yarn prints itself where a registry refuses; one line says as much.
const refusal = /\[HTTPError\]: (.+)/.exec(stderr ?? '')?.[1];
if (refusal)
  fail(
    `The registry does not answer audits (${refusal}): nothing is known of vulnerabilities. Ask one that does, as npm's own.`,
  );
process.stderr.write(stderr ?? '');
process.exit(status ?? 1);
