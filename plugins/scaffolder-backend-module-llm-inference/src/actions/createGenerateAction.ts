import { createTemplateAction } from '@backstage/plugin-scaffolder-node';

import { examples } from './generate.examples';
import { proveRequest, type CreatingOptions } from './proveRequest';
import { outputPullRequest, pullRequestOutput } from './pullRequest';
import { requestInput } from './requestInput';
import { writeFolder } from './writeFolder';

/** `llm-inference:generate`: writes the folder of a new service into the workspace. */
export function createGenerateAction(options: CreatingOptions) {
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
      // All of it exists, and is proved, before any of it is written.
      const { files, layout, pullRequest } = await proveRequest(ctx, options);
      const folder = layout === 'own' ? '' : `${pullRequest.folder}/`;
      const written = files.map(({ path, content }) => ({
        path: `${folder}${path}`,
        content,
      }));
      await writeFolder(ctx.workspacePath, written);
      for (const { path } of written) ctx.logger.info(`wrote ${path}`);

      outputPullRequest(ctx, pullRequest);
      ctx.output(
        'files',
        written.map(({ path }) => path),
      );
    },
  });
}
