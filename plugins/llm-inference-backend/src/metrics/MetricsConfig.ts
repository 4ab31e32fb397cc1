import { z } from 'zod/v4';

const LABEL = /^[a-zA-Z_]\w*$/;

const label = z
  .string()
  .regex(LABEL, 'is not the name of a label (letters, digits and _)');

const clusters = z.array(z.string().min(1)).optional();

const podProxy = z.strictObject({
  type: z.literal('podProxy'),
  clusters,
  concurrency: z
    .number({ error: 'must be a number of pods' })
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .max(100, 'must be at most 100')
    .default(8),
});

const prometheus = z.strictObject({
  type: z.literal('prometheus'),
  clusters,
  baseUrl: z.url({
    protocol: /^https?$/,
    error: 'must be a URL that begins with http:// or https://',
  }),
  auth: z
    .discriminatedUnion('type', [
      z.strictObject({ type: z.literal('bearer'), token: z.string().min(1) }),
      z.strictObject({
        type: z.literal('basic'),
        username: z.string().min(1),
        password: z.string().min(1),
      }),
    ])
    .optional(),
  tenant: z
    .strictObject({
      header: z
        .string()
        .regex(/^[A-Za-z][\w-]*$/, 'is not the name of a header')
        .default('X-Scope-OrgID'),
      value: z.string().regex(/^[\x20-\x7e]+$/, 'is not a value of a header'),
    })
    .optional(),
  /** Labels that name namespace and pod on every series. */
  labels: z
    .strictObject({
      namespace: label.default('namespace'),
      pod: label.default('pod'),
    })
    .prefault({}),
  /** Label and value that tell this cluster from others in the same Prometheus. */
  clusterLabel: z
    .strictObject({ name: label, value: z.string().min(1) })
    .optional(),
  concurrency: z
    .number({ error: 'must be a number of queries' })
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .max(32, 'must be at most 32')
    .default(4),
});

/** `llmInference.metrics`; without sources nothing is measured and nothing is asked. */
export const metricsSchema = z.strictObject({
  intervalSeconds: z
    .number({ error: 'must be a number of seconds' })
    .min(2, 'must be at least 2 seconds')
    .max(300, 'must be at most 300 seconds')
    .default(30),
  retentionMinutes: z
    .number({ error: 'must be a number of minutes' })
    .min(5, 'must be at least 5 minutes')
    .max(360, 'must be at most 360 minutes')
    .default(60),
  sources: z
    .array(
      z.discriminatedUnion('type', [podProxy, prometheus], {
        error: 'must have a type: podProxy or prometheus',
      }),
    )
    .default([]),
});

/** Settings of the measurements. */
export type MetricsConfig = z.infer<typeof metricsSchema>;

/** Settings of one source. */
export type SourceConfig = MetricsConfig['sources'][number];

/** Settings of a Prometheus. */
export type PrometheusConfig = z.infer<typeof prometheus>;

/** The source of a cluster: the first that names it, or that names none. */
export function sourceOf(
  { sources }: MetricsConfig,
  cluster: string,
): SourceConfig | undefined {
  return sources.find(source => source.clusters?.includes(cluster) ?? true);
}
