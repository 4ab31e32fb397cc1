/** A folder of a branch of a repository. */
export interface FolderLocation {
  /** The repository as the publish actions take it. */
  repoUrl: string;
  provider: 'github' | 'gitlab';
  branch: string;
  /** Path in the repository; empty for its root. */
  folder: string;
  /** Name of the entity's file in the folder. */
  file: string;
  /** The folder for the portal's readers. */
  url: string;
}

const LOCATION =
  /^url:https?:\/\/([^/]+)\/(.+?)\/(-\/)?(?:blob|tree)\/([^/]+)\/(.+)$/;

/** The folder that an entity's location annotation points into; undefined for anything but a file in Git. */
export function parseLocation(annotation: string): FolderLocation | undefined {
  const [, host, project, dash, branch, path] =
    LOCATION.exec(annotation.trim()) ?? [];
  if (!host) return undefined;
  const owner = project.split('/').slice(0, -1).join('/');
  const repo = project.split('/').at(-1);
  const folder = path.split('/').slice(0, -1).join('/');
  if (!owner || !repo || folder.split('/').includes('..')) return undefined;
  return {
    repoUrl: `${host}?owner=${encodeURIComponent(
      owner,
    )}&repo=${encodeURIComponent(repo)}`,
    provider: dash ? 'gitlab' : 'github',
    branch,
    folder,
    file: path.split('/').at(-1) ?? '',
    url: `https://${host}/${project}/${dash ?? ''}tree/${branch}/${folder}`,
  };
}

/** A path of the folder as a path of the repository. */
export function inRepository({ folder }: FolderLocation, path: string): string {
  return folder ? `${folder}/${path}` : path;
}
