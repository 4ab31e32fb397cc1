import { mkdir } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar';
import { GitSource } from './GitSource';

const REQUEST_TIMEOUT_MS = 10_000;

/** Reads repositories of an organisation as archives. */
export class GitHubArchives {
  constructor(
    private readonly source: GitSource,
    private readonly signal: AbortSignal,
  ) {}

  /** The organisation's repositories besides the GitOps repository. */
  async otherRepositories(): Promise<{ name: string; branch: string }[]> {
    const { owner, repo } = this.source;
    const response = await this.#get(`/orgs/${owner}/repos?per_page=100`);
    const repositories = (await response.json()) as {
      name: string;
      default_branch: string;
    }[];
    return repositories
      .filter(({ name }) => name !== repo)
      .map(({ name, default_branch: branch }) => ({ name, branch }));
  }

  /** Puts a branch's files into a folder. Returns its commit; nothing where there is no such branch. */
  async extract(
    repo: string,
    branch: string,
    folder: string,
  ): Promise<string | undefined> {
    const repository = `/repos/${this.source.owner}/${repo}`;
    const heads = await this.#get(
      `${repository}/git/matching-refs/heads/${branch}`,
    );
    const refs = (await heads.json()) as {
      ref: string;
      object: { sha: string };
    }[];
    const sha = refs.find(({ ref }) => ref === `refs/heads/${branch}`)?.object
      .sha;
    if (sha) {
      const archive = await this.#get(`${repository}/tarball/${sha}`);
      const bytes = Buffer.from(await archive.arrayBuffer());
      await mkdir(folder, { recursive: true });
      await pipeline(Readable.from(bytes), extract({ cwd: folder, strip: 1 }));
    }
    return sha;
  }

  async #get(path: string): Promise<Response> {
    const address = `${this.source.url}${path}`;
    const response = await fetch(address, {
      headers: { authorization: `token ${this.source.token}` },
      signal: AbortSignal.any([
        this.signal,
        AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      ]),
    });
    if (!response.ok) {
      throw new Error(`GET ${address} answered ${response.status}`);
    }
    return response;
  }
}
