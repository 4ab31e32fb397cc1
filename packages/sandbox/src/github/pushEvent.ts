import { Octokit } from '@octokit/rest';
import { BranchMove } from './BranchHeads';
import { accountOf, organizationOf } from './pushEventParties';
import { RepositoryName } from './Repository';

const NO_COMMIT = '0'.repeat(40);

/**
 * The payload GitHub sends for a `push`: one branch that moved, the commits
 * that are new on it, oldest first, and the files each of them touched.
 */
export async function pushEvent(
  octokit: Octokit,
  repository: RepositoryName,
  move: BranchMove,
) {
  const { data: repo } = await octokit.rest.repos.get(repository);
  const { data: user } = await octokit.rest.users.getAuthenticated();
  const commits = await newCommits(
    octokit,
    repository,
    move,
    repo.default_branch,
  );
  const isOrganization = repo.owner.type === 'Organization';

  return {
    ref: `refs/heads/${move.branch}`,
    before: move.before ?? NO_COMMIT,
    after: move.after ?? NO_COMMIT,
    base_ref: null,
    compare: `${repo.html_url}/compare/${move.before?.slice(0, 12) ?? ''}...${
      move.after?.slice(0, 12) ?? ''
    }`,
    created: !move.before,
    deleted: !move.after,
    forced: false,
    commits,
    head_commit: commits.at(-1) ?? null,
    pusher: { name: user.login, email: user.email },
    sender: accountOf(user),
    repository: {
      ...repo,
      master_branch: repo.default_branch,
      created_at: seconds(repo.created_at),
      pushed_at: seconds(repo.pushed_at),
      stargazers: repo.stargazers_count,
      web_commit_signoff_required: false,
      custom_properties: {},
      owner: { ...accountOf(repo.owner), name: repo.owner.login },
      ...(isOrganization && { organization: repo.owner.login }),
    },
    ...(isOrganization && {
      organization: await organizationOf(octokit, repo.owner.login),
    }),
  };
}

async function newCommits(
  octokit: Octokit,
  repository: RepositoryName,
  move: BranchMove,
  defaultBranch: string,
) {
  if (!move.after) {
    return [];
  }
  const shas = await newShas(octokit, repository, {
    base: move.before ?? defaultBranch,
    isFirst: !move.before && move.branch === defaultBranch,
    after: move.after,
  });
  return Promise.all(
    shas.map(async sha => {
      const { data } = await octokit.rest.repos.getCommit({
        ...repository,
        ref: sha,
      });
      return commitOf(data);
    }),
  );
}

/** Names of the commits that `after` has and `base` has not, oldest first. */
async function newShas(
  octokit: Octokit,
  repository: RepositoryName,
  range: { base: string; isFirst: boolean; after: string },
): Promise<string[]> {
  const all = async () => {
    const { data } = await octokit.rest.repos.listCommits({
      ...repository,
      sha: range.after,
      per_page: 100,
    });
    return data.map(({ sha }) => sha).reverse();
  };
  if (range.isFirst) {
    return all();
  }
  try {
    const { data } = await octokit.rest.repos.compareCommitsWithBasehead({
      ...repository,
      basehead: `${range.base}...${range.after}`,
    });
    return data.commits.map(({ sha }) => sha);
  } catch (error) {
    // Two histories without a common commit cannot be compared.
    if ((error as { status?: number }).status === 404) {
      return all();
    }
    throw error;
  }
}

type FullCommit = Awaited<
  ReturnType<Octokit['rest']['repos']['getCommit']>
>['data'];

function commitOf(data: FullCommit) {
  const files = data.files ?? [];
  const named = (status: string) =>
    files.filter(file => file.status === status).map(file => file.filename);
  const renamed = files.filter(file => file.status === 'renamed');

  return {
    id: data.sha,
    tree_id: data.commit.tree.sha,
    distinct: true,
    message: data.commit.message,
    timestamp: data.commit.committer?.date ?? data.commit.author?.date ?? '',
    url: data.html_url,
    author: personOf(data.commit.author),
    committer: personOf(data.commit.committer),
    added: [...named('added'), ...renamed.map(file => file.filename)],
    removed: [
      ...named('removed'),
      ...renamed.flatMap(file => file.previous_filename ?? []),
    ],
    modified: [...named('modified'), ...named('changed')],
  };
}

function personOf(person: FullCommit['commit']['author']) {
  return { name: person?.name ?? '', email: person?.email ?? null };
}

function seconds(timestamp: string | null): number | null {
  return timestamp === null ? null : Math.floor(Date.parse(timestamp) / 1000);
}
