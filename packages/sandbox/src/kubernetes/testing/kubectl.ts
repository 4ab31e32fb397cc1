import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a run of kubectl left. */
export interface KubectlRun {
  code: number;
  stdout: string;
  stderr: string;
}

/** Whether there is a kubectl on the PATH. */
export function hasKubectl(): boolean {
  return spawnSync('kubectl', ['version', '--client']).status === 0;
}

/** Runs kubectl with a home and a kubeconfig of its own. */
export class Kubectl {
  readonly #home = mkdtempSync(join(tmpdir(), 'sandbox-kubectl-'));

  constructor(kubeconfig: string) {
    writeFileSync(join(this.#home, 'kubeconfig'), kubeconfig);
  }

  run(args: string[], stdin?: string): Promise<KubectlRun> {
    return new Promise((resolve, reject) => {
      const child = execFile(
        'kubectl',
        args,
        {
          timeout: 90_000,
          env: {
            PATH: process.env.PATH,
            HOME: this.#home,
            KUBECONFIG: join(this.#home, 'kubeconfig'),
          },
        },
        (error, stdout, stderr) => {
          const code = error ? error.code : 0;
          if (typeof code === 'number') {
            resolve({ code, stdout, stderr });
          } else {
            reject(error ?? new Error('kubectl did not end'));
          }
        },
      );
      child.stdin?.end(stdin ?? '');
    });
  }

  dispose(): void {
    rmSync(this.#home, { recursive: true, force: true });
  }
}
