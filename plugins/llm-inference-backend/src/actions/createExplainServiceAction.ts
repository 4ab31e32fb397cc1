import { requireCounted } from '../status/Visibility';
import type { ActionDeps } from './ActionDeps';
import { auditedAction } from './auditedAction';

/** Explains the state of one LLM service, for agents. */
export function createExplainServiceAction(deps: ActionDeps): void {
  const { actionsRegistry, reader } = deps;
  actionsRegistry.register({
    name: 'explain-llm-service',
    title: 'Explain an LLM service',
    description: `Explains whether one LLM inference service serves and, if not, why: verdict, causes with explanation, remedy and evidence, both pools, the way of the KV cache and the router.

## When to use
When somebody asks why a model is slow, degraded or not available. Take cluster, namespace and name from list-llm-services. The first cause is the most fundamental; suggest its remedy first.`,
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z.object({
          cluster: z.string().max(256).describe('Name of the cluster'),
          namespace: z.string().max(256),
          name: z.string().max(256).describe('Name of the service'),
        }),
      output: z =>
        z.object({
          verdict: z.string(),
          summary: z.string(),
          observedAt: z.string(),
          stale: z.boolean(),
          causes: z.array(
            z.object({
              id: z.string(),
              severity: z.string(),
              title: z.string(),
              explanation: z.string(),
              remedy: z.string(),
              subjects: z.array(z.string()),
              evidence: z.array(z.string()),
            }),
          ),
          pools: z.record(
            z.string(),
            z.object({
              ready: z.number().nullable(),
              desired: z.number().nullable(),
              topology: z.string(),
            }),
          ),
          kvTransfer: z.object({
            configuration: z.string(),
            fabric: z.string(),
            effectiveness: z.string(),
          }),
          router: z.record(z.string(), z.string()),
        }),
    },
    async action({ input, credentials }) {
      const visible = await auditedAction(
        deps,
        {
          eventId: 'service-read',
          action: 'explain-llm-service',
          meta: { ...input },
        },
        credentials,
        () => requireCounted(input, deps, credentials),
      );
      const { health, freshness } = reader.service(visible);
      const { configuration, fabric, effectiveness } = health.kvTransfer;
      return {
        output: {
          verdict: health.verdict,
          summary: health.summary,
          observedAt: health.observedAt,
          stale: freshness.state !== 'Live',
          causes: health.causes.map(cause => ({
            id: cause.id,
            severity: cause.severity,
            title: cause.title,
            explanation: cause.explanation,
            remedy: cause.remedy,
            subjects: cause.subjects,
            evidence: cause.evidence.map(
              ({ object, quote }) => `${object}: ${quote}`,
            ),
          })),
          pools: Object.fromEntries(
            Object.entries(health.pools).map(([name, pool]) => [
              name,
              {
                ready: pool.ready,
                desired: pool.desired,
                topology: pool.topology,
              },
            ]),
          ),
          kvTransfer: { configuration, fabric, effectiveness },
          router: Object.fromEntries(
            Object.entries(health.router).map(([part, { state }]) => [
              part,
              state,
            ]),
          ),
        },
      };
    },
  });
}
