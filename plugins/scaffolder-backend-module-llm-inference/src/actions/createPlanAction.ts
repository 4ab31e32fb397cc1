import { createTemplateAction } from '@backstage/plugin-scaffolder-node';

import type { ServicePlanner } from '../planner/ServicePlanner';
import { describePlan } from './describePlan';
import { examples } from './plan.examples';
import { pullRequestFor, pullRequestOutput } from './pullRequest';
import { requestInput, requestOf } from './requestInput';

/** `llm-inference:plan`: checks a request and says what would be written, without writing anything. */
export function createPlanAction(options: { planner: ServicePlanner }) {
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
      },
    },
    async handler(ctx) {
      const plan = await options.planner.plan(
        requestOf(ctx.input),
        ctx.input.repository,
        await ctx.getInitiatorCredentials(),
      );
      const description = describePlan(plan.spec);
      ctx.logger.info(description);
      for (const [key, value] of Object.entries(
        pullRequestFor(plan, description),
      )) {
        ctx.output(key as keyof typeof pullRequestOutput, value);
      }
      ctx.output('spec', JSON.parse(JSON.stringify(plan.spec)));
    },
  });
}
