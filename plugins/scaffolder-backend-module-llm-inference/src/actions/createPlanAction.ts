import { createTemplateAction } from '@backstage/plugin-scaffolder-node';

import type { ModelNumbers } from '../planner/ModelNumbers';
import { reviewPlan } from '../planner/reviewPlan';
import type { ServicePlanner } from '../planner/ServicePlanner';
import { describePlan } from './describePlan';
import { examples } from './plan.examples';
import { pullRequestFor, pullRequestOutput } from './pullRequest';
import { requestInput, requestOf } from './requestInput';

/** `llm-inference:plan`: checks a request and says what would be written, without writing anything. */
export function createPlanAction(options: {
  models: ModelNumbers;
  planner: ServicePlanner;
}) {
  return createTemplateAction({
    id: 'llm-inference:plan',
    description:
      'Checks the request for a prefill/decode LLM service against its profile and says what would be created. Writes nothing.',
    examples,
    supportsDryRun: true,
    schema: {
      input: requestInput,
      output: {
        ...pullRequestOutput,
        spec: z =>
          z
            .record(z.unknown())
            .describe('The complete specification of the service'),
        findings: z =>
          z
            .array(z.record(z.unknown()))
            .describe('What the checks say about the manifests'),
        capacity: z =>
          z
            .record(z.unknown())
            .optional()
            .describe('Estimate, where the numbers of the model are known'),
      },
    },
    async handler(ctx) {
      const { repository = 'shared' } = ctx.input;
      const credentials = await ctx.getInitiatorCredentials();
      const plan = await options.planner.plan(
        requestOf(ctx.input),
        repository,
        credentials,
        ctx.input.repoUrl,
      );
      const review = reviewPlan(
        plan,
        repository,
        await options.models.of(plan.spec.model.uri, credentials, ctx.logger),
      );
      const description = describePlan(plan.spec, review);
      ctx.logger.info(description);
      for (const [key, value] of Object.entries(
        pullRequestFor(plan, description),
      )) {
        ctx.output(key as keyof typeof pullRequestOutput, value);
      }
      const json = (value: unknown) => JSON.parse(JSON.stringify(value));
      ctx.output('spec', json(plan.spec));
      ctx.output('findings', json(review.findings));
      if (review.capacity) ctx.output('capacity', json(review.capacity));
    },
  });
}
