/**
 * Brings the Node and the Yarn that this repository needs, for machines that have only some Node and npm.
 * Plain JavaScript without dependencies: it runs before anything is installed, on Node 20 and newer.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  '../..',
);
const toolsDir = path.join(root, '.tools');
const manifest = JSON.parse(
  fs.readFileSync(path.join(root, 'package.json'), 'utf8'),
);

const NODE_MAJORS = [22, 24];
const NODE_VERSION = '24.21.0';
const YARN_VERSION = manifest.packageManager.split('@')[1];

/** Says what is going on, on one line. */
export function say(message) {
  process.stdout.write(`${message}\n`);
}

/** Ends the process with a message for people. */
export function fail(message) {
  process.stderr.write(`\n${message}\n`);
  process.exit(1);
}

/** Adds npm packages to the ignored folder .tools, once. */
function fetchTool(name, version) {
  const dir = path.join(toolsDir, 'node_modules', ...name.split('/'));
  const installed = path.join(dir, 'package.json');
  if (
    fs.existsSync(installed) &&
    JSON.parse(fs.readFileSync(installed, 'utf8')).version === version
  ) {
    return dir;
  }
  say(`Fetching ${name}@${version} into .tools …`);
  fs.mkdirSync(toolsDir, { recursive: true });
  const ownManifest = path.join(toolsDir, 'package.json');
  if (!fs.existsSync(ownManifest)) {
    fs.writeFileSync(ownManifest, '{"private":true}\n');
  }
  const result = spawnSync(
    'npm',
    [
      'install',
      '--prefix',
      toolsDir,
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      `${name}@${version}`,
    ],
    {
      cwd: toolsDir,
      stdio: ['ignore', 'ignore', 'inherit'],
      // npm run sets npm_config_* for this project; they must not leak into the tools' own folder.
      env: withoutNpmSettings(process.env),
      shell: process.platform === 'win32',
    },
  );
  if (result.status !== 0) {
    fail(
      `Could not fetch ${name}@${version} from the npm registry. Check the network or the registry setting of npm,\n` +
        `or install Node ${NODE_MAJORS.join(
          ' or ',
        )} and Yarn ${YARN_VERSION} yourself.`,
    );
  }
  return dir;
}

function withoutNpmSettings(env) {
  const kept = Object.entries(env).filter(
    ([key]) =>
      !/^npm_(config_(prefix|local_prefix|global_prefix)|package_|lifecycle_)/i.test(
        key,
      ),
  );
  return Object.fromEntries(kept);
}

/** Path of a node binary whose version Backstage supports. */
function findNode() {
  if (NODE_MAJORS.includes(Number(process.versions.node.split('.')[0]))) {
    return { bin: process.execPath };
  }
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const dir = fetchTool(`node-${platform}-${process.arch}`, NODE_VERSION);
  const bin =
    platform === 'win'
      ? path.join(dir, 'bin', 'node.exe')
      : path.join(dir, 'bin', 'node');
  return { bin, dir };
}

/** The command line prefix that runs the right Yarn. */
function findYarn(node) {
  const caller = process.env.npm_execpath ?? '';
  if (/yarn[^/\\]*\.c?js$/.test(caller)) {
    return [node.bin, caller];
  }
  const own = spawnSync('yarn', ['--version'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, COREPACK_ENABLE_NETWORK: '0' },
    timeout: 10_000,
    shell: process.platform === 'win32',
  });
  // Its own launcher runs it on the machine's Node, which has to be a supported one too.
  if (!node.dir && own.stdout?.trim() === YARN_VERSION) {
    return ['yarn'];
  }
  const dir = fetchTool('@yarnpkg/cli-dist', YARN_VERSION);
  return [node.bin, path.join(dir, 'bin', 'yarn.js')];
}

/** The environment in which everything of this repository runs. */
function toolEnvironment(node) {
  const env = { ...process.env };
  const pathKey = Object.keys(env).find(k => /^path$/i.test(k)) ?? 'PATH';
  const first = [
    path.dirname(node.bin),
    path.join(root, 'node_modules', '.bin'),
  ];
  env[pathKey] = [...first, env[pathKey] ?? ''].join(path.delimiter);
  if (node.dir) {
    // Headers of the Node that runs, should anything be compiled against them.
    env.npm_config_nodedir = node.dir;
  }
  env.COREPACK_ENABLE_STRICT = '0';
  return env;
}

function inputsOfInstall() {
  const hash = createHash('sha256');
  const workspaces = ['packages', 'plugins'].flatMap(folder =>
    fs
      .readdirSync(path.join(root, folder))
      .map(name => path.join(folder, name, 'package.json')),
  );
  for (const file of ['package.json', 'yarn.lock', ...workspaces.sort()]) {
    const full = path.join(root, file);
    if (fs.existsSync(full)) {
      hash.update(file).update(fs.readFileSync(full));
    }
  }
  return hash.digest('hex');
}

function installOnce(yarn, env) {
  const stamp = path.join(root, 'node_modules', '.installed-from');
  const wanted = inputsOfInstall();
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted) {
    return;
  }
  say('Installing dependencies (about two minutes the first time) …');
  const [command, ...args] = yarn;
  try {
    execFileSync(command, [...args, 'install', '--immutable'], {
      cwd: root,
      env,
      stdio: 'inherit',
    });
  } catch {
    fail(
      'yarn install --immutable failed, see above. Check the network; if a package.json was changed, run `yarn install` once to update yarn.lock.',
    );
  }
  fs.writeFileSync(stamp, wanted);
}

/**
 * Makes sure that Node, Yarn and the dependencies are there.
 * Returns the node binary, the Yarn command and the environment to run them in.
 */
export function prepare() {
  const node = findNode();
  const yarn = findYarn(node);
  const env = toolEnvironment(node);
  installOnce(yarn, env);
  return { node: node.bin, yarn, env };
}
