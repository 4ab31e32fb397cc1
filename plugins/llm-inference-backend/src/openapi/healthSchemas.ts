import { z } from 'zod/v4';
import {
  CAUSE_IDS,
  SUMMARY_SAYINGS,
  VERDICTS,
} from 'backstage-plugin-llm-inference-common';
import type {
  CauseId,
  ServiceRef,
  ServingHealth,
  SummaryPart,
} from 'backstage-plugin-llm-inference-common';

import { wireRegistry } from './wireRegistry';

const count = z.number().int().min(0).nullable();

export const serviceRef: z.ZodType<ServiceRef> = z
  .strictObject({
    cluster: z.string(),
    namespace: z.string(),
    name: z.string(),
  })
  .register(wireRegistry, { id: 'ServiceRef' });

export const verdict = z
  .enum(VERDICTS)
  .register(wireRegistry, { id: 'Verdict' });

export const severity = z.enum(['Critical', 'Warning', 'Info']);

export const causeId = z
  .enum(Object.values(CAUSE_IDS).flat() as [CauseId, ...CauseId[]])
  .register(wireRegistry, { id: 'CauseId' });

const pool = z.enum(['decode', 'prefill', 'scheduler']);

const evidence = z
  .strictObject({
    kind: z.enum([
      'Condition',
      'Event',
      'ContainerStatus',
      'Log',
      'Metric',
      'Spec',
      'Access',
    ]),
    object: z.string(),
    quote: z.string().max(512),
    at: z.string().optional(),
  })
  .register(wireRegistry, { id: 'Evidence' });

const words = z.record(z.string(), z.string());

const cause = z
  .strictObject({
    id: causeId,
    severity,
    pool: pool.optional(),
    subjects: z.array(z.string()),
    title: z.string(),
    explanation: z.string(),
    remedy: z.string(),
    evidence: z.array(evidence),
    words: words.optional(),
  })
  .register(wireRegistry, { id: 'Cause' });

/** A part of a summary as data. */
export const summaryPart: z.ZodType<SummaryPart> = z
  .strictObject({
    says: z.enum(SUMMARY_SAYINGS),
    cause: causeId.optional(),
    words,
  })
  .register(wireRegistry, { id: 'SummaryPart' });

const podHealth = z
  .strictObject({
    name: z.string(),
    phase: z.string(),
    ready: z.boolean(),
    terminating: z.boolean(),
    restarts: z.number(),
    node: z.string().optional(),
    createdAt: z.string().optional(),
    group: z.number().optional(),
    updated: z.boolean().optional(),
    gpu: z.number().optional(),
    rdma: z.number().optional(),
    image: z.string().optional(),
    imageDigest: z.string().optional(),
    reason: z.string().optional(),
  })
  .register(wireRegistry, { id: 'PodHealth' });

const poolHealth = z
  .strictObject({
    topology: z.enum(['SingleNode', 'MultiNode']),
    workload: z.string().optional(),
    desired: count,
    updated: count,
    ready: count,
    available: count,
    restarts: z.number(),
    containers: z.array(z.string()).optional(),
    pods: z.array(podHealth),
  })
  .register(wireRegistry, { id: 'PoolHealth' });

const routerPart = z
  .strictObject({
    state: z.enum([
      'Ready',
      'NotReady',
      'Progressing',
      'NotConfigured',
      'Unknown',
    ]),
    reason: z.string().optional(),
  })
  .register(wireRegistry, { id: 'RouterPartHealth' });

const condition = z
  .strictObject({
    type: z.string(),
    status: z.string(),
    reason: z.string().optional(),
    message: z.string().optional(),
    lastTransitionTime: z.string().optional(),
    stale: z.boolean().optional(),
  })
  .register(wireRegistry, { id: 'ReportedCondition' });

export const endpoint = z
  .strictObject({
    name: z.string().optional(),
    url: z.string(),
    models: z.array(z.string()),
  })
  .register(wireRegistry, { id: 'Endpoint' });

export const servingHealth: z.ZodType<ServingHealth> = z
  .strictObject({
    service: serviceRef,
    verdict,
    summary: z.string(),
    summaryParts: z.array(summaryPart).optional(),
    disaggregated: z.boolean(),
    pools: z.strictObject({
      decode: poolHealth.optional(),
      prefill: poolHealth.optional(),
    }),
    kvTransfer: z.strictObject({
      configuration: z.enum([
        'Paired',
        'DecodeOnly',
        'PrefillOnly',
        'None',
        'Mismatched',
        'Unknown',
      ]),
      fabric: z.enum(['Rdma', 'Tcp', 'Unverified']),
      effectiveness: z.enum([
        'Effective',
        'Suspect',
        'Bypassed',
        'Idle',
        'Unmeasurable',
      ]),
      bytesPerSecond: z.number().optional(),
      evidence: z.array(evidence),
    }),
    router: z.strictObject({
      scheduler: routerPart,
      inferencePool: routerPart,
      route: routerPart,
      gateway: routerPart,
    }),
    causes: z.array(cause),
    conditions: z.array(condition),
    endpoints: z.array(endpoint),
    observedAt: z.string(),
  })
  .register(wireRegistry, { id: 'ServingHealth' });
