/** Child processes that end when this one does, with everything they started. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { root } from './toolchain.mjs';

const RECENT_CHARACTERS = 20_000;
const children = new Set();
const logDir = path.join(root, '.cache', 'start');

/**
 * Starts a command in its own process group; its output goes to .cache/start/<name>.log and,
 * with `verbose`, to this terminal too.
 */
export function startChild(name, command, args, { cwd, env, verbose }) {
  fs.mkdirSync(logDir, { recursive: true });
  const logFile = path.join(logDir, `${name}.log`);
  const log = fs.createWriteStream(logFile);
  const child = spawn(command, args, {
    cwd,
    env,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const entry = { name, child, logFile, exited: false, recent: '' };
  entry.done = new Promise(resolve => {
    child.on('error', error => {
      log.write(`${error.stack}\n`);
      entry.exited = true;
      resolve(-1);
    });
    child.on('exit', code => {
      entry.exited = true;
      resolve(code ?? -1);
    });
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', chunk => {
      log.write(chunk);
      entry.recent = (entry.recent + chunk).slice(-RECENT_CHARACTERS);
      if (verbose) {
        process.stdout.write(String(chunk).replace(/^(?=.)/gm, `[${name}] `));
      }
    });
  }
  children.add(entry);
  return entry;
}

/** The last lines that a child wrote. */
export function tail(entry, lines = 30) {
  return entry.recent.trimEnd().split('\n').slice(-lines).join('\n');
}

/** Colours and other escapes of a terminal. */
const ESCAPES = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

/**
 * What went wrong, where a child's own child failed; undefined while nothing did. Backstage's development
 * server stays alive then and waits for a file to change, so that the exit of the child alone would not tell.
 */
export function failureOf(entry) {
  const text = entry.recent.replace(ESCAPES, '');
  const refused = text.match(
    /Backend startup failed due to the following errors:\s*([\s\S]*?)(?: type="|\n\S|$)/,
  );
  if (refused) {
    return refused[1].trim();
  }
  return /^Node\.js v\d+\./m.test(text) ? tail(entry) : undefined;
}

function signal(entry, name) {
  try {
    process.kill(
      process.platform === 'win32' ? entry.child.pid : -entry.child.pid,
      name,
    );
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** Ends all children and whatever they started; waits until they are gone. */
export async function stopChildren() {
  const all = [...children];
  all.forEach(entry => signal(entry, 'SIGTERM'));
  const gone = Promise.all(all.map(entry => entry.done));
  const patience = new Promise(resolve => {
    setTimeout(resolve, 8_000).unref();
  });
  await Promise.race([gone, patience]);
  // Grandchildren may outlive the process that was asked to end.
  all.forEach(entry => signal(entry, 'SIGKILL'));
  children.clear();
}
