import { z } from 'zod/v4';

/** The settings under `llmInference.models`. */
export const modelsSchema = z.strictObject({
  baseUrl: z
    .url({
      protocol: /^https?$/,
      error: 'must be a URL that begins with http:// or https://',
    })
    .optional(),
  token: z.string().min(1).optional(),
  allowPrivateHosts: z
    .boolean({ error: 'must be true or false' })
    .default(false),
});

/** Where the configurations of models are read. */
export type ModelsConfig = z.output<typeof modelsSchema>;
