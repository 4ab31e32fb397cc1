import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One change of a commit, as GitLab's API takes it. */
export interface FileChange {
  action: 'create' | 'update' | 'delete';
  file_path: string;
  content?: string;
  encoding?: 'base64' | 'text';
}

const AUTHOR = ['-c', 'user.name=GitLab', '-c', 'user.email=git@localhost'];

/** A bare repository on disk, read and written by git itself. */
export class BareRepository {
  private constructor(readonly folder: string) {}

  static async create(folder: string): Promise<BareRepository> {
    const repository = new BareRepository(folder);
    await git(['init', '--quiet', '--bare', folder], {});
    await repository.git(['config', 'http.receivepack', 'true']);
    return repository;
  }

  /** Commit that a branch is at; undefined for a branch that is not there. */
  async head(branch: string): Promise<string | undefined> {
    return this.git(['rev-parse', '--verify', `refs/heads/${branch}`]).then(
      id => id.toString().trim(),
      () => undefined,
    );
  }

  async setHead(branch: string, commit: string): Promise<void> {
    await this.git(['update-ref', `refs/heads/${branch}`, commit]);
  }

  /** Every file of a branch, by path. */
  async files(branch: string): Promise<Record<string, string>> {
    const files: Record<string, string> = {};
    for (const { path } of await this.tree(branch)) {
      files[path] = (await this.read(branch, path)).toString();
    }
    return files;
  }

  async tree(branch: string): Promise<Array<{ id: string; path: string }>> {
    const lines = (await this.git(['ls-tree', '-r', branch])).toString();
    return lines
      .split('\n')
      .filter(Boolean)
      .map(line => {
        const [, , id, path] = line.split(/\s+/);
        return { id, path };
      });
  }

  async read(branch: string, path: string): Promise<Buffer> {
    return this.git(['show', `${branch}:${path}`]);
  }

  async archive(branch: string, path?: string): Promise<Buffer> {
    return this.git([
      'archive',
      '--format=tar.gz',
      '--prefix=archive/',
      branch,
      ...(path ? [path] : []),
    ]);
  }

  /**
   * Puts one commit on a branch. As strict as GitLab: a file that is created must not be there, and one that is
   * updated or deleted must.
   */
  async commit(
    branch: string,
    message: string,
    changes: FileChange[],
  ): Promise<string> {
    const parent = await this.head(branch);
    const there = parent
      ? (await this.tree(branch)).map(file => file.path)
      : [];
    const index = await mkdtemp(join(tmpdir(), 'index-'));
    const env = { GIT_INDEX_FILE: join(index, 'index') };
    try {
      if (parent) await this.git(['read-tree', parent], { env });
      for (const { action, file_path: path, ...file } of changes) {
        if ((action === 'create') === there.includes(path)) {
          throw new Error(
            action === 'create'
              ? `A file with this name already exists: ${path}`
              : `A file with this name doesn't exist: ${path}`,
          );
        }
        if (action === 'delete') {
          // By way of stdin: with a path as argument git wants a work tree.
          await this.git(['update-index', '--index-info'], {
            env,
            input: Buffer.from(`0 ${'0'.repeat(40)}\t${path}\n`),
          });
        } else {
          const input = Buffer.from(
            file.content ?? '',
            file.encoding === 'base64' ? 'base64' : 'utf8',
          );
          const blob = await this.git(['hash-object', '-w', '--stdin'], {
            input,
          });
          await this.git(
            [
              'update-index',
              '--add',
              '--cacheinfo',
              `100644,${blob.toString().trim()},${path}`,
            ],
            { env },
          );
        }
      }
      const tree = (await this.git(['write-tree'], { env })).toString().trim();
      const commit = await this.git([
        ...AUTHOR,
        'commit-tree',
        tree,
        '-m',
        message,
        ...(parent ? ['-p', parent] : []),
      ]);
      const id = commit.toString().trim();
      await this.setHead(branch, id);
      return id;
    } finally {
      await rm(index, { recursive: true, force: true });
    }
  }

  private git(
    args: string[],
    options: { input?: Buffer; env?: Record<string, string> } = {},
  ): Promise<Buffer> {
    return git(['--git-dir', this.folder, ...args], options);
  }
}

/** Runs git, without a shell. @throws Error with what it said */
export function git(
  args: string[],
  { input, env }: { input?: Buffer; env?: Record<string, string> },
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      'git',
      args,
      {
        encoding: 'buffer',
        maxBuffer: 64 * 1024 * 1024,
        env: { PATH: process.env.PATH, ...env },
      },
      (error, stdout, stderr) =>
        error
          ? reject(new Error(`${error.message}${stderr}`))
          : resolve(stdout),
    );
    child.stdin?.end(input);
  });
}
