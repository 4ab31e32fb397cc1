import { z } from 'zod/v4';

import { memoryQuantity } from './fields';

export const kvTransferSpec = z.strictObject({
  /** What decode does when a transfer fails: refuse the request, or compute the prompt itself. */
  loadFailurePolicy: z.enum(['fail', 'recompute']).optional(),
  /** Where the connector stages the cache; absent means vLLM's default for the device. */
  bufferDevice: z.enum(['cuda', 'cpu', 'xpu']).optional(),
  backends: z
    .array(z.enum(['UCX', 'LIBFABRIC']))
    .min(1)
    .max(1)
    .optional(),
  /** First TCP port of the handshake between the pools; each data parallel rank adds one. */
  sideChannelPort: z.int().min(1024).max(65_000).default(5600),
  /** Keeps evicted KV blocks in host memory: a MultiConnector of Nixl and Offloading, in both pools. */
  offloading: z.strictObject({ cpu: memoryQuantity }).optional(),
});

/** How the KV cache moves, complete. @public */
export type KvTransferSpec = z.output<typeof kvTransferSpec>;
