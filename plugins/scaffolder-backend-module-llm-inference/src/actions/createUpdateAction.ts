import { createTemplateAction } from '@backstage/plugin-scaffolder-node';

import { planChange } from '../planner/changePlan';
import { inRepository } from '../planner/folderLocation';
import type { ServiceSources } from '../planner/ServiceSource';
import { outputPullRequest, pullRequestOutput } from './pullRequest';
import { describeReason, reasonInput } from './changeReason';
import { dropEmpty } from './requestInput';
import { examples } from './update.examples';
import { writeFolder } from './writeFolder';

/** `llm-inference:update`: changes an existing service in the text of its manifests. */
export function createUpdateAction(options: { sources: ServiceSources }) {
  return createTemplateAction({
    id: 'llm-inference:update',
    description:
      'Changes replicas, image, resources, arguments, start-up time, KV roles or stop/start of an existing LLM service. Keeps comments, order and everything it does not know; writes only the changed file into the workspace.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        entityRef: z =>
          z.string({ description: 'The entity that stands for the service' }),
        change: z =>
          z
            .record(z.unknown())
            .describe(
              "decode and prefill (replicas, cpu, memory, arguments), image, engine, startupBudgetSeconds, rdma (resource, or 'profile'), kvRoles, sideChannelHost, stopped. Absent fields stay as they are",
            ),
        reason: reasonInput,
      },
      output: {
        ...pullRequestOutput,
        warnings: z =>
          z.array(z.string(), {
            description: 'What the change makes happen',
          }),
      },
    },
    async handler(ctx) {
      const source = await options.sources.find(
        ctx.input.entityRef,
        await ctx.getInitiatorCredentials(),
      );
      const why = ctx.input.reason && describeReason(ctx.input.reason);
      const plan = planChange(
        source,
        dropEmpty(ctx.input.change, ['', null, undefined], 'maps too'),
      );
      const { location, name, entityRef } = source;
      const path = inRepository(location, plan.file.path);
      await writeFolder(ctx.workspacePath, [
        { path, content: plan.file.content },
      ]);
      const description = [
        ...(why ? [why, '### What', ''] : []),
        '| field | before | after |',
        '| --- | --- | --- |',
        ...plan.changes.map(
          ({ what, before, after }) =>
            `| ${what} | ${cell(before)} | ${cell(after)} |`,
        ),
        '',
        ...plan.warnings.map(warning => `- ${warning}`),
        '',
      ].join('\n');
      ctx.logger.info(description);
      ctx.logger.info(`wrote ${path}`);
      outputPullRequest(ctx, {
        repoUrl: location.repoUrl,
        provider: location.provider,
        targetBranch: location.branch,
        branchName: `llm-inference/change-${name}-${plan.fingerprint}`,
        folder: location.folder,
        title: `Change LLM service ${name}: ${plan.changes
          .map(({ what }) => what)
          .join(', ')
          .slice(0, 100)}`,
        description,
        entityRef,
      });
      ctx.output('warnings', plan.warnings);
    },
  });
}

/** A value in a cell of a Markdown table, shown as it is. */
function cell(value: string | undefined): string {
  return value === undefined
    ? '–'
    : `\`${value.replace(/[|`\r\n]/g, ' ').slice(0, 300)}\``;
}
