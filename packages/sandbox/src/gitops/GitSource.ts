/** The repositories that are applied. */
export interface GitSource {
  /** Base address of GitHub's API, without a trailing slash. */
  url: string;
  token: string;
  /** The organisation. */
  owner: string;
  /** The GitOps repository: many services, each in `services/<service>`. */
  repo: string;
  /** The branch of it that is applied. */
  branch: string;
}
