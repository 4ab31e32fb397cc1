/** The packages of this repository that are published. */
import fs from 'node:fs';
import path from 'node:path';
import { root } from '../lib/toolchain.mjs';

/** Folder, name and manifest of every package under plugins/ that is not private. */
export function publishedPackages() {
  return fs
    .readdirSync(path.join(root, 'plugins'))
    .map(folder => path.join(root, 'plugins', folder))
    .filter(dir => fs.existsSync(path.join(dir, 'package.json')))
    .map(dir => ({ dir, manifest: readManifest(dir) }))
    .filter(({ manifest }) => !manifest.private)
    .map(({ dir, manifest }) => ({ dir, name: manifest.name, manifest }));
}

function readManifest(dir) {
  return JSON.parse(fs.readFileSync(path.join(dir, 'package.json'), 'utf8'));
}
