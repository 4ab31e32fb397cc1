import type { OfferedProfile } from 'backstage-plugin-llm-inference-common';

type Repository = OfferedProfile['repository'];

/** The repository in the form that the publish actions take. */
export function repoUrlOf({ host, owner, name }: Repository): string {
  return `${host}?owner=${encodeURIComponent(owner)}&repo=${encodeURIComponent(
    name,
  )}`;
}

/** A file or folder of the repository, as a URL for the portal's readers. Nothing of it is free text. */
export function urlInRepository(
  repository: Repository,
  kind: 'blob' | 'tree',
  path: string,
): string {
  const { provider, host, owner, name, branch } = repository;
  const infix = provider === 'gitlab' ? '-/' : '';
  return `https://${host}/${owner}/${name}/${infix}${kind}/${branch}/${path}`;
}

/** Folder of a service in the profile's repository. */
export function folderOf({ path }: Repository, service: string): string {
  return `${path}/${service}`;
}
