import type { UrlReaderService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { FileTree, isBelowAny } from './render/FileTree';

/** A file beyond this is no manifest of ours. */
const LARGEST_FILE = 1024 * 1024;

/** Bytes kept of the folders of services, and of all others that they may build on. */
const OWN_BYTES = 128 * 1024 * 1024;
const SHARED_BYTES = 32 * 1024 * 1024;

const MANIFEST = /(\.ya?ml|(^|\/)Kustomization)$/;

/** What was read of a repository. */
export interface RepositoryFiles {
  files: FileTree;
  /** What tells one state of the repository from another; the commit with most hosts. */
  etag: string;
  /** Whether the folders of services did not all fit in. */
  truncated: boolean;
}

/** Reads the manifests of a repository in one request, and only where it has changed. Bounded in memory. */
export class RepositoryReader {
  readonly #reader: UrlReaderService;

  constructor(reader: UrlReaderService) {
    this.#reader = reader;
  }

  /**
   * The manifests; undefined where the repository is still as the etag says.
   *
   * @param folders - the folders of services, which are kept before all others
   */
  async read(
    root: string,
    folders: Iterable<string>,
    etag: string | undefined,
    signal: AbortSignal,
  ): Promise<RepositoryFiles | undefined> {
    const own = new Set(folders);
    let ownBytes = 0;
    let sharedBytes = 0;
    let truncated = false;
    const fits = (path: string, size: number) => {
      if (!isBelowAny(path, own)) {
        sharedBytes += size;
        return sharedBytes <= SHARED_BYTES;
      }
      ownBytes += size;
      truncated ||= ownBytes > OWN_BYTES;
      return ownBytes <= OWN_BYTES;
    };
    try {
      const response = await this.#reader.readTree(root, {
        ...(etag ? { etag } : {}),
        signal,
        filter: (path, info) => {
          const size = info?.size ?? 0;
          return (
            MANIFEST.test(path) && size <= LARGEST_FILE && fits(path, size)
          );
        },
      });
      const texts: Array<[string, string]> = [];
      for (const file of await response.files()) {
        texts.push([file.path, (await file.content()).toString('utf8')]);
      }
      return { files: new FileTree(texts), etag: response.etag, truncated };
    } catch (error) {
      if (isError(error) && error.name === 'NotModifiedError') return undefined;
      throw error;
    }
  }
}
