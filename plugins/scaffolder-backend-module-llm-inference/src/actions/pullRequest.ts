import type { z } from 'zod/v3';

import { folderOf, repoUrlOf } from '../planner/repositoryUrls';
import type { Plan } from '../planner/ServicePlanner';

type Z = typeof z;

/** Outputs that the publish actions take as they are. */
export const pullRequestOutput = {
  repoUrl: (z: Z) =>
    z.string({ description: "The profile's GitOps repository" }),
  provider: (z: Z) =>
    z.string({
      description:
        "Whose publish actions fit the repository: 'github' or 'gitlab'",
    }),
  targetBranch: (z: Z) =>
    z.string({ description: 'Branch that the GitOps controller follows' }),
  branchName: (z: Z) => z.string({ description: 'Branch of the pull request' }),
  folder: (z: Z) =>
    z.string({ description: 'Folder of the service in the repository' }),
  title: (z: Z) => z.string({ description: 'Title of the pull request' }),
  description: (z: Z) => z.string({ description: 'Text of the pull request' }),
  entityRef: (z: Z) =>
    z.string({ description: 'The entity that will stand for the service' }),
};

export interface PullRequest {
  repoUrl: string;
  provider: 'github' | 'gitlab';
  targetBranch: string;
  branchName: string;
  folder: string;
  title: string;
  description: string;
  entityRef: string;
}

/** A pull request that creates a service. The branch follows from the name, so a second try finds the first. */
export function pullRequestFor(
  { spec, profile }: Plan,
  description: string,
): PullRequest {
  const { repository } = profile;
  return {
    repoUrl: repoUrlOf(repository),
    provider: repository.provider,
    targetBranch: repository.branch,
    branchName: `llm-inference/create-${spec.name}`,
    folder: folderOf(repository, spec.name),
    title: `Create LLM service ${spec.name}`,
    description,
    entityRef: `component:default/${spec.name}`,
  };
}

/** Puts a pull request out, field by field. */
export function outputPullRequest(
  ctx: { output(name: keyof PullRequest, value: string): void },
  pullRequest: PullRequest,
): void {
  for (const [name, value] of Object.entries(pullRequest)) {
    ctx.output(name as keyof PullRequest, value);
  }
}
