import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { z } from 'zod/v4';
import { driftSchema } from '../drift/DriftConfig';
import { metricsSchema } from '../metrics/MetricsConfig';
import { modelsSchema } from '../models/ModelsConfig';

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

const httpUrl = z.url({
  protocol: /^https?$/,
  error: 'must be a URL that begins with http:// or https://',
});

function seconds(least: number, most: number) {
  return z
    .number({ error: 'must be a number of seconds' })
    .min(least, `must be at least ${counted(least)}`)
    .max(most, `must be at most ${counted(most)}`);
}

function counted(amount: number): string {
  return amount === 1 ? '1 second' : `${amount} seconds`;
}

const schema = z.object({
  clusters: z.array(z.string().min(1)).optional(),
  namespaces: z
    .array(
      z
        .string()
        .regex(DNS_LABEL, 'is not the name of a namespace (a-z, 0-9 and -)'),
    )
    .optional(),
  entityBinding: z
    .enum(['verified', 'annotation'], {
      error: "must be 'verified' or 'annotation'",
    })
    .default('verified'),
  /** Read by `parseProfiles`, which names each wrong key itself. */
  profiles: z.unknown().optional(),
  watch: z
    .object({
      reprobeSeconds: seconds(1, 3600).default(30),
      startupSeconds: seconds(0, 300).default(10),
      lifetimeSeconds: seconds(1, 300).default(35),
      answerSeconds: seconds(1, 60).default(15),
    })
    .prefault({}),
  notifications: z
    .object({ debounceSeconds: seconds(0, 3600).default(60) })
    .prefault({}),
  logs: z
    .object({
      enabled: z.boolean({ error: 'must be true or false' }).default(false),
      evidence: z.boolean({ error: 'must be true or false' }).default(false),
    })
    .prefault({}),
  metrics: metricsSchema.prefault({}),
  models: modelsSchema.prefault({}),
  verifyPd: z
    .object({
      enabled: z.boolean({ error: 'must be true or false' }).default(false),
      gateways: z
        .array(z.strictObject({ from: httpUrl, to: httpUrl }))
        .default([]),
    })
    .prefault({}),
  validation: z
    .object({
      serverDryRun: z
        .boolean({ error: 'must be true or false' })
        .default(false),
    })
    .prefault({}),
  drift: driftSchema.prefault({}),
  history: z
    .object({
      retentionDays: z
        .number({ error: 'must be a number of days' })
        .min(1, 'must be at least 1 day')
        .max(3650, 'must be at most 3650 days')
        .default(30),
    })
    .prefault({}),
});

/** The settings under `llmInference`, with their defaults; `config.d.ts` describes each. */
export type LlmInferenceConfig = z.infer<typeof schema>;

/** Reads `llmInference`. Throws one error that names key, value and what is expected. */
export function readLlmInferenceConfig(config: Config): LlmInferenceConfig {
  const section = config.getOptional('llmInference') ?? {};
  const result = schema.safeParse(section);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const key = ['llmInference', ...issue.path].join('.');
  const value = issue.path.reduce<unknown>(
    (from, name) => (from as Record<PropertyKey, unknown>)?.[name],
    section,
  );
  throw new InputError(
    `Invalid configuration: ${key} is ${JSON.stringify(
      value,
    )}, but it ${expectation(issue.message)}. Correct it in app-config.yaml.`,
  );
}

/** Our own messages continue the sentence; the schema library's stand on their own. */
function expectation(message: string): string {
  return /^(must|is) /.test(message) ? message : `is not valid: ${message}`;
}
