import { createTemplateAction } from '@backstage/plugin-scaffolder-node';

import type { ModelNumbers } from '../planner/ModelNumbers';
import { reviewPlan } from '../planner/reviewPlan';
import type { ServicePlanner } from '../planner/ServicePlanner';
import { describePlan } from './describePlan';
import { examples } from './generate.examples';
import { pullRequestFor, pullRequestOutput } from './pullRequest';
import { requestInput, requestOf } from './requestInput';
import { writeFolder } from './writeFolder';

/** `llm-inference:generate`: writes the folder of a new service into the workspace. */
export function createGenerateAction(options: {
  models: ModelNumbers;
  planner: ServicePlanner;
}) {
  return createTemplateAction({
    id: 'llm-inference:generate',
    description:
      'Writes the manifests, overlays and catalog entities of a prefill/decode LLM service into the workspace, ready for a publish action.',
    examples,
    supportsDryRun: true,
    schema: {
      input: requestInput,
      output: {
        ...pullRequestOutput,
        files: z => z.array(z.string(), { description: 'Files written' }),
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
      const pullRequest = pullRequestFor(plan, description);
      // All of it exists, and is proved, before any of it is written.
      const { files } = review;
      const folder = repository === 'own' ? '' : `${pullRequest.folder}/`;
      const written = files.map(({ path, content }) => ({
        path: `${folder}${path}`,
        content,
      }));
      await writeFolder(ctx.workspacePath, written);
      ctx.logger.info(description);
      for (const { path } of written) ctx.logger.info(`wrote ${path}`);

      for (const [key, value] of Object.entries(pullRequest)) {
        ctx.output(key as keyof typeof pullRequestOutput, value);
      }
      ctx.output(
        'files',
        written.map(({ path }) => path),
      );
    },
  });
}
