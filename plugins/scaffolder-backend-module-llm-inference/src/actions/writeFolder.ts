import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';

/**
 * Writes files into the workspace: all of them, or none. Running it again with the same files changes nothing.
 *
 * @throws NotAllowedError for a path that leaves the workspace
 */
export async function writeFolder(
  workspacePath: string,
  files: Array<{ path: string; content: string }>,
): Promise<void> {
  const targets = files.map(({ path, content }) => ({
    target: resolveSafeChildPath(workspacePath, path),
    content,
  }));
  const started: string[] = [];
  try {
    for (const { target, content } of targets) {
      await mkdir(dirname(target), { recursive: true });
      started.push(target);
      await writeFile(target, content, 'utf8');
    }
  } catch (error) {
    await Promise.all(started.map(target => rm(target, { force: true })));
    throw error;
  }
}
