import { z } from 'zod/v4';
import { LINT_IDS } from 'backstage-plugin-llm-inference-common';
import type { ServiceManifest } from 'backstage-plugin-llm-inference-common';
import { serviceRef } from './healthSchemas';
import { wireRegistry } from './wireRegistry';

const finding = z.strictObject({
  id: z.enum(Object.values(LINT_IDS).flat()),
  level: z.enum(['error', 'warning', 'info']),
  object: z.string(),
  path: z.string(),
  message: z.string(),
  fix: z.string(),
  words: z.record(z.string(), z.string()).optional(),
  unverified: z.literal(true).optional(),
});

/** The live manifest with its findings. */
export const serviceManifest: z.ZodType<ServiceManifest> = z
  .strictObject({
    service: serviceRef,
    yaml: z.string(),
    findings: z.array(
      finding.extend({
        line: z.number().int().min(1),
        endLine: z.number().int().min(1),
      }),
    ),
    readAt: z.string(),
    kserveVersion: z.string().optional(),
  })
  .register(wireRegistry, { id: 'ServiceManifest' });

/** What is wrong with a manifest. */
export const validateResponse = z
  .strictObject({
    findings: z.array(finding),
    dryRun: z
      .array(
        z.strictObject({
          object: z.string(),
          accepted: z.boolean(),
          message: z.string().optional(),
        }),
      )
      .optional(),
  })
  .register(wireRegistry, { id: 'ValidateResponse' });

/** The manifest to look at. */
export const validateRequest = z
  .strictObject({
    manifests: z.string(),
    cluster: z.string().optional(),
    dryRun: z.boolean().optional(),
  })
  .register(wireRegistry, { id: 'ValidateRequest' });
