import { Octokit } from '@octokit/rest';
import { BranchHeads, readBranchHeads } from '../BranchHeads';
import { RepositoryName } from '../Repository';
import { formatCommit } from './commitText';
import {
  formatTree,
  hasObject,
  isFolder,
  TreeEntry,
  writeObject,
} from './gitObjects';
import { runGit } from './runGit';

/**
 * A bare repository that git itself serves, beside the one the emulator
 * keeps. Both name objects alike, so nothing has to be translated.
 */
export class BareRepository {
  readonly #octokit: Octokit;
  readonly #name: RepositoryName;

  /** @param path - An existing bare repository. */
  constructor(readonly path: string, octokit: Octokit, name: RepositoryName) {
    this.#octokit = octokit;
    this.#name = name;
  }

  /** Where its branches point. */
  async heads(): Promise<BranchHeads> {
    const output = await runGit([
      '-C',
      this.path,
      'for-each-ref',
      '--format=%(objectname) %(refname:lstrip=2)',
      'refs/heads',
    ]);
    return new Map(
      output
        .toString()
        .split('\n')
        .filter(Boolean)
        .map(line => [line.slice(41), line.slice(0, 40)]),
    );
  }

  /** Brings its branches, and what they reach, to where the emulator's are. */
  async update(): Promise<void> {
    const wanted = await readBranchHeads(this.#octokit, this.#name);
    const present = await this.heads();
    const lines = [...present.keys()]
      .filter(branch => !wanted.has(branch))
      .map(branch => `delete refs/heads/${branch}\n`);
    for (const [branch, sha] of wanted) {
      if (present.get(branch) !== sha) {
        await this.#copyCommit(sha);
        lines.push(`update refs/heads/${branch} ${sha}\n`);
      }
    }
    if (lines.length > 0) {
      await runGit(['-C', this.path, 'update-ref', '--stdin'], {
        input: Buffer.from(lines.join('')),
      });
    }
  }

  async #copyCommit(sha: string): Promise<void> {
    // Parents before children: an object that is there is there with all it reaches.
    const waiting = [sha];
    while (waiting.length > 0) {
      const next = waiting[waiting.length - 1];
      if (await hasObject(this.path, next)) {
        waiting.pop();
        continue;
      }
      const { data } = await this.#octokit.rest.git.getCommit({
        ...this.#name,
        commit_sha: next,
      });
      const parents = data.parents.map(parent => parent.sha);
      const missing = await this.#missing(parents);
      if (missing.length > 0) {
        waiting.push(...missing);
        continue;
      }
      await this.#copyTree(data.tree.sha);
      const content = formatCommit({
        tree: data.tree.sha,
        parents,
        author: data.author,
        committer: data.committer,
        message: data.message,
      });
      await this.#write({ type: 'commit', content }, next);
      waiting.pop();
    }
  }

  async #copyTree(sha: string): Promise<void> {
    if (await hasObject(this.path, sha)) {
      return;
    }
    const { data } = await this.#octokit.rest.git.getTree({
      ...this.#name,
      tree_sha: sha,
    });
    const entries: TreeEntry[] = data.tree.map(entry => ({
      mode: String(entry.mode),
      name: String(entry.path),
      sha: String(entry.sha),
    }));
    for (const entry of entries) {
      if (isFolder(entry.mode)) {
        await this.#copyTree(entry.sha);
      } else {
        await this.#copyBlob(entry.sha);
      }
    }
    await this.#write({ type: 'tree', content: formatTree(entries) }, sha);
  }

  async #copyBlob(sha: string): Promise<void> {
    if (!(await hasObject(this.path, sha))) {
      const { data } = await this.#octokit.rest.git.getBlob({
        ...this.#name,
        file_sha: sha,
      });
      const content = Buffer.from(data.content, 'base64');
      await this.#write({ type: 'blob', content }, sha);
    }
  }

  async #missing(shas: string[]): Promise<string[]> {
    const present = await Promise.all(
      shas.map(sha => hasObject(this.path, sha)),
    );
    return shas.filter((_, i) => !present[i]);
  }

  async #write(
    object: Parameters<typeof writeObject>[1],
    expected: string,
  ): Promise<void> {
    const sha = await writeObject(this.path, object);
    if (sha !== expected) {
      throw new Error(
        `The ${object.type} ${expected} came out as ${sha} in git`,
      );
    }
  }
}
