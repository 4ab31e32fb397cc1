import { z } from 'zod/v4';
import type {
  ClusterCapabilities,
  ClusterStatus,
} from 'backstage-plugin-llm-inference-common';
import { wireRegistry } from './wireRegistry';

const sourceState = z
  .enum([
    'Syncing',
    'Live',
    'Stale',
    'Forbidden',
    'NotServed',
    'Unreachable',
    'AuthFailed',
    'Unsupported',
  ])
  .register(wireRegistry, { id: 'SourceState' });

/** A cluster and the state of its connection. */
export const clusterStatus: z.ZodType<ClusterStatus> = z
  .strictObject({
    name: z.string(),
    title: z.string().optional(),
    state: sourceState,
    since: z.string(),
    message: z.string().optional(),
    resources: z.record(
      z.string(),
      z.strictObject({
        state: sourceState,
        since: z.string(),
        message: z.string().optional(),
      }),
    ),
  })
  .register(wireRegistry, { id: 'ClusterStatus' });

/** Every cluster the portal watches. */
export const clusterList = z
  .strictObject({ items: z.array(clusterStatus) })
  .register(wireRegistry, { id: 'ClusterList' });

const offered = z
  .strictObject({
    name: z.string(),
    nodes: z.number().int(),
    allocatable: z.number(),
    free: z.number(),
    largestNode: z.number(),
  })
  .register(wireRegistry, { id: 'OfferedResource' });

/** What a cluster offers to a new service. */
export const clusterCapabilities: z.ZodType<ClusterCapabilities> = z
  .strictObject({
    cluster: z.string(),
    at: z.string(),
    kserve: z.strictObject({
      apiVersion: z.string().optional(),
      version: z.string().optional(),
    }),
    gpus: z.array(offered),
    rdma: z.array(offered),
    networkAttachments: z
      .array(
        z.strictObject({
          namespace: z.string(),
          name: z.string(),
          resourceName: z.string().optional(),
        }),
      )
      .nullable(),
    sriovPolicies: z
      .array(
        z.strictObject({
          name: z.string(),
          resourceName: z.string().optional(),
          isRdma: z.boolean(),
          vfs: z.number().int().optional(),
        }),
      )
      .nullable(),
    gateways: z.array(
      z.strictObject({
        namespace: z.string(),
        name: z.string(),
        programmed: z.boolean(),
      }),
    ),
    unread: z.record(z.string(), z.string()),
  })
  .register(wireRegistry, { id: 'ClusterCapabilities' });
