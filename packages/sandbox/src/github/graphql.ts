import { Octokit } from '@octokit/rest';
import { buildSchema, graphql as execute } from 'graphql';

// The parts of GitHub's schema that Backstage asks for: the pull request
// action looks for an open pull request of its branch, and the catalog's
// GitHub provider lists an organisation's repositories.
const schema = buildSchema(`
  scalar URI
  enum PullRequestState { OPEN CLOSED MERGED }
  enum RepositoryVisibility { PUBLIC PRIVATE INTERNAL }

  type Query {
    repository(owner: String!, name: String!): Repository
    repositoryOwner(login: String!): RepositoryOwner
  }
  type RepositoryOwner {
    login: String!
    repository(name: String!): Repository
    repositories(first: Int, after: String): RepositoryConnection!
  }
  type RepositoryConnection { nodes: [Repository] pageInfo: PageInfo! }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type Repository {
    name: String!
    url: URI!
    isArchived: Boolean!
    isFork: Boolean!
    visibility: RepositoryVisibility!
    defaultBranchRef: Ref
    ref(qualifiedName: String!): Ref
    repositoryTopics(first: Int): RepositoryTopicConnection!
    object(expression: String): GitObject
  }
  type RepositoryTopicConnection { nodes: [RepositoryTopic] }
  type RepositoryTopic { topic: Topic! }
  type Topic { name: String! }
  type Ref {
    name: String!
    associatedPullRequests(first: Int, states: [PullRequestState!]): PullRequestConnection!
  }
  type PullRequestConnection { edges: [PullRequestEdge] nodes: [PullRequest] totalCount: Int! }
  type PullRequestEdge { node: PullRequest }
  type PullRequest { id: ID! number: Int! url: URI! title: String! state: PullRequestState! }
  interface GitObject { id: ID! }
  type Blob implements GitObject { id: ID! text: String }
`);

type Repo = Awaited<ReturnType<Octokit['rest']['repos']['get']>>['data'];

/** Answers a GraphQL query from what the REST API knows. */
export async function answerGraphql(
  octokit: Octokit,
  request: { query: string; variables?: Record<string, unknown> },
) {
  return execute({
    schema,
    source: request.query,
    variableValues: request.variables,
    rootValue: {
      repository: ({ owner, name }: { owner: string; name: string }) =>
        repository(octokit, owner, name),
      repositoryOwner: ({ login }: { login: string }) =>
        repositoryOwner(octokit, login),
    },
  });
}

function repositoryOwner(octokit: Octokit, login: string) {
  return {
    login,
    repository: ({ name }: { name: string }) =>
      repository(octokit, login, name),
    repositories: async ({
      first = 100,
      after,
    }: {
      first?: number;
      after?: string;
    }) => {
      const page = after ? Number(after) : 1;
      const { data } = await octokit.rest.search.repos({
        q: `user:${login}`,
        per_page: first,
        page,
      });
      const nodes = await Promise.all(
        data.items.map(({ name }) => repository(octokit, login, name)),
      );
      return {
        nodes,
        pageInfo: {
          hasNextPage: page * first < data.total_count,
          endCursor: String(page + 1),
        },
      };
    },
  };
}

async function repository(octokit: Octokit, owner: string, name: string) {
  const repo = await found(octokit.rest.repos.get({ owner, repo: name }));
  return (
    repo && {
      name: repo.name,
      url: repo.html_url,
      isArchived: repo.archived,
      isFork: repo.fork,
      visibility: (repo.visibility ?? 'public').toUpperCase(),
      defaultBranchRef: () => branch(octokit, repo, repo.default_branch),
      ref: ({ qualifiedName }: { qualifiedName: string }) =>
        branch(octokit, repo, qualifiedName.replace(/^refs\/heads\//, '')),
      repositoryTopics: {
        nodes: (repo.topics ?? []).map(topic => ({ topic: { name: topic } })),
      },
      object: ({ expression }: { expression: string }) =>
        blob(octokit, repo, expression),
    }
  );
}

async function branch(octokit: Octokit, repo: Repo, name: string) {
  const id = { owner: repo.owner.login, repo: repo.name };
  const ref = await found(
    octokit.rest.git.getRef({ ...id, ref: `heads/${name}` }),
  );
  return (
    ref && {
      name,
      associatedPullRequests: async ({ states }: { states?: string[] }) => {
        const { data } = await octokit.rest.pulls.list({
          ...id,
          state: 'all',
          head: `${repo.owner.login}:${name}`,
          per_page: 100,
        });
        const nodes = data
          .map(pull => ({
            id: pull.node_id,
            number: pull.number,
            url: pull.html_url,
            title: pull.title,
            state: pull.merged_at ? 'MERGED' : pull.state.toUpperCase(),
          }))
          .filter(({ state }) => !states || states.includes(state));
        return {
          nodes,
          edges: nodes.map(node => ({ node })),
          totalCount: nodes.length,
        };
      },
    }
  );
}

async function blob(octokit: Octokit, repo: Repo, expression: string) {
  const [ref, path = ''] = expression.split(/:(.*)/s);
  const content = await found(
    octokit.rest.repos.getContent({
      owner: repo.owner.login,
      repo: repo.name,
      ref: ref === 'HEAD' ? repo.default_branch : ref,
      path,
    }),
  );
  return content && !Array.isArray(content) && content.type === 'file'
    ? {
        __typename: 'Blob',
        id: content.sha,
        text: Buffer.from(content.content, 'base64').toString(),
      }
    : null;
}

/** What a request returns, or null where GitHub has no such thing. */
async function found<T>(request: Promise<{ data: T }>): Promise<T | null> {
  try {
    return (await request).data;
  } catch (error) {
    if (error instanceof Error && 'status' in error && error.status === 404) {
      return null;
    }
    throw error;
  }
}
