/** Names one repository of the sandbox's GitHub. */
export type RepositoryName = { owner: string; repo: string };

/** The `owner/repo` form. */
export function fullName({ owner, repo }: RepositoryName): string {
  return `${owner}/${repo}`;
}
