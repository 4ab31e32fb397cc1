/**
 * The lockfile of the stock app. Nothing may float: what the app shares with this repository comes from our
 * yarn.lock, the rest from extra.yarn.lock beside this file, and an install that brought anything else fails.
 */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSyml, stringifySyml } from '@yarnpkg/parsers';
import { root } from '../../lib/toolchain.mjs';

const ownFile = path.join(root, 'yarn.lock');
const extraFile = path.join(
  path.dirname(fileURLToPath(import.meta.url)),
  'extra.yarn.lock',
);

const read = file => parseSyml(fs.readFileSync(file, 'utf8'));

/** Packages that a registry serves: resolution → entry. */
function registryPackages(lock) {
  return new Map(
    Object.values(lock)
      .filter(entry => /@npm:/.test(entry.resolution ?? ''))
      .map(entry => [entry.resolution, entry]),
  );
}

/** Range → entry: Yarn writes all ranges of an entry into one key. */
function byDescriptor(lock) {
  return Object.fromEntries(
    Object.entries(lock).flatMap(([key, entry]) =>
      key.split(/,\s*/).map(descriptor => [descriptor, entry]),
    ),
  );
}

/** Writes the lockfile that the install starts from. */
export function seedLockfile(dir) {
  const { __metadata, ...own } = read(ownFile);
  const extra = fs.existsSync(extraFile) ? read(extraFile) : {};
  const seed = { ...byDescriptor(own), ...byDescriptor(extra) };
  fs.writeFileSync(
    path.join(dir, 'yarn.lock'),
    stringifySyml({ __metadata, ...seed }),
  );
}

/** Packages of an installed app that neither lockfile names. */
export function floating(dir) {
  const known = [ownFile, extraFile]
    .filter(file => fs.existsSync(file))
    .flatMap(file => [...registryPackages(read(file)).keys()]);
  const installed = registryPackages(read(path.join(dir, 'yarn.lock')));
  return [...installed.keys()].filter(name => !known.includes(name));
}

/** Writes extra.yarn.lock anew from apps as they were installed. */
export function writeExtra(dirs) {
  const own = byDescriptor(read(ownFile));
  const extra = {};
  for (const dir of dirs) {
    const lock = byDescriptor(read(path.join(dir, 'yarn.lock')));
    for (const [descriptor, entry] of Object.entries(lock)) {
      const isOurs = own[descriptor]?.resolution === entry.resolution;
      if (/@npm:/.test(entry.resolution ?? '') && !isOurs)
        extra[descriptor] = entry;
    }
  }
  const sorted = Object.fromEntries(
    Object.entries(extra).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  fs.writeFileSync(extraFile, stringifySyml(sorted));
}
