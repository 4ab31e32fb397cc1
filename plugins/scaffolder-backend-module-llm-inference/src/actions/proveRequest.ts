import type {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';

import type { ModelNumbers } from '../planner/ModelNumbers';
import { reviewPlan, type Review } from '../planner/reviewPlan';
import type { Plan, ServicePlanner } from '../planner/ServicePlanner';
import { describePlan } from './describePlan';
import { pullRequestFor, type PullRequest } from './pullRequest';
import { requestOf } from './requestInput';

/** Where the manifests of a new service go. */
export type Layout = 'shared' | 'own';

/** A request that was carried out on paper, and the pull request that it would be. */
export interface ProvedRequest extends Review {
  plan: Plan;
  layout: Layout;
  pullRequest: PullRequest;
}

/** What the actions need that create something. */
export interface CreatingOptions {
  models: ModelNumbers;
  planner: ServicePlanner;
}

/**
 * Checks a request, writes its manifests in memory and proves them.
 *
 * @throws InputError naming each wrong field
 * @throws NotAllowedError when the profile is not for the caller
 * @throws ConflictError when the name is taken
 */
export async function proveRequest(
  ctx: {
    input: { profile: string; repository?: Layout; repoUrl?: string };
    logger: Pick<LoggerService, 'info'>;
    getInitiatorCredentials(): Promise<BackstageCredentials>;
  },
  { models, planner }: CreatingOptions,
): Promise<ProvedRequest> {
  const { repository: layout = 'shared', repoUrl } = ctx.input;
  const credentials = await ctx.getInitiatorCredentials();
  const plan = await planner.plan(
    requestOf(ctx.input),
    layout,
    credentials,
    repoUrl,
  );
  const review = reviewPlan(
    plan,
    layout,
    await models.of(plan.spec.model.uri, credentials, ctx.logger),
  );
  const description = describePlan(plan.spec, review);
  ctx.logger.info(description);
  return {
    ...review,
    plan,
    layout,
    pullRequest: pullRequestFor(plan, description),
  };
}
