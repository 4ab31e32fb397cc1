import { createHash } from 'node:crypto';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { runGit } from './runGit';

const compress = promisify(deflate);

/** One object of a Git repository: its content without the header. */
export interface GitObject {
  type: 'blob' | 'tree' | 'commit' | 'tag';
  content: Buffer;
}

/** One line of a tree. */
export interface TreeEntry {
  mode: string;
  name: string;
  sha: string;
}

/** Writes an object into a bare repository, as a loose object. Returns its name. */
export async function writeObject(
  repository: string,
  { type, content }: GitObject,
): Promise<string> {
  const bytes = Buffer.concat([
    Buffer.from(`${type} ${content.length}\0`),
    content,
  ]);
  const sha = createHash('sha1').update(bytes).digest('hex');
  const folder = join(repository, 'objects', sha.slice(0, 2));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, sha.slice(2)), await compress(bytes));
  return sha;
}

/** Whether a bare repository has an object. */
export async function hasObject(
  repository: string,
  sha: string,
): Promise<boolean> {
  try {
    await stat(join(repository, 'objects', sha.slice(0, 2), sha.slice(2)));
    return true;
  } catch {
    return runGit(['-C', repository, 'cat-file', '-e', sha]).then(
      () => true,
      () => false,
    );
  }
}

/** What `until` reaches and `since` does not; a commit comes before its parents. */
export async function readNewObjects(
  repository: string,
  until: string[],
  since: string[],
): Promise<Map<string, GitObject>> {
  const here = ['-C', repository];
  const listed = await runGit([
    ...here,
    'rev-list',
    '--topo-order',
    '--objects',
    '--no-object-names',
    ...until,
    '--not',
    ...since,
  ]);
  const output = await runGit([...here, 'cat-file', '--batch'], {
    input: listed,
  });

  const objects = new Map<string, GitObject>();
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf('\n', at);
    const [sha, type, size] = output.toString('utf8', at, end).split(' ');
    const content = output.subarray(end + 1, end + 1 + Number(size));
    objects.set(sha, { type: type as GitObject['type'], content });
    at = end + 1 + Number(size) + 1;
  }
  return objects;
}

/** Reads the lines of a tree. */
export function parseTree(content: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < content.length; ) {
    const end = content.indexOf(0, at);
    const [mode, name] = content.toString('utf8', at, end).split(/ (.*)/s);
    const sha = content.toString('hex', end + 1, end + 21);
    entries.push({ mode, name, sha });
    at = end + 21;
  }
  return entries;
}

/** Writes the lines of a tree, in Git's order. */
export function formatTree(entries: TreeEntry[]): Buffer {
  const key = ({ mode, name }: TreeEntry) =>
    Buffer.from(isFolder(mode) ? `${name}/` : name);
  return Buffer.concat(
    [...entries]
      .sort((a, b) => Buffer.compare(key(a), key(b)))
      .flatMap(({ mode, name, sha }) => [
        Buffer.from(`${mode.replace(/^0+/, '')} ${name}\0`),
        Buffer.from(sha, 'hex'),
      ]),
  );
}

/** Whether a mode says that the line is a folder. */
export function isFolder(mode: string): boolean {
  return mode === '40000' || mode === '040000';
}
