import { z } from 'zod/v4';

import {
  poolEngineArguments,
  sharedEngineArguments,
} from '../spec/EngineArguments';
import {
  cpuQuantity,
  extendedResource,
  memoryQuantity,
  pinnedImage,
} from '../spec/fields';
import { pdServiceSpec } from '../spec/PdServiceSpec';

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
  /** Image of both pools; they must run the same. `preset` goes back to the one of KServe's preset. */
  image: z.union([z.literal('preset'), pinnedImage]).optional(),
  /** vLLM arguments of both pools. */
  engine: sharedEngineArguments.optional(),
  /** Time for download, load and compilation of both pools before a start counts as failed. */
  startupBudgetSeconds:
    pdServiceSpec.shape.pods.unwrap().shape.startupBudgetSeconds,
  /** The extended resource by which both pools get their share of the RDMA devices. */
  rdma: z
    .strictObject({
      resource: extendedResource,
      count: z.int().min(1).max(64).optional(),
    })
    .optional(),
  /** Prefill produces the KV cache and decode consumes it. */
  kvRoles: z.literal('producer-consumer').optional(),
  /** Each engine names its own address to the other pool. */
  sideChannelHost: z.literal('pod-ip').optional(),
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
