import { Octokit } from '@octokit/rest';
import { RepositoryName } from './Repository';

/** Branch names (`main`) and the commit each one points at. */
export type BranchHeads = Map<string, string>;

/** One branch that points elsewhere than before; `undefined` means it did not, or does no longer, exist. */
export interface BranchMove {
  branch: string;
  before?: string;
  after?: string;
}

/** Reads where every branch of a repository points. */
export async function readBranchHeads(
  octokit: Octokit,
  repository: RepositoryName,
): Promise<BranchHeads> {
  const refs = await octokit.rest.git.listMatchingRefs({
    ...repository,
    ref: 'heads/',
  });
  return new Map(
    refs.data.map(({ ref, object }) => [
      ref.replace(/^refs\/heads\//, ''),
      object.sha,
    ]),
  );
}

/** What differs between two readings. */
export function branchMoves(
  before: BranchHeads,
  after: BranchHeads,
): BranchMove[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .map(branch => ({
      branch,
      before: before.get(branch),
      after: after.get(branch),
    }))
    .filter(move => move.before !== move.after);
}
