import { Octokit } from '@octokit/rest';
import { BranchHeads, branchMoves } from '../BranchHeads';
import { RepositoryName } from '../Repository';
import { parseCommit } from './commitText';
import { GitObject, isFolder, parseTree, readNewObjects } from './gitObjects';

const FILE_MODES = ['100644', '100755', '120000'] as const;

/** Copies objects in the order that the API wants: what is referred to comes first. */
class ObjectCopy {
  readonly #done = new Set<string>();

  constructor(
    private readonly octokit: Octokit,
    private readonly name: RepositoryName,
    private readonly objects: Map<string, GitObject>,
  ) {}

  async commits(): Promise<void> {
    const commits = [...this.objects].filter(
      ([, { type }]) => type === 'commit',
    );
    // rev-list names children before their parents.
    for (const [sha, { content }] of commits.reverse()) {
      const { tree, parents, author, committer, message } =
        parseCommit(content);
      await this.#tree(tree);
      const { data } = await this.octokit.rest.git.createCommit({
        ...this.name,
        tree,
        parents,
        author,
        committer,
        message,
      });
      if (data.sha !== sha) {
        throw new Error(
          `The commit ${sha} cannot be taken over: it carries more than an author, a committer and a message, such as a signature`,
        );
      }
    }
  }

  async #tree(sha: string): Promise<void> {
    const object = this.#next(sha);
    if (!object) {
      return;
    }
    const entries = parseTree(object.content);
    for (const entry of entries) {
      await (isFolder(entry.mode)
        ? this.#tree(entry.sha)
        : this.#blob(entry.sha));
    }
    await this.octokit.rest.git.createTree({
      ...this.name,
      tree: entries.map(entry =>
        isFolder(entry.mode)
          ? { path: entry.name, mode: '040000', type: 'tree', sha: entry.sha }
          : {
              path: entry.name,
              mode: fileMode(entry.mode),
              type: 'blob',
              sha: entry.sha,
            },
      ),
    });
  }

  async #blob(sha: string): Promise<void> {
    const object = this.#next(sha);
    if (object) {
      await this.octokit.rest.git.createBlob({
        ...this.name,
        content: object.content.toString('base64'),
        encoding: 'base64',
      });
    }
  }

  /** The object, unless it is there already. */
  #next(sha: string): GitObject | undefined {
    if (this.#done.has(sha)) {
      return undefined;
    }
    this.#done.add(sha);
    return this.objects.get(sha);
  }
}

/**
 * Brings what was pushed to a bare repository into the emulator: the new
 * objects first, then the branches that moved.
 */
export async function mirrorPush(
  octokit: Octokit,
  name: RepositoryName,
  push: { path: string; before: BranchHeads; after: BranchHeads },
): Promise<void> {
  const { path, before, after } = push;
  const moves = branchMoves(before, after);
  const tips = moves.flatMap(move => move.after ?? []);
  if (tips.length > 0) {
    const objects = await readNewObjects(path, tips, [...before.values()]);
    await new ObjectCopy(octokit, name, objects).commits();
  }
  for (const { branch, before: old, after: sha } of moves) {
    const ref = `heads/${branch}`;
    if (!sha) {
      await octokit.rest.git.deleteRef({ ...name, ref });
    } else if (old) {
      await octokit.rest.git.updateRef({ ...name, ref, sha, force: true });
    } else {
      await octokit.rest.git.createRef({ ...name, ref: `refs/${ref}`, sha });
    }
  }
}

function fileMode(mode: string): (typeof FILE_MODES)[number] {
  const known = FILE_MODES.find(each => each === mode);
  if (!known) {
    throw new Error(
      `Files of mode ${mode} (submodules) are not supported; push without them`,
    );
  }
  return known;
}
