import { z } from 'zod/v4';
import {
  SERIES_IDS,
  SERIES_UNITS,
} from 'backstage-plugin-llm-inference-common';
import type {
  ServiceMetrics,
  VerifyPdResult,
} from 'backstage-plugin-llm-inference-common';
import { serviceRef } from './healthSchemas';
import { wireRegistry } from './wireRegistry';

/** What the engines of a service report. */
export const serviceMetrics: z.ZodType<ServiceMetrics> = z
  .strictObject({
    service: serviceRef,
    source: z.enum(['PodProxy', 'Prometheus', 'Off']),
    intervalSeconds: z.number(),
    windowSeconds: z.number(),
    times: z.array(z.string()),
    series: z.array(
      z.strictObject({
        id: z.enum(SERIES_IDS),
        title: z.string(),
        unit: z.enum(SERIES_UNITS),
        part: z.enum(['decode', 'prefill', 'scheduler']),
        quantile: z.number().optional(),
        values: z.array(z.number().nullable()),
      }),
    ),
    unmeasured: z.array(
      z.strictObject({
        pod: z.string(),
        problem: z.enum([
          'Unmeasured',
          'Forbidden',
          'Unreachable',
          'Unreadable',
        ]),
        message: z.string(),
      }),
    ),
  })
  .register(wireRegistry, { id: 'ServiceMetrics' });

const count = z.number().nullable();

/** What came of the proof that KV cache moves. */
export const verifyPdResult: z.ZodType<VerifyPdResult> = z
  .strictObject({
    service: serviceRef,
    at: z.string(),
    outcome: z.enum(['Moved', 'NotMoved', 'Unknown']),
    summary: z.string(),
    request: z.strictObject({
      url: z.string(),
      model: z.string(),
      seconds: z.number(),
      promptTokens: count,
    }),
    counted: z.strictObject({
      answered: count,
      transfers: count,
      failedTransfers: count,
      bytes: count,
      transferSeconds: count,
      externalTokens: count,
      prefillTokens: count,
    }),
    bandwidth: count,
    fabric: z.enum(['Rdma', 'Tcp', 'Unverified']),
  })
  .register(wireRegistry, { id: 'VerifyPdResult' });
