import { Octokit } from '@octokit/rest';
import { RepositoryName } from './Repository';

/** Puts files on a fresh repository's `main` branch, in one commit. */
export async function seedRepository(
  octokit: Octokit,
  repository: RepositoryName,
  files: Record<string, string>,
): Promise<void> {
  if (Object.keys(files).length === 0) {
    return;
  }
  const { data: head } = await octokit.rest.git.getRef({
    ...repository,
    ref: 'heads/main',
  });
  const { data: tree } = await octokit.rest.git.createTree({
    ...repository,
    base_tree: (
      await octokit.rest.git.getCommit({
        ...repository,
        commit_sha: head.object.sha,
      })
    ).data.tree.sha,
    tree: Object.entries(files).map(([path, content]) => ({
      path,
      mode: '100644',
      type: 'blob',
      content,
    })),
  });
  const { data: commit } = await octokit.rest.git.createCommit({
    ...repository,
    message: 'Describe the services this repository runs',
    tree: tree.sha,
    parents: [head.object.sha],
  });
  await octokit.rest.git.updateRef({
    ...repository,
    ref: 'heads/main',
    sha: commit.sha,
  });
}
