import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Scenario } from '../harness/Scenario';
import { repositoryFile } from '../repositoryFile';

const PORTS = [
  'PORTAL_PORT',
  'BACKEND_PORT',
  'SANDBOX_CONTROL_PORT',
  'SANDBOX_GITHUB_PORT',
  'SANDBOX_GPU_EAST_PORT',
  'SANDBOX_GPU_WEST_PORT',
];

const LONGEST_MS = 300_000;

/** `npm start` after the installation, until the portal answers. */
export const coldStart: Scenario = {
  name: 'cold-start',
  title:
    'npm start after the installation, until the portal and its backend answer',
  sizes: () => [{ label: 'the portal and its sandbox', scale: 1 }],
  async measure({ mode }) {
    const samples: number[] = [];
    for (let round = 0; round < (mode === 'quick' ? 1 : 2); round++) {
      samples.push(await startOnce());
    }
    return [
      {
        metric: 'time',
        unit: 'ms',
        note: 'Sandbox, backend and frontend, the frontend built from its sources',
        contenders: [{ role: 'ours', name: 'npm start', samples }],
      },
    ];
  },
};

async function startOnce(): Promise<number> {
  const ports = await freePorts(PORTS.length);
  const environment = Object.fromEntries(
    PORTS.map((name, index) => [name, String(ports[index])]),
  );
  const startedAt = performance.now();
  const child = spawn(process.execPath, [repositoryFile('scripts/start.mjs')], {
    cwd: repositoryFile('.'),
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ended = once(child, 'exit');
  try {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`npm start takes too long: ${output}`)),
        LONGEST_MS,
      );
      const read = (chunk: Buffer) => {
        output += chunk;
        if (output.includes(`http://localhost:${ports[0]}`)) {
          clearTimeout(timer);
          resolve();
        }
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      ended.then(() => reject(new Error(`npm start ended: ${output}`)), reject);
    });
    return performance.now() - startedAt;
  } finally {
    child.kill('SIGINT');
    await ended;
  }
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () =>
    createServer().listen(0, '127.0.0.1'),
  );
  await Promise.all(servers.map(server => once(server, 'listening')));
  const ports = servers.map(server => (server.address() as AddressInfo).port);
  await Promise.all(
    servers.map(async server => {
      server.close();
      await once(server, 'close');
    }),
  );
  return ports;
}
