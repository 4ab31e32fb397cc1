/** Plays a stage of the Dockerfile in a folder that stands for the root of the image. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { root as repository } from '../lib/toolchain.mjs';
import { run } from '../packages/run.mjs';
import { words } from './dockerfile.mjs';

/** What `docker build .` would send: what Git knows or would take, less .dockerignore. */
function buildContext() {
  const ignored = fs
    .readFileSync(path.join(repository, '.dockerignore'), 'utf8')
    .split('\n')
    .filter(Boolean);
  const isIgnored = file =>
    ignored.some(
      pattern =>
        path.matchesGlob(file, pattern) ||
        path.matchesGlob(file, `${pattern}/**`),
    );
  return execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
    cwd: repository,
    encoding: 'utf8',
  })
    .split('\n')
    .filter(file => file && !isIgnored(file))
    .filter(file => fs.existsSync(path.join(repository, file)));
}

function copy(source, target) {
  fs.mkdirSync(path.dirname(target), { recursive: true });
  fs.cpSync(source, target, { recursive: true, verbatimSymlinks: true });
}

/** Where COPY puts a source: into a folder where the target ends in a slash, and the content of folders as Docker does. */
function playCopy({ rest, workdir, dir, dirs }) {
  const { flags, args } = words(rest);
  const target = args.at(-1);
  const into = path.join(dir, path.posix.resolve(workdir, target));
  for (const source of args.slice(0, -1)) {
    if (!flags.from) {
      for (const file of buildContext())
        copy(path.join(repository, file), path.join(into, file));
      continue;
    }
    const from = path.join(dirs[flags.from], source);
    const isFolder = fs.statSync(from).isDirectory();
    copy(from, isFolder ? into : path.join(into, path.basename(source)));
  }
}

/**
 * Plays one stage; answers with its folder and with what the image would start as.
 *
 * @param stage - of `readDockerfile`
 * @param options - the folder of each stage, the environment in which RUN runs, and whether the folder is
 *   complete already, so that only what the image would start as is read
 */
export async function playStage(stage, { dirs, env, log, isPlayed = false }) {
  const dir = dirs[stage.name];
  const image = { dir, env: {}, user: 'root', workdir: '/app' };
  fs.mkdirSync(path.join(dir, image.workdir), { recursive: true });
  for (const { instruction, rest } of stage.instructions) {
    if (isPlayed && ['COPY', 'RUN'].includes(instruction)) continue;
    log(`${instruction} ${rest}`);
    if (instruction === 'ENV') {
      const [name, value] = rest.split(/=(.*)/s, 2);
      image.env[name] = value;
    } else if (instruction === 'COPY') {
      playCopy({ rest, workdir: image.workdir, dir, dirs });
    } else if (instruction === 'RUN') {
      const { args } = words(rest.replace(/^(--mount=\S+\s+)+/, ''));
      await run(['sh', '-ec', rest.replace(/^(--mount=\S+\s+)+/, '')], {
        cwd: path.join(dir, image.workdir),
        env: { ...env, ...image.env },
      }).catch(error => {
        throw new Error(`RUN ${args.join(' ')}\n${error.message}`);
      });
    } else if (instruction === 'USER') {
      image.user = rest;
    } else if (instruction === 'CMD') {
      image.command = JSON.parse(rest);
    } else if (instruction === 'HEALTHCHECK') {
      image.healthCheck = JSON.parse(rest.slice(rest.indexOf('CMD') + 3));
    } else if (instruction === 'WORKDIR') {
      image.workdir = rest;
    }
  }
  return image;
}
