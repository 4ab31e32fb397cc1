import { createTemplateAction } from '@backstage/plugin-scaffolder-node';

import { examples } from './plan.examples';
import { proveRequest, type CreatingOptions } from './proveRequest';
import { outputPullRequest, pullRequestOutput } from './pullRequest';
import { requestInput } from './requestInput';

/** `llm-inference:plan`: checks a request and says what would be written, without writing anything. */
export function createPlanAction(options: CreatingOptions) {
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
      const { plan, findings, capacity, pullRequest } = await proveRequest(
        ctx,
        options,
      );
      outputPullRequest(ctx, pullRequest);
      const json = (value: unknown) => JSON.parse(JSON.stringify(value));
      ctx.output('spec', json(plan.spec));
      ctx.output('findings', json(findings));
      if (capacity) ctx.output('capacity', json(capacity));
    },
  });
}
