import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar';

/** The GitOps repository. */
export interface GitSource {
  /** Base address of GitHub's API, without a trailing slash. */
  url: string;
  token: string;
  owner: string;
  repo: string;
  /** The branch that is applied. */
  branch: string;
}

/** One folder that is built and applied: a service in a cluster. */
export interface Overlay {
  service: string;
  cluster: string;
  /** Absolute path of the kustomization's folder. */
  folder: string;
}

/** The files of one commit. */
export interface CheckOut {
  revision: string;
  overlays: Overlay[];
  /** Removes the files. */
  dispose(): Promise<void>;
}

/** Fetches the branch's files and finds every `services/<service>/overlays/<cluster>`. */
export async function checkOut(
  source: GitSource,
  signal: AbortSignal,
): Promise<CheckOut> {
  const { url, token, owner, repo, branch } = source;
  const repository = `${url}/repos/${owner}/${repo}`;
  const get = async (address: string) => {
    const response = await fetch(address, {
      headers: { authorization: `token ${token}` },
      signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]),
    });
    if (!response.ok) {
      throw new Error(`GET ${address} answered ${response.status}`);
    }
    return response;
  };

  const commit = await get(
    `${repository}/commits/${encodeURIComponent(branch)}`,
  );
  const { sha } = (await commit.json()) as { sha: string };
  const archive = Buffer.from(
    await (await get(`${repository}/tarball/${sha}`)).arrayBuffer(),
  );

  const root = await mkdtemp(join(tmpdir(), 'gitops-'));
  const dispose = () => rm(root, { recursive: true, force: true });
  try {
    await pipeline(Readable.from(archive), extract({ cwd: root, strip: 1 }));
    return { revision: sha, overlays: await findOverlays(root), dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function findOverlays(root: string): Promise<Overlay[]> {
  const overlays: Overlay[] = [];
  const services = join(root, 'services');
  for (const service of await foldersIn(services)) {
    const parent = join(services, service, 'overlays');
    for (const cluster of await foldersIn(parent)) {
      overlays.push({ service, cluster, folder: join(parent, cluster) });
    }
  }
  return overlays;
}

async function foldersIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter(entry => entry.isDirectory())
      .map(entry => entry.name)
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return [];
    }
    throw error;
  }
}
