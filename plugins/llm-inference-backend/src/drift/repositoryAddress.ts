import type { ScmIntegrations } from '@backstage/integration';

/** Where the folder of an entity is. */
export interface GitFolder {
  /** Address of the top of the repository on the tracked branch. */
  root: string;
  /** Path of the folder in the repository; empty for its top. */
  folder: string;
}

/** Splits the address of a folder into repository and path. Throws where it is no address of a known kind of host. */
export function gitFolder(
  source: string,
  integrations: ScmIntegrations,
): GitFolder {
  const root = integrations.resolveUrl({ url: '/', base: source });
  const top = new URL(root).pathname.replace(/\/*$/, '/');
  const { pathname } = new URL(source);
  if (!`${pathname}/`.startsWith(top)) {
    throw new Error(`${source} is not within ${root}`);
  }
  return {
    root,
    folder: decodeURIComponent(pathname.slice(top.length)).replace(
      /^\/+|\/+$/g,
      '',
    ),
  };
}

/** Address of a file for a browser. */
export function fileAddress(
  root: string,
  path: string,
  integrations: ScmIntegrations,
): string {
  const address = integrations.resolveUrl({ url: `/${path}`, base: root });
  // A file is shown at `blob` where folders are at `tree`; other hosts use one word for both.
  return address.replace('/tree/', '/blob/');
}

/**
 * A repository as one text, however it is written: `https://host/owner/name`, with `.git`, over SSH, or with a
 * branch and a path behind it.
 */
export function repositoryKey(address: string): string {
  const text = address
    .trim()
    .replace(/^git@([^:/]+):/, 'ssh://$1/')
    .replace(/^[a-z][a-z0-9+.-]*:\/\/(?:[^@/]*@)?/i, '')
    .replace(/[?#].*$/, '');
  const [host, ...steps] = text.split('/').filter(Boolean);
  const end = steps.findIndex(step =>
    ['tree', 'blob', 'src', 'raw', '-'].includes(step),
  );
  const repository = (end < 0 ? steps : steps.slice(0, end)).join('/');
  return `${(host ?? '').toLowerCase()}/${repository
    .replace(/\.git$/, '')
    .toLowerCase()}`;
}
