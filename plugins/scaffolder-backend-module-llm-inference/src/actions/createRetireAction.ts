import { mkdir } from 'node:fs/promises';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';

import { inertLine } from 'backstage-plugin-llm-inference-common';

import { currentUse } from '../planner/currentUse';
import { inRepository } from '../planner/folderLocation';
import { planRetirement } from '../planner/retirement';
import type { ServiceSources, SourceFile } from '../planner/ServiceSource';
import type { ServiceStatuses } from '../planner/ServiceStatuses';
import { fencedText } from './fencedText';
import { outputPullRequest, pullRequestOutput } from './pullRequest';
import { examples } from './retire.examples';
import { writeFolder } from './writeFolder';

/** Two folders of the workspace: GitLab's actions do one thing to all files that they find. */
const DELETE_PATH = 'delete';
const UPDATE_PATH = 'update';

/** `llm-inference:retire`: says which files a pull request has to delete, and who will notice. */
export function createRetireAction(options: {
  sources: ServiceSources;
  statuses: ServiceStatuses;
}) {
  return createTemplateAction({
    id: 'llm-inference:retire',
    description:
      'Prepares a pull request that removes an LLM service: lists the files that go (manifests, overlays, catalog entry) and writes what stays with other content. A repository of its own keeps a README that says so. Says who uses the service, how it serves and how much it does at the moment. Deletes nothing itself.',
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
        deletePath: z =>
          z.string({
            description:
              'Folder of the workspace with the files to delete, for an action that deletes what it finds (GitLab)',
          }),
        updatePath: z =>
          z.string({
            description:
              'Folder of the workspace with the files that stay, with their new content',
          }),
        updates: z =>
          z.array(z.string(), {
            description:
              'Files that stay with new content, with paths of the repository; none in a shared repository, as a rule',
          }),
        registration: z =>
          z
            .string({
              description:
                "The Location entity by which the catalog has the file's address registered",
            })
            .optional(),
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
      const registration = await options.sources.registration(
        entityRef,
        credentials,
      );
      const { remove, rewrite, notes } = planRetirement(
        source,
        registration !== undefined,
      );
      const inPlace = ({ path }: SourceFile) => inRepository(location, path);
      const filesToDelete = remove.map(inPlace);
      const updates = rewrite.map(inPlace);
      const consumers = await options.sources.consumers(entity, credentials);
      const use = await currentUse(options.statuses, entityRef, credentials);
      const description = [
        `Removes the LLM service \`${name}\`: its manifests, its overlays and its entries in the catalog. The pods go once the GitOps controller has seen it; the weights stay where they are.`,
        '',
        ...notes.map(note => `- ${note}`),
        '',
        consumers.length
          ? `**Used by ${consumers.map(ref => `\`${ref}\``).join(', ')}.**`
          : 'No entity says that it uses the service.',
        '',
        'How it serves now:',
        '',
        ...fencedText(use.map(line => inertLine(line, 1_000))),
        '',
      ].join('\n');
      ctx.logger.info(description);
      const put = (folder: string) => (file: SourceFile) => ({
        path: `${folder}/${inPlace(file)}`,
        content: file.content,
      });
      // An action that looks for files has to find the folder, with nothing in it too.
      await mkdir(resolveSafeChildPath(ctx.workspacePath, UPDATE_PATH), {
        recursive: true,
      });
      await writeFolder(ctx.workspacePath, [
        ...remove.map(put(DELETE_PATH)),
        ...rewrite.map(put(UPDATE_PATH)),
      ]);
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
      ctx.output('deletePath', DELETE_PATH);
      ctx.output('updates', updates);
      ctx.output('updatePath', UPDATE_PATH);
      if (registration) ctx.output('registration', registration);
      ctx.output('consumers', consumers);
    },
  });
}
