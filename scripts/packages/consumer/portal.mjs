/** Starts the sandbox and a portal beside it, on free ports. */
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { failureOf, startChild, tail } from '../../lib/processes.mjs';
import { root } from '../../lib/toolchain.mjs';

const LIMIT_SECONDS = 300;

/** A port that nobody listens on. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** A backend whose start was rejected stays alive and never answers. */
function rejectionOf({ recent }) {
  return /.*Unhandled rejection.*/.exec(recent)?.[0];
}

/** Waits until a child answers on a URL; throws where it ends or takes too long. */
export async function answered(entry, url) {
  const startedAt = Date.now();
  for (;;) {
    const failure = failureOf(entry) ?? rejectionOf(entry);
    if (entry.exited || failure)
      throw new Error(`${entry.name} ended:\n${failure ?? tail(entry)}`);
    const isUp = await fetch(url, { signal: AbortSignal.timeout(5_000) }).then(
      response => response.ok,
      () => false,
    );
    if (isUp) return;
    if (Date.now() - startedAt > LIMIT_SECONDS * 1000)
      throw new Error(
        `${entry.name} did not answer on ${url} in ${LIMIT_SECONDS} s:\n${tail(
          entry,
        )}`,
      );
    await new Promise(resolve => {
      setTimeout(resolve, 500);
    });
  }
}

/** Two clusters and their faults; answers with the URL of each cluster. */
export async function startSandbox({ node, env }) {
  const ports = {
    SANDBOX_CONTROL_PORT: await freePort(),
    SANDBOX_GITHUB_PORT: await freePort(),
    SANDBOX_GPU_EAST_PORT: await freePort(),
    SANDBOX_GPU_WEST_PORT: await freePort(),
  };
  const asText = Object.entries(ports).map(([key, port]) => [key, `${port}`]);
  const entry = startChild(
    'consumer-sandbox',
    node,
    ['--require', '@backstage/cli/config/nodeTransform.cjs', 'src/bin.ts'],
    {
      cwd: path.join(root, 'packages', 'sandbox'),
      env: { ...env, ...Object.fromEntries(asText) },
    },
  );
  await answered(
    entry,
    `http://127.0.0.1:${ports.SANDBOX_CONTROL_PORT}/healthz`,
  );
  return {
    'gpu-east': `http://127.0.0.1:${ports.SANDBOX_GPU_EAST_PORT}`,
    'gpu-west': `http://127.0.0.1:${ports.SANDBOX_GPU_WEST_PORT}`,
  };
}

/** A profile that ships, for whoever looks. */
function profiles() {
  const file = path.join(root, 'templates', 'profiles', 'h100-roce.yaml');
  const { llmInference } = parse(fs.readFileSync(file, 'utf8'));
  return Object.fromEntries(
    Object.entries(llmInference.profiles).map(([name, profile]) => [
      name,
      { ...profile, owners: ['user:development/guest'] },
    ]),
  );
}

/** The clusters of the sandbox as `kubernetes.clusterLocatorMethods` names them. */
export function locatorsOf(clusters) {
  return [
    {
      type: 'config',
      clusters: Object.entries(clusters).map(([name, url]) => ({
        name,
        url,
        authProvider: 'serviceAccount',
        serviceAccountToken: 'sandbox-token',
        skipTLSVerify: true,
      })),
    },
  ];
}

/** What a platform team would add to the app-config of the skeleton. */
function configuration({ appPort, backendPort, clusters }) {
  const appUrl = `http://localhost:${appPort}`;
  const catalogFile = name => ({
    type: 'file',
    target: path.join(root, 'packages', 'sandbox', 'catalog', name),
    rules: [
      { allow: ['Component', 'System', 'API', 'Resource', 'User', 'Group'] },
    ],
  });
  return {
    app: { baseUrl: appUrl, listen: { host: '127.0.0.1', port: appPort } },
    backend: {
      baseUrl: `http://localhost:${backendPort}`,
      listen: { host: '127.0.0.1', port: backendPort },
      cors: { origin: appUrl },
    },
    integrations: {},
    catalog: {
      locations: [
        ...['organization.yaml', 'models.yaml', 'services.yaml'].map(
          catalogFile,
        ),
        {
          type: 'file',
          target: path.join(root, 'templates', 'all.yaml'),
          rules: [{ allow: ['Location', 'Template'] }],
        },
      ],
    },
    llmInference: { profiles: profiles() },
    kubernetes: {
      serviceLocatorMethod: { type: 'multiTenant' },
      clusterLocatorMethods: locatorsOf(clusters),
    },
  };
}

/** `yarn start` in the app; answers with its URL. */
export async function startPortal(dir, { tools, clusters, name }) {
  const appPort = await freePort();
  const backendPort = await freePort();
  const file = path.join(dir, 'app-config.consumer.yaml');
  fs.writeFileSync(
    file,
    stringify(configuration({ appPort, backendPort, clusters })),
  );
  const [command, ...args] = tools.yarn;
  const entry = startChild(
    `consumer-${name}`,
    command,
    [
      ...args,
      'start',
      ...['--config', path.join(dir, 'app-config.yaml')],
      ...['--config', file],
    ],
    {
      cwd: dir,
      env: { ...tools.env, NODE_ENV: 'development', BROWSER: 'none' },
    },
  );
  await answered(
    entry,
    `http://localhost:${backendPort}/.backstage/health/v1/readiness`,
  );
  await answered(entry, `http://localhost:${appPort}/`);
  return `http://localhost:${appPort}`;
}
