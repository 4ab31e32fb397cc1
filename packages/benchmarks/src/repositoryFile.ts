import { dirname, join } from 'node:path';

/** Path of a file of this repository, wherever the process was started. */
export function repositoryFile(path: string): string {
  return join(dirname(require.resolve('../package.json')), '../..', path);
}
