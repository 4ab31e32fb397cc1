import { z } from 'zod/v4';
import type {
  EntityStatus,
  Freshness,
  ServiceList,
  ServiceStatus,
  ServiceSummary,
} from 'backstage-plugin-llm-inference-common';
import type { ServicesPage } from 'backstage-plugin-llm-inference-node';
import { clusterStatus } from './clusterSchemas';
import { driftState, serviceDrift } from './driftSchemas';
import {
  causeId,
  endpoint,
  serviceRef,
  servingHealth,
  severity,
  summaryPart,
  verdict,
} from './healthSchemas';
import { wireRegistry } from './wireRegistry';

const freshness: z.ZodType<Freshness> = z
  .strictObject({
    state: z.enum(['Live', 'Syncing', 'Stale']),
    asOf: z.string(),
    message: z.string().optional(),
  })
  .register(wireRegistry, { id: 'Freshness' });

const model = z.strictObject({
  uri: z.string().optional(),
  name: z.string().optional(),
});

/** One service as it stands. */
export const serviceStatus: z.ZodType<ServiceStatus> = z
  .strictObject({
    service: serviceRef,
    version: z.string(),
    health: servingHealth,
    freshness,
    binding: z.enum(['Verified', 'Annotation']).optional(),
    entityRef: z.string().optional(),
    model: model.optional(),
    apiVersion: z.string().optional(),
    drift: serviceDrift.optional(),
  })
  .register(wireRegistry, { id: 'ServiceStatus' });

/** The services of an entity. */
export const entityStatus: z.ZodType<EntityStatus> = z
  .strictObject({
    entityRef: z.string(),
    services: z.array(serviceStatus),
    clusters: z.array(clusterStatus),
    reason: z
      .enum(['NotFound', 'BindingNotVerified', 'Syncing', 'Unreachable'])
      .optional(),
  })
  .register(wireRegistry, { id: 'EntityStatus' });

const counts = z.strictObject({
  desired: z.number().nullable(),
  ready: z.number().nullable(),
});

const serviceSummary: z.ZodType<ServiceSummary> = z
  .strictObject({
    service: serviceRef,
    version: z.string(),
    verdict,
    summary: z.string(),
    rootCause: z
      .strictObject({ id: causeId, severity, title: z.string() })
      .optional(),
    summaryParts: z.array(summaryPart).optional(),
    disaggregated: z.boolean(),
    pools: z.strictObject({
      decode: counts.optional(),
      prefill: counts.optional(),
    }),
    model: model.optional(),
    entityRef: z.string().optional(),
    owner: z.string().optional(),
    freshness,
    endpoints: z.array(endpoint).optional(),
    drift: driftState.optional(),
  })
  .register(wireRegistry, { id: 'ServiceSummary' });

/** A page of the fleet. */
export const serviceList: z.ZodType<ServiceList> = z
  .strictObject({
    items: z.array(serviceSummary),
    total: z.number().int(),
    counts: z.partialRecord(verdict, z.number().int()),
    clusters: z.array(clusterStatus),
  })
  .register(wireRegistry, { id: 'ServiceList' });

/** A page of services as the catalog reads them. */
export const servicesPage: z.ZodType<ServicesPage> = z
  .strictObject({
    items: z.array(
      z.strictObject({
        service: serviceRef,
        claimedEntity: z.string().optional(),
        disaggregated: z.boolean(),
        stopped: z.boolean(),
        model: model.optional(),
        endpoints: z.array(endpoint),
        labels: z.record(z.string(), z.string()),
        annotations: z.record(z.string(), z.string()),
      }),
    ),
    next: z.string().optional(),
    clusters: z.array(
      z.strictObject({ name: z.string(), complete: z.boolean() }),
    ),
    complete: z.boolean(),
  })
  .register(wireRegistry, { id: 'ServicesPage' });
