import { z } from 'zod/v4';

/** Settings under `llmInference.drift`; `config.d.ts` describes each. */
export const driftSchema = z.object({
  enabled: z.boolean({ error: 'must be true or false' }).default(true),
  intervalSeconds: z
    .number({ error: 'must be a number of seconds' })
    .min(10, 'must be at least 10 seconds')
    .max(86_400, 'must be at most 86400 seconds')
    .default(300),
  graceSeconds: z
    .number({ error: 'must be a number of seconds' })
    .min(0, 'must be at least 0 seconds')
    .max(86_400, 'must be at most 86400 seconds')
    .default(120),
  controllerNamespaces: z
    .array(z.string().min(1))
    .default(['argocd', 'openshift-gitops', 'flux-system']),
});

/** Settings of drift, with their defaults. */
export type DriftConfig = z.infer<typeof driftSchema>;
