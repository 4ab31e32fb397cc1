import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  lintManifests,
  type Finding,
} from 'backstage-plugin-llm-inference-common';
import { parseAllDocuments, stringify } from 'yaml';

import type { ServiceStatuses } from '../planner/ServiceStatuses';
import { examples } from './validate.examples';

const FAILING: Record<'error' | 'warning' | 'never', string[]> = {
  error: ['error'],
  warning: ['error', 'warning'],
  never: [],
};

/** `llm-inference:validate`: judges the manifests in the workspace. */
export function createValidateAction(options: { statuses: ServiceStatuses }) {
  return createTemplateAction({
    id: 'llm-inference:validate',
    description:
      'Checks the LLMInferenceServices among the YAML files of the workspace, also hand-written ones, and fails on errors. With a cluster, its API server is asked too, without anything being created.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        path: z =>
          z
            .string({
              description: 'Folder of the workspace; all of it if absent',
            })
            .optional(),
        kserveVersion: z =>
          z
            .string({ description: 'Release of KServe, for example 0.20' })
            .optional(),
        cluster: z =>
          z
            .string({
              description:
                'Cluster that is asked by a dry run whether it would take the services; none is asked if absent',
            })
            .optional(),
        failOn: z =>
          z
            .enum(['error', 'warning', 'never'], {
              description:
                'Level from which on the step fails; error where absent',
            })
            .optional(),
      },
      output: {
        findings: z =>
          z
            .array(z.record(z.unknown()))
            .describe('Id, level, path, message and fix of each finding'),
        dryRun: z =>
          z
            .array(z.record(z.unknown()))
            .optional()
            .describe('What the cluster says to each service'),
      },
    },
    async handler(ctx) {
      const root = resolveSafeChildPath(
        ctx.workspacePath,
        ctx.input.path ?? '.',
      );
      const objects: unknown[] = [];
      for (const file of await yamlFiles(root)) {
        const name = relative(ctx.workspacePath, file).split(sep).join('/');
        for (const document of parseAllDocuments(await readFile(file, 'utf8'), {
          logLevel: 'silent',
        })) {
          if (document.errors.length > 0) {
            throw new InputError(
              `path: ${name} is not valid YAML: ${document.errors[0].message}`,
            );
          }
          objects.push(document.toJS());
        }
      }
      const services = objects.filter(
        object =>
          (object as { kind?: string } | null)?.kind === 'LLMInferenceService',
      );
      if (services.length === 0) {
        throw new InputError(
          `path: '${
            ctx.input.path ?? '.'
          }' of the workspace holds no LLMInferenceService`,
        );
      }
      const findings = lintManifests(objects, {
        kserveVersion: ctx.input.kserveVersion,
      });
      for (const finding of findings) ctx.logger.info(inWords(finding));
      ctx.output('findings', JSON.parse(JSON.stringify(findings)));
      const failing = findings.filter(({ level }) =>
        FAILING[ctx.input.failOn ?? 'error'].includes(level),
      );
      if (failing.length > 0) {
        throw new InputError(failing.map(inWords).join('\n'));
      }
      const { cluster } = ctx.input;
      if (cluster === undefined) return;
      const client = options.statuses.client(
        await ctx.getInitiatorCredentials(),
      );
      const { dryRun = [] } = await client.validateManifests(
        {
          cluster,
          dryRun: true,
          manifests: services
            .filter(isWhole)
            .map(service =>
              stringify(service, { aliasDuplicateObjects: false }),
            )
            .join('---\n'),
        },
        { signal: ctx.signal },
      );
      ctx.output('dryRun', JSON.parse(JSON.stringify(dryRun)));
      const refused = dryRun.filter(({ accepted }) => !accepted);
      for (const { object, accepted } of dryRun) {
        if (accepted) ctx.logger.info(`${cluster} would take ${object}`);
      }
      if (refused.length > 0) {
        throw new InputError(
          refused
            .map(
              ({ object, message }) =>
                `cluster: ${cluster} refuses ${object}: ${message}`,
            )
            .join('\n'),
        );
      }
    },
  });
}

/** A patch of an overlay is of the same kind, but says only what differs. */
function isWhole(service: unknown): boolean {
  return Boolean((service as { spec?: { model?: unknown } }).spec?.model);
}

function inWords({ level, id, object, path, message, fix }: Finding): string {
  return `${level} ${id}: ${object} ${path}: ${message} ${fix}`;
}

async function yamlFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .filter(({ name }) => name !== '.git' && name !== 'node_modules')
      .map(entry => {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) return yamlFiles(path);
        return entry.isFile() && /\.ya?ml$/.test(entry.name) ? [path] : [];
      }),
  );
  return found.flat();
}
