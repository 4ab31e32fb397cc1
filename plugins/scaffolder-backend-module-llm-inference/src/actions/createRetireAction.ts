import { createTemplateAction } from '@backstage/plugin-scaffolder-node';

import { inertLine } from 'backstage-plugin-llm-inference-common';

import { currentUse } from '../planner/currentUse';
import { inRepository } from '../planner/folderLocation';
import type { ServiceSources } from '../planner/ServiceSource';
import type { ServiceStatuses } from '../planner/ServiceStatuses';
import { fencedText } from './fencedText';
import { outputPullRequest, pullRequestOutput } from './pullRequest';
import { examples } from './retire.examples';
import { writeFolder } from './writeFolder';

/** `llm-inference:retire`: says which files a pull request has to delete, and who will notice. */
export function createRetireAction(options: {
  sources: ServiceSources;
  statuses: ServiceStatuses;
}) {
  return createTemplateAction({
    id: 'llm-inference:retire',
    description:
      'Lists the files of an LLM service for a pull request that removes it: manifests, overlays and catalog entry. Says who uses it, how it serves and how much it does at the moment. Deletes nothing itself; for GitLab, whose action deletes what the workspace holds, it writes them there.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        entityRef: z =>
          z.string({ description: 'The entity that stands for the service' }),
      },
      output: {
        ...pullRequestOutput,
        filesToDelete: z =>
          z.array(z.string(), {
            description: 'Files to delete, with paths of the repository',
          }),
        consumers: z =>
          z.array(z.string(), {
            description: 'Entities that say they use the service',
          }),
      },
    },
    async handler(ctx) {
      const credentials = await ctx.getInitiatorCredentials();
      const source = await options.sources.find(
        ctx.input.entityRef,
        credentials,
      );
      const { entity, entityRef, location, name } = source;
      const filesToDelete = source.files.map(({ path }) =>
        inRepository(location, path),
      );
      const consumers = await options.sources.consumers(entity, credentials);
      const use = await currentUse(options.statuses, entityRef, credentials);
      const description = [
        `Removes the LLM service \`${name}\`: its manifests, its overlays and its entry in the catalog. The pods go once the GitOps controller has seen it; the weights stay where they are.`,
        '',
        'How it serves now:',
        '',
        ...fencedText(use.map(line => inertLine(line, 1_000))),
        '',
        consumers.length
          ? `- **used by ${consumers.map(ref => `\`${ref}\``).join(', ')}**`
          : '- no entity says that it uses it',
        '',
      ].join('\n');
      ctx.logger.info(description);
      if (location.provider === 'gitlab') {
        // GitLab's action deletes what it finds in the workspace; GitHub's takes a list, and would add what it finds.
        await writeFolder(
          ctx.workspacePath,
          source.files.map(({ path, content }) => ({
            path: inRepository(location, path),
            content,
          })),
        );
      }
      outputPullRequest(ctx, {
        repoUrl: location.repoUrl,
        provider: location.provider,
        targetBranch: location.branch,
        branchName: `llm-inference/retire-${name}`,
        folder: location.folder,
        title: `Retire LLM service ${name}`,
        description,
        entityRef,
      });
      ctx.output('filesToDelete', filesToDelete);
      ctx.output('consumers', consumers);
    },
  });
}
