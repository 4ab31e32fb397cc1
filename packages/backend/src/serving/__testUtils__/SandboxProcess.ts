import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const SCRIPT = join(__dirname, 'sandboxScript.ts');

/**
 * Starts the sandbox in a process, and with a clock, of its own.
 *
 * @param speed - seconds of play in a second of the wall
 */
export async function startSandboxProcess(speed: number) {
  const child = spawn(
    process.execPath,
    [
      '--require',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      SCRIPT,
      String(speed),
    ],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, NODE_OPTIONS: '' },
    },
  );
  const exited = once(child, 'exit');
  const [line] = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    exited.then(([code]) => {
      throw new Error(`The sandbox could not be started (exit code ${code})`);
    }),
  ]);
  const { control, clusters } = JSON.parse(String(line)) as {
    control: string;
    clusters: Record<string, string>;
  };
  return {
    /** Address of its control endpoint. */
    control,
    cluster: (name: string) => ({ url: clusters[name] }),
    async stop() {
      child.stdin.end();
      await exited;
    },
  };
}

/** A running sandbox. */
export type SandboxProcess = Awaited<ReturnType<typeof startSandboxProcess>>;
