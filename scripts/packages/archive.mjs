/** Reads what is in a packed package. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as tar from 'tar';

/** Files of an archive: path inside the package → content. */
export function readArchive(tarball) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'packed-'));
  try {
    tar.extract({ file: tarball, cwd: dir, strip: 1, sync: true });
    const files = fs
      .readdirSync(dir, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => path.join(entry.parentPath, entry.name));
    return new Map(
      files.map(file => [
        path.relative(dir, file).split(path.sep).join('/'),
        fs.readFileSync(file),
      ]),
    );
  } finally {
    fs.rmSync(dir, { recursive: true, force: true });
  }
}
