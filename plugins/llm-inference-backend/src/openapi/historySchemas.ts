import { z } from 'zod/v4';
import type {
  Timeline,
  Transition,
} from 'backstage-plugin-llm-inference-common';
import { causeId, serviceRef, verdict } from './healthSchemas';
import { wireRegistry } from './wireRegistry';

const transition: z.ZodType<Transition> = z
  .strictObject({
    service: serviceRef,
    at: z.string(),
    previousVerdict: verdict.optional(),
    verdict,
    rootCause: causeId.optional(),
    summary: z.string(),
  })
  .register(wireRegistry, { id: 'Transition' });

/** Changes of verdicts. */
export const transitionList = z
  .strictObject({ items: z.array(transition) })
  .register(wireRegistry, { id: 'TransitionList' });

/** The verdicts of a service over a window. */
export const timeline: z.ZodType<Timeline> = z
  .strictObject({
    service: serviceRef,
    from: z.string(),
    until: z.string(),
    segments: z.array(
      z.strictObject({
        from: z.string(),
        until: z.string(),
        verdict: verdict.optional(),
        rootCause: causeId.optional(),
      }),
    ),
    transitions: z.array(transition),
    truncated: z.boolean(),
    availability: z.strictObject({
      seconds: z.partialRecord(verdict, z.number()),
      unobservedSeconds: z.number(),
      ratio: z.number().min(0).max(1).nullable(),
    }),
  })
  .register(wireRegistry, { id: 'Timeline' });
