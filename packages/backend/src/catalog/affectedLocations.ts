import { minimatch } from 'minimatch';
import { z } from 'zod';

/** The parts of GitHub's `push` payload that say which files changed where. */
const pushSchema = z.object({
  ref: z.string(),
  repository: z.object({ html_url: z.string() }),
  commits: z.array(
    z.object({
      added: z.array(z.string()),
      modified: z.array(z.string()),
      removed: z.array(z.string()),
    }),
  ),
});

/**
 * Which of the location targets (URLs of files, with or without wildcards) may
 * read differently after a push. Fails on a payload that is not a push.
 */
export function affectedLocations(
  targets: string[],
  payload: unknown,
): string[] {
  const push = pushSchema.parse(payload);
  const branch = push.ref.replace(/^refs\/heads\//, '');
  const files = push.commits.flatMap(({ added, modified, removed }) => [
    ...added,
    ...modified,
    ...removed,
  ]);
  const folders = ['blob', 'tree'].map(
    kind => `${push.repository.html_url}/${kind}/${branch}/`,
  );

  return targets.filter(target => {
    const folder = folders.find(each => target.startsWith(each));
    const pattern = folder && target.slice(folder.length);
    return pattern && files.some(file => minimatch(file, pattern));
  });
}
