import { z } from 'zod/v4';
import type { ModelArchitecture } from 'backstage-plugin-llm-inference-common';
import { wireRegistry } from './wireRegistry';

/** What the platform team has on offer. */
export const profileList = z
  .strictObject({
    items: z.array(z.looseObject({ name: z.string(), title: z.string() })),
  })
  .register(wireRegistry, { id: 'ProfileList' });

const modelArchitecture: z.ZodType<ModelArchitecture> = z
  .strictObject({
    name: z.string().optional(),
    kvLayers: z.number().optional(),
    attentionHeads: z.number().optional(),
    kv: z
      .discriminatedUnion('kind', [
        z.strictObject({
          kind: z.literal('heads'),
          kvHeads: z.number(),
          headDim: z.number(),
        }),
        z.strictObject({ kind: z.literal('latent'), width: z.number() }),
      ])
      .optional(),
    sliding: z
      .strictObject({ layers: z.number(), window: z.number() })
      .optional(),
    hasStateLayers: z.boolean().optional(),
    experts: z.number().optional(),
    family: z.string().optional(),
    multimodal: z.boolean().optional(),
    encoderDecoder: z.boolean().optional(),
    parameters: z.number().optional(),
    weightBytes: z.number().optional(),
    weightType: z.string().optional(),
    contextTokens: z.number().optional(),
    source: z.string().optional(),
  })
  .register(wireRegistry, { id: 'ModelArchitecture' });

/** The numbers of a model that sizing reads. */
export const modelNumbers = z
  .strictObject({ architecture: modelArchitecture })
  .register(wireRegistry, { id: 'ModelNumbers' });
