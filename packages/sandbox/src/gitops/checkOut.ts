import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GitHubArchives } from './GitHubArchives';
import { GitSource } from './GitSource';

/** One folder that is built and applied: a service in a cluster. */
export interface Overlay {
  service: string;
  cluster: string;
  /** The commit it is from. */
  revision: string;
  /** Absolute path of the kustomization's folder. */
  folder: string;
  /** Name of the repository that it is from, and the folder's path in it. */
  repo: string;
  path: string;
}

/** What is to be applied, as files. */
export interface CheckOut {
  /** The commit of the GitOps repository. */
  revision: string;
  overlays: Overlay[];
  /** Removes the files. */
  dispose(): Promise<void>;
}

/**
 * Fetches the files of the GitOps repository, and of the organisation's other
 * repositories that hold one service each (`overlays/<cluster>` at the top, the
 * service named like the repository). Where a service is in two of them, the
 * GitOps repository's counts.
 */
export async function checkOut(
  source: GitSource,
  signal: AbortSignal,
): Promise<CheckOut> {
  const api = new GitHubArchives(source, signal);
  const root = await mkdtemp(join(tmpdir(), 'gitops-'));
  const dispose = () => rm(root, { recursive: true, force: true });
  try {
    const shared = join(root, source.repo);
    const revision = await api.extract(source.repo, source.branch, shared);
    if (!revision) {
      throw new Error(
        `${source.owner}/${source.repo} has no branch ${source.branch}`,
      );
    }
    const overlays: Overlay[] = [];
    for (const service of await foldersIn(join(shared, 'services'))) {
      overlays.push(
        ...(await overlaysIn({
          root: shared,
          path: `services/${service}/overlays`,
          repo: source.repo,
          service,
          revision,
        })),
      );
    }

    for (const { name, branch } of await api.otherRepositories()) {
      const folder = join(root, name);
      const own = await api.extract(name, branch, folder);
      const isNew = ({ service, cluster }: Overlay) =>
        !overlays.some(
          each => each.service === service && each.cluster === cluster,
        );
      overlays.push(
        ...(own
          ? await overlaysIn({
              root: folder,
              path: 'overlays',
              repo: name,
              service: name,
              revision: own,
            })
          : []
        ).filter(isNew),
      );
    }
    return { revision, overlays, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function overlaysIn({
  root,
  path,
  ...overlay
}: {
  root: string;
  path: string;
  repo: string;
  service: string;
  revision: string;
}): Promise<Overlay[]> {
  return (await foldersIn(join(root, path))).map(cluster => ({
    ...overlay,
    cluster,
    folder: join(root, path, cluster),
    path: `${path}/${cluster}`,
  }));
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
