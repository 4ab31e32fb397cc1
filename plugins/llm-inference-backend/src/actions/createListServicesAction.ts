import { VERDICTS } from 'backstage-plugin-llm-inference-common';
import { listServices } from '../status/listServices';
import { visibleServices } from '../status/Visibility';
import type { ActionDeps } from './ActionDeps';
import { auditedAction } from './auditedAction';

/** Lists LLM services with their verdict, for agents. */
export function createListServicesAction(deps: ActionDeps): void {
  const { actionsRegistry, board, gate, reader } = deps;
  actionsRegistry.register({
    name: 'list-llm-services',
    title: 'List LLM services',
    description: `Lists the LLM inference services (KServe LLMInferenceService) of all clusters that the caller may see, worst first, each with its verdict, one sentence and the ready and desired replicas of both pools.

## When to use
To find out which models are served, where, and which of them have a problem. Use explain-llm-service for the reason of one.

A verdict is one of ${VERDICTS.join(', ')}.`,
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z.object({
          text: z
            .string()
            .max(256)
            .optional()
            .describe('Part of a name, namespace, cluster, model or owner'),
          verdict: z
            .enum(VERDICTS)
            .optional()
            .describe('Only services with this verdict'),
          cluster: z
            .string()
            .max(256)
            .optional()
            .describe('Only services of this cluster'),
          limit: z.coerce
            .number()
            .int()
            .min(1)
            .max(200)
            .optional()
            .describe('At most this many; 50 where absent'),
        }),
      output: z =>
        z.object({
          total: z.number().describe('Services that match'),
          counts: z.record(z.string(), z.number()).describe('By verdict'),
          services: z.array(
            z.object({
              cluster: z.string(),
              namespace: z.string(),
              name: z.string(),
              verdict: z.string(),
              summary: z.string(),
              rootCause: z.string().optional(),
              model: z.string().optional(),
              entityRef: z.string().optional(),
              owner: z.string().optional(),
              decode: z.string().optional().describe('ready/desired'),
              prefill: z.string().optional().describe('ready/desired'),
              stale: z
                .boolean()
                .describe('True where the cluster cannot be watched now'),
            }),
          ),
        }),
    },
    examples: [
      {
        title: 'What cannot answer requests',
        input: { verdict: 'Unavailable' },
      },
    ],
    async action({ input, credentials }) {
      const visible = await auditedAction(
        deps,
        { eventId: 'service-list', action: 'list-llm-services', meta: {} },
        credentials,
        () => visibleServices(board.all(), gate, credentials),
      );
      const { items, total, counts } = listServices(
        visible.map(service => reader.summary(service)),
        {
          text: input.text,
          verdict: input.verdict ? [input.verdict] : undefined,
          cluster: input.cluster ? [input.cluster] : undefined,
          limit: input.limit,
        },
      );
      return {
        output: {
          total,
          counts: Object.fromEntries(Object.entries(counts)),
          services: items.map(item => ({
            ...item.service,
            verdict: item.verdict,
            summary: item.summary,
            rootCause: item.rootCause?.id,
            model: item.model?.name ?? item.model?.uri,
            entityRef: item.entityRef,
            owner: item.owner,
            decode: readyOfDesired(item.pools.decode),
            prefill: readyOfDesired(item.pools.prefill),
            stale: item.freshness.state !== 'Live',
          })),
        },
      };
    },
  });
}

function readyOfDesired(
  pool: { ready: number | null; desired: number | null } | undefined,
): string | undefined {
  return pool && `${pool.ready ?? '?'}/${pool.desired ?? '?'}`;
}
