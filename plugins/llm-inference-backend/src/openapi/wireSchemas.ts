import { z } from 'zod/v4';
import {
  LINT_IDS,
  SERIES_IDS,
  SERIES_UNITS,
} from 'backstage-plugin-llm-inference-common';
import type {
  ClusterCapabilities,
  ClusterStatus,
  EntityStatus,
  Freshness,
  ModelArchitecture,
  ServiceList,
  ServiceManifest,
  ServiceMetrics,
  ServiceStatus,
  ServiceSummary,
  Timeline,
  Transition,
  VerifyPdResult,
} from 'backstage-plugin-llm-inference-common';
import { driftState, serviceDrift } from './driftSchemas';
import type { ServicesPage } from 'backstage-plugin-llm-inference-node';
import {
  causeId,
  endpoint,
  serviceRef,
  servingHealth,
  severity,
  verdict,
} from './healthSchemas';

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

const clusterStatus: z.ZodType<ClusterStatus> = z
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

const serviceStatus: z.ZodType<ServiceStatus> = z
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

const entityStatus: z.ZodType<EntityStatus> = z
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

const serviceList: z.ZodType<ServiceList> = z
  .strictObject({
    items: z.array(serviceSummary),
    total: z.number().int(),
    counts: z.partialRecord(verdict, z.number().int()),
    clusters: z.array(clusterStatus),
  })
  .register(wireRegistry, { id: 'ServiceList' });

const clusterList = z
  .strictObject({ items: z.array(clusterStatus) })
  .register(wireRegistry, { id: 'ClusterList' });

const profileList = z
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

const modelNumbers = z
  .strictObject({ architecture: modelArchitecture })
  .register(wireRegistry, { id: 'ModelNumbers' });

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

const transitionList = z
  .strictObject({ items: z.array(transition) })
  .register(wireRegistry, { id: 'TransitionList' });

const timeline: z.ZodType<Timeline> = z
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

const serviceMetrics: z.ZodType<ServiceMetrics> = z
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

const verifyPdResult: z.ZodType<VerifyPdResult> = z
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

const offered = z
  .strictObject({
    name: z.string(),
    nodes: z.number().int(),
    allocatable: z.number(),
    free: z.number(),
    largestNode: z.number(),
  })
  .register(wireRegistry, { id: 'OfferedResource' });

const clusterCapabilities: z.ZodType<ClusterCapabilities> = z
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

const servicesPage: z.ZodType<ServicesPage> = z
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

const finding = z.strictObject({
  id: z.enum(Object.values(LINT_IDS).flat()),
  level: z.enum(['error', 'warning', 'info']),
  object: z.string(),
  path: z.string(),
  message: z.string(),
  fix: z.string(),
  unverified: z.literal(true).optional(),
});

const serviceManifest: z.ZodType<ServiceManifest> = z
  .strictObject({
    service: serviceRef,
    yaml: z.string(),
    findings: z.array(
      finding.extend({
        line: z.number().int().min(1),
        endLine: z.number().int().min(1),
      }),
    ),
    readAt: z.string(),
    kserveVersion: z.string().optional(),
  })
  .register(wireRegistry, { id: 'ServiceManifest' });

const validateResponse = z
  .strictObject({
    findings: z.array(finding),
    dryRun: z
      .array(
        z.strictObject({
          object: z.string(),
          accepted: z.boolean(),
          message: z.string().optional(),
        }),
      )
      .optional(),
  })
  .register(wireRegistry, { id: 'ValidateResponse' });

const validateRequest = z
  .strictObject({
    manifests: z.string(),
    cluster: z.string().optional(),
    dryRun: z.boolean().optional(),
  })
  .register(wireRegistry, { id: 'ValidateRequest' });

const error = z
  .looseObject({
    error: z.looseObject({ name: z.string(), message: z.string() }),
  })
  .register(wireRegistry, { id: 'Error' });

/** The schema of every answer, by its name in the document. */
export const wireSchemas = {
  ClusterCapabilities: clusterCapabilities,
  ClusterList: clusterList,
  EntityStatus: entityStatus,
  Error: error,
  ModelNumbers: modelNumbers,
  ProfileList: profileList,
  ServiceList: serviceList,
  ServiceManifest: serviceManifest,
  ServiceMetrics: serviceMetrics,
  ServiceStatus: serviceStatus,
  ServicesPage: servicesPage,
  Timeline: timeline,
  TransitionList: transitionList,
  ValidateRequest: validateRequest,
  VerifyPdResult: verifyPdResult,
  ValidateResponse: validateResponse,
};
