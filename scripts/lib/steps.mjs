import { spawnSync } from 'node:child_process';
import { root } from './toolchain.mjs';

/** Runs commands one after the other, with their output as it comes; ends the process with the first that fails. */
export function runSteps(steps, env) {
  for (const [command, ...args] of steps) {
    const { status } = spawnSync(command, args, {
      cwd: root,
      env,
      stdio: 'inherit',
    });
    if (status !== 0) process.exit(status ?? 1);
  }
}
