/** Runs commands of others to their end. */
import { spawn } from 'node:child_process';
import { root } from '../lib/toolchain.mjs';

/** Answers with what a command prints; throws with it where the command fails. */
export function run([command, ...args], options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, ...options });
    let output = '';
    child.stdout?.on('data', chunk => (output += chunk));
    child.stderr?.on('data', chunk => (output += chunk));
    child.on('error', reject);
    child.on('exit', code => {
      if (code === 0) resolve(output);
      else
        reject(
          new Error(
            `${[command, ...args].join(' ')} ended with ${code}\n${output}`,
          ),
        );
    });
  });
}
