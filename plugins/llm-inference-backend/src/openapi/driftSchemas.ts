import { z } from 'zod/v4';
import type { ServiceDrift } from 'backstage-plugin-llm-inference-common';
import { wireRegistry } from './wireRegistry';

/** How a service stands to Git, in a word. */
export const driftState = z
  .enum(['InSync', 'Differs', 'NotDeployed', 'NotInGit', 'Unknown'])
  .register(wireRegistry, { id: 'DriftState' });

/** How a service stands to Git. */
export const serviceDrift: z.ZodType<ServiceDrift> = z
  .strictObject({
    state: driftState,
    reason: z.string().optional(),
    source: z
      .strictObject({ url: z.string(), revision: z.string().optional() })
      .optional(),
    differences: z.array(
      z.strictObject({
        path: z.string(),
        change: z.enum(['Changed', 'OnlyInGit', 'OnlyInCluster']),
        desired: z.string().optional(),
        live: z.string().optional(),
      }),
    ),
    total: z.number().int(),
    gitOps: z
      .strictObject({
        tool: z.enum(['ArgoCd', 'Flux']),
        kind: z.enum(['Application', 'Kustomization', 'HelmRelease']),
        namespace: z.string(),
        name: z.string(),
        cluster: z.string(),
        sync: z.enum(['Synced', 'OutOfSync', 'Syncing', 'Failed', 'Unknown']),
        health: z.string().optional(),
        revision: z.string().optional(),
        message: z.string().optional(),
        at: z.string().optional(),
      })
      .optional(),
  })
  .register(wireRegistry, { id: 'ServiceDrift' });
