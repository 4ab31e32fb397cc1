import { z } from 'zod/v4';

import {
  poolEngineArguments,
  sharedEngineArguments,
} from '../spec/EngineArguments';
import { cpuQuantity, memoryQuantity, pinnedImage } from '../spec/fields';

const range = (quantity: typeof cpuQuantity) =>
  z.strictObject({ request: quantity, limit: quantity }).partial().optional();

const poolChange = z
  .strictObject({
    replicas: z.int().min(1).max(1000).optional(),
    cpu: range(cpuQuantity),
    memory: range(memoryQuantity),
    arguments: poolEngineArguments.optional(),
  })
  .optional();

export const serviceChange = z.strictObject({
  decode: poolChange,
  prefill: poolChange,
  /** Image of both pools; they must run the same. */
  image: pinnedImage.optional(),
  /** vLLM arguments of both pools. */
  engine: sharedEngineArguments.optional(),
  /** True takes all pods away and keeps the service; false starts it again. */
  stopped: z.boolean().optional(),
});

/**
 * What can be changed in the manifests of a live service. Absent fields stay as they are.
 *
 * @public
 */
export type ServiceChange = z.input<typeof serviceChange>;

/** One field that a change touches, in words. @public */
export interface ChangedField {
  /** For example `decode replicas`. */
  what: string;
  before?: string;
  after?: string;
}
