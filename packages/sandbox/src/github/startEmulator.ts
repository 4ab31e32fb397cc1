import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Who and what the emulated GitHub knows when it starts. */
export interface EmulatorSeed {
  /** Access tokens and the login each one stands for. */
  tokens: Record<string, { login: string; scopes: string[] }>;
  github: {
    users: { login: string; name: string; email: string }[];
    orgs: {
      login: string;
      name: string;
      members: { login: string; role: 'admin' | 'member' }[];
    }[];
    repos: {
      owner: string;
      name: string;
      description: string;
      default_branch: string;
    }[];
  };
}

/** The GitHub REST emulator, listening on a loopback port of its own. */
export interface Emulator {
  /** Where it listens, without a trailing slash. */
  url: string;
  close(): Promise<void>;
}

/**
 * Starts the stateful GitHub emulator (npm package `emulate`) in a worker
 * thread. `publicUrl` is the address its answers carry in links.
 */
export async function startEmulator(options: {
  publicUrl: string;
  seed: EmulatorSeed;
}): Promise<Emulator> {
  const worker = new Worker(require.resolve('./emulator.worker.mjs'), {
    workerData: options,
    execArgv: [],
  });
  const exited = once(worker, 'exit').then(() => {
    throw new Error('The GitHub emulator ended before it was ready');
  });
  const [ready] = await Promise.race([once(worker, 'message'), exited]);
  exited.catch(() => {});

  return {
    url: (ready as { url: string }).url,
    async close() {
      await worker.terminate();
    },
  };
}
