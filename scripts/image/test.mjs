/**
 * Builds the image of the example portal without a container engine, starts two replicas of it from there with
 * NODE_ENV=production and PostgreSQL against the sandbox, and asks both what they know.
 *
 *   yarn test:image
 *   yarn test:image --keep=FOLDER    leaves the played image there
 *   yarn test:image --use=FOLDER     takes the one that is there
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { startChild, stopChildren } from '../lib/processes.mjs';
import { prepare, root, say } from '../lib/toolchain.mjs';
import {
  answered,
  freePort,
  locatorsOf,
  startSandbox,
} from '../packages/consumer/portal.mjs';
import { run } from '../packages/run.mjs';
import { readDockerfile } from './dockerfile.mjs';
import { playStage } from './play.mjs';

const option = name =>
  process.argv
    .find(arg => arg.startsWith(`--${name}=`))
    ?.slice(name.length + 3);
const kept = option('use');
const tools = prepare();
const workDir = fs.mkdtempSync(
  path.join(fs.realpathSync(os.tmpdir()), 'portal-image-'),
);
let database;

async function timed(what, action) {
  const begin = Date.now();
  const result = await action();
  say(`  ✓ ${what} (${((Date.now() - begin) / 1000).toFixed(0)} s)`);
  return result;
}

/** The image's last stage, played with everything that it copies from. */
async function buildImage() {
  const stages = readDockerfile(
    fs.readFileSync(path.join(root, 'Dockerfile'), 'utf8'),
  );
  // `base` only brings Node and Yarn, which are here already.
  const played = stages.filter(stage => stage.from === 'base');
  const dirs = Object.fromEntries(
    played.map(({ name }) => [name, path.join(workDir, name)]),
  );
  // Packages are linked instead of copied: the same files, sooner.
  const env = { ...tools.env, YARN_NM_MODE: 'hardlinks-global' };
  if (kept) dirs.portal = path.resolve(kept);
  let image;
  for (const stage of played.filter(({ name }) => !kept || name === 'portal'))
    image = await playStage(stage, {
      dirs,
      env,
      isPlayed: Boolean(kept),
      log: line => say(`    ${line}`),
    });
  return image;
}

async function startDatabase() {
  const server = path.join(root, 'scripts', 'postgres-server.mjs');
  database = spawn(tools.node, [server], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: tools.env,
  });
  return new Promise((resolve, reject) => {
    database.stdout.once('data', said =>
      resolve(Number(/^ready (\d+)/.exec(String(said))?.[1])),
    );
    database.once('exit', code =>
      reject(new Error(`PostgreSQL ended with ${code}`)),
    );
  });
}

/** On top of the configuration of deploy/: the clusters are the sandbox's, and everybody is a guest. */
function overlay({ clusters, port }) {
  return {
    backend: { listen: `127.0.0.1:${port}` },
    auth: {
      providers: { guest: { dangerouslyAllowOutsideDevelopment: true } },
    },
    integrations: {},
    kubernetes: { clusterLocatorMethods: locatorsOf(clusters) },
  };
}

async function startReplica(number, { image, databasePort, clusters }) {
  const port = await freePort();
  const config = path.join(workDir, `replica-${number}.yaml`);
  fs.writeFileSync(config, stringify(overlay({ clusters, port })));
  const [command, ...args] = image.command;
  const url = `http://127.0.0.1:${port}`;
  const entry = startChild(
    `image-replica-${number}`,
    command === 'node' ? tools.node : command,
    [
      ...args,
      ...['--config', path.join(root, 'deploy', 'app-config.deployment.yaml')],
      ...['--config', config],
    ],
    {
      cwd: path.join(image.dir, image.workdir),
      env: {
        PATH: tools.env.PATH,
        HOME: workDir,
        ...image.env,
        APP_BASE_URL: url,
        POSTGRES_HOST: '127.0.0.1',
        POSTGRES_PORT: String(databasePort),
        POSTGRES_DATABASE: 'postgres',
        POSTGRES_USER: 'postgres',
        POSTGRES_PASSWORD: 'password',
      },
    },
  );
  await answered(entry, `${url}/.backstage/health/v1/readiness`);
  const [, ...check] = image.healthCheck;
  await run(
    [tools.node, ...check.map(part => part.replaceAll(':7007', `:${port}`))],
    { env: tools.env },
  );
  return { url, entry };
}

async function ask(url, route, token) {
  const response = await fetch(url + route, {
    headers: token
      ? { authorization: `Bearer ${token}` }
      : { 'x-requested-with': 'XMLHttpRequest' },
  });
  if (!response.ok)
    throw new Error(
      `${route} answered ${response.status}: ${await response.text()}`,
    );
  return response;
}

/** Frontend and backend of a replica answer, and it knows the services of both clusters. */
async function inspect(url) {
  const page = await (await ask(url, '/')).text();
  if (!page.includes('<div id="root">'))
    throw new Error(`${url}/ is not the portal`);
  const guest = await (await ask(url, '/api/auth/guest/refresh')).json();
  const token = guest.backstageIdentity.token;
  const services = await (
    await ask(url, '/api/llm-inference/v1/services', token)
  ).json();
  const clusters = new Set(
    services.items.map(({ service }) => service?.cluster),
  );
  if (clusters.size < 2)
    throw new Error(
      `Only ${[...clusters]} of both clusters: ${JSON.stringify(services).slice(
        0,
        400,
      )}`,
    );
  return services.items.length;
}

async function cleanUp() {
  database?.removeAllListeners('exit');
  database?.stdin.end();
  await stopChildren();
  fs.rmSync(workDir, { recursive: true, force: true, maxRetries: 5 });
}
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => cleanUp().finally(() => process.exit(1)));

let failed = 0;
try {
  const image = await timed('built', buildImage);
  if (['root', '0'].includes(image.user))
    throw new Error('The image runs as root');
  if (image.env.NODE_ENV !== 'production')
    throw new Error('The image is not in production mode');
  if (option('keep'))
    fs.cpSync(image.dir, path.resolve(option('keep')), {
      recursive: true,
      verbatimSymlinks: true,
    });
  const databasePort = await timed('PostgreSQL started', startDatabase);
  const clusters = await startSandbox(tools);
  const options = { image, databasePort, clusters };
  const first = await timed('first replica ready, health check passed', () =>
    startReplica(1, options),
  );
  const second = await timed('second replica ready, health check passed', () =>
    startReplica(2, options),
  );
  for (const { url } of [first, second])
    await timed('portal and services of both clusters', () => inspect(url));
  first.entry.child.kill('SIGTERM');
  await first.entry.done;
  await timed('the second goes on without the first', () =>
    inspect(second.url),
  );
} catch (error) {
  failed = 1;
  say(`  ✗ ${error.stack}`);
} finally {
  await cleanUp();
}
say(`\n${failed ? 0 : 1} passed, ${failed} failed`);
process.exit(failed);
