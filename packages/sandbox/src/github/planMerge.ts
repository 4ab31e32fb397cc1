import { Octokit } from '@octokit/rest';
import { RepositoryName } from './Repository';

/** What merging a pull request now would do. */
export interface MergePlan {
  /** Tip of the base branch. */
  base: string;
  /** Tip of the pull request's branch. */
  head: string;
  /** Files that both sides changed differently; merging needs none. */
  conflicts: string[];
  /** What the base branch gets: files by path, `sha: null` removes one. */
  changes: TreeChange[];
}

interface TreeChange {
  path: string;
  mode: '100644' | '100755' | '040000' | '160000' | '120000';
  type: 'blob';
  sha: string | null;
}

type Files = Map<string, { sha: string; mode: TreeChange['mode'] }>;

export type PullRequest = Awaited<
  ReturnType<Octokit['rest']['pulls']['get']>
>['data'];

/**
 * Compares both tips with their common ancestor, file by file. A file that
 * only the pull request changed is taken from it; line-by-line merging is not
 * attempted.
 */
export async function planMerge(
  octokit: Octokit,
  repository: RepositoryName,
  pull: PullRequest,
): Promise<MergePlan> {
  const base = await tipOf(octokit, repository, pull.base.ref, pull.base.sha);
  const head = await tipOf(octokit, repository, pull.head.ref, pull.head.sha);
  const { data: comparison } =
    await octokit.rest.repos.compareCommitsWithBasehead({
      ...repository,
      basehead: `${base}...${head}`,
    });
  const [ancestor, ours, theirs] = await Promise.all(
    [comparison.merge_base_commit.sha, base, head].map(sha =>
      filesOf(octokit, repository, sha),
    ),
  );

  const changed = [...new Set([...ancestor.keys(), ...theirs.keys()])].filter(
    path => !same(ancestor, theirs, path),
  );
  return {
    base,
    head,
    conflicts: changed.filter(
      path => !same(ancestor, ours, path) && !same(ours, theirs, path),
    ),
    changes: changed
      .filter(path => !same(ours, theirs, path))
      .map(path => ({
        path,
        mode: theirs.get(path)?.mode ?? '100644',
        type: 'blob',
        sha: theirs.get(path)?.sha ?? null,
      })),
  };
}

async function tipOf(
  octokit: Octokit,
  repository: RepositoryName,
  branch: string,
  otherwise: string,
): Promise<string> {
  const { data } = await octokit.rest.git.listMatchingRefs({
    ...repository,
    ref: `heads/${branch}`,
  });
  return (
    data.find(({ ref }) => ref === `refs/heads/${branch}`)?.object.sha ??
    otherwise
  );
}

async function filesOf(
  octokit: Octokit,
  repository: RepositoryName,
  sha: string,
): Promise<Files> {
  const { data } = await octokit.rest.git.getTree({
    ...repository,
    tree_sha: sha,
    recursive: 'true',
  });
  return new Map(
    data.tree.flatMap(({ path, type, sha: blob, mode }) =>
      type === 'blob' && path && blob
        ? [[path, { sha: blob, mode: mode as TreeChange['mode'] }]]
        : [],
    ),
  );
}

function same(one: Files, other: Files, path: string): boolean {
  return (
    one.get(path)?.sha === other.get(path)?.sha &&
    one.get(path)?.mode === other.get(path)?.mode
  );
}
