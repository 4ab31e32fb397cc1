import { setTimeout as sleep } from 'node:timers/promises';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { EntityStatus } from 'backstage-plugin-llm-inference-common';

import type { ServiceStatuses } from '../planner/ServiceStatuses';
import { examples } from './waitForHealth.examples';

const LONGEST_SECONDS = 7_200;

/** `llm-inference:wait-for-health`: waits until a service serves, for flows that merge by themselves. */
export function createWaitForHealthAction(options: {
  statuses: ServiceStatuses;
}) {
  return createTemplateAction({
    id: 'llm-inference:wait-for-health',
    description:
      'Waits until the LLM service of an entity is healthy in every cluster. For flows that merge by themselves: it is bounded and never waits for a person.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        entityRef: z =>
          z.string({ description: 'The entity that stands for the service' }),
        timeoutSeconds: z =>
          z
            .number({
              description: 'Gives up after this long; 1800 where absent',
            })
            .int()
            .min(1)
            .max(LONGEST_SECONDS)
            .optional(),
        intervalSeconds: z =>
          z
            .number({ description: 'Time between two looks; 10 where absent' })
            .min(0.05)
            .max(300)
            .optional(),
      },
      output: {
        verdict: z => z.string({ description: 'Healthy' }),
        summary: z => z.string({ description: 'The service in one sentence' }),
      },
    },
    async handler(ctx) {
      const {
        entityRef,
        timeoutSeconds = 1_800,
        intervalSeconds = 10,
      } = ctx.input;
      if (ctx.isDryRun) {
        ctx.logger.info(`dry run: would wait for ${entityRef}`);
        ctx.output('verdict', 'Healthy');
        ctx.output('summary', 'dry run');
        return;
      }
      const credentials = await ctx.getInitiatorCredentials();
      const deadline = Date.now() + timeoutSeconds * 1000;
      let last = '';
      for (;;) {
        const status = await options.statuses.of(
          entityRef,
          credentials,
          ctx.signal,
        );
        const line = describe(status);
        if (line !== last) ctx.logger.info(line);
        last = line;
        if (isHealthy(status)) {
          ctx.output('verdict', 'Healthy');
          ctx.output('summary', line);
          return;
        }
        if (Date.now() + intervalSeconds * 1000 > deadline) {
          throw new Error(
            `${entityRef} is not healthy after ${timeoutSeconds} s: ${line}`,
          );
        }
        await sleep(intervalSeconds * 1000, undefined, { signal: ctx.signal });
      }
    },
  });
}

function isHealthy({ services }: EntityStatus): boolean {
  return (
    services.length > 0 &&
    services.every(({ health }) => health.verdict === 'Healthy')
  );
}

function describe({ services, reason }: EntityStatus): string {
  if (services.length === 0) return `not seen yet (${reason ?? 'no service'})`;
  return services
    .map(
      ({ service, health }) =>
        `${service.cluster}: ${health.verdict}: ${health.summary}`,
    )
    .join('; ');
}
