import { Octokit } from '@octokit/rest';
import { ForwardedResponse } from './forward';
import { MergePlan, planMerge, PullRequest } from './planMerge';
import { RepositoryName } from './Repository';

/**
 * Merges a pull request as GitHub does: onto what the base branch is now, and
 * not at all (405) where both sides changed a file. The emulator, which
 * `markMerged` asks, takes over the files the pull request had when it was
 * opened, which would undo whatever was merged since.
 */
export async function mergePullRequest(
  octokit: Octokit,
  repository: RepositoryName,
  options: {
    number: number;
    /** The request's body: `merge_method`, `commit_title`. */
    request: Record<string, unknown>;
    markMerged: () => Promise<ForwardedResponse>;
  },
): Promise<ForwardedResponse> {
  const { data: pull } = await octokit.rest.pulls.get({
    ...repository,
    pull_number: options.number,
  });
  if (pull.state !== 'open') {
    return options.markMerged();
  }
  const plan = await planMerge(octokit, repository, pull);
  if (plan.conflicts.length > 0) {
    const files = plan.conflicts.join(', ');
    return jsonResponse(405, {
      message: `Pull Request is not mergeable: ${pull.base.ref} also changed ${files}`,
    });
  }

  const merged = await options.markMerged();
  const isAsOpened = plan.base === pull.base.sha && plan.head === pull.head.sha;
  if (merged.status !== 200 || isAsOpened) {
    return merged;
  }
  const { merge_method: method, commit_title: title } = options.request;
  const sha = await commitMerge(octokit, repository, pull, plan, {
    message: String(
      title ?? `Merge pull request #${pull.number} from ${pull.head.label}`,
    ),
    keepsHistory: method !== 'squash' && method !== 'rebase',
  });
  return jsonResponse(200, {
    sha,
    merged: true,
    message: 'Pull Request successfully merged',
  });
}

function jsonResponse(status: number, body: object): ForwardedResponse {
  return {
    status,
    headers: [['content-type', 'application/json; charset=utf-8']],
    body: Buffer.from(JSON.stringify(body)),
  };
}

/** Puts the base branch on a merge commit of the plan's two tips. */
async function commitMerge(
  octokit: Octokit,
  repository: RepositoryName,
  pull: PullRequest,
  plan: MergePlan,
  options: { message: string; keepsHistory: boolean },
): Promise<string> {
  const { data: baseCommit } = await octokit.rest.git.getCommit({
    ...repository,
    commit_sha: plan.base,
  });
  const tree = plan.changes.length
    ? (
        await octokit.rest.git.createTree({
          ...repository,
          base_tree: baseCommit.tree.sha,
          tree: plan.changes,
        })
      ).data.sha
    : baseCommit.tree.sha;
  const { data: commit } = await octokit.rest.git.createCommit({
    ...repository,
    message: options.message,
    tree,
    parents: options.keepsHistory ? [plan.base, plan.head] : [plan.base],
  });
  await octokit.rest.git.updateRef({
    ...repository,
    ref: `heads/${pull.base.ref}`,
    sha: commit.sha,
    force: true,
  });
  return commit.sha;
}
