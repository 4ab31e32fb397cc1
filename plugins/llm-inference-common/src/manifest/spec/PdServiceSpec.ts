import { z } from 'zod/v4';

import { sharedEngineArguments } from './EngineArguments';
import { fabricSpec } from './FabricSpec';
import {
  clusterName,
  dnsLabel,
  entityRef,
  labelKey,
  labelValue,
  memoryQuantity,
  objectName,
  pinnedImage,
  plainText,
  serviceName,
} from './fields';
import { FORMATS } from './formats';
import { kvTransferSpec } from './KvTransferSpec';
import { modelSpec } from './ModelSpec';
import { poolSpec } from './PoolSpec';

const toleration = z.strictObject({
  key: labelKey.optional(),
  operator: z.enum(['Exists', 'Equal']).optional(),
  value: labelValue.optional(),
  effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).optional(),
});

const topologySpread = z.strictObject({
  topologyKey: labelKey,
  maxSkew: z.int().min(1).max(100).default(1),
  whenUnsatisfiable: z
    .enum(['DoNotSchedule', 'ScheduleAnyway'])
    .default('ScheduleAnyway'),
});

/** How the pods of both pools are run. */
const podsSpec = z.strictObject({
  /** Absent means the image of KServe's preset. Both pools must run the same. */
  image: pinnedImage.optional(),
  /** Time for download, load and compilation before a start counts as failed; absent means the preset's 600. */
  startupBudgetSeconds: z
    .int()
    .min(600)
    .max(86_400)
    .multipleOf(30, 'must be a multiple of 30')
    .optional(),
  /** Keeps prefill and decode pods off one node, where RDMA between them is not used. */
  antiAffinity: z.enum(['preferred', 'required']).default('preferred'),
  topologySpread: z.array(topologySpread).min(1).max(4).optional(),
  nodeSelector: z.record(labelKey, labelValue).optional(),
  tolerations: z.array(toleration).min(1).max(20).optional(),
  /** Size of /dev/shm, which counts into the memory limit. */
  sharedMemory: memoryQuantity.optional(),
  huggingFaceToken: z
    .strictObject({
      secret: objectName,
      key: z
        .string()
        .regex(/^[-._a-zA-Z0-9]{1,253}$/)
        .default('HF_TOKEN'),
    })
    .optional(),
  imagePullSecrets: z.array(objectName).min(1).max(10).optional(),
  serviceAccount: objectName.optional(),
  priorityClass: objectName.optional(),
  /** Local queue of Kueue. */
  queue: dnsLabel.optional(),
});

const gatewayRef = z.strictObject({
  name: objectName,
  namespace: dnsLabel.optional(),
});

const routerSpec = z.strictObject({
  /** Absent means KServe's own gateway. */
  gateways: z.array(gatewayRef).min(1).max(8).optional(),
  /**
   * Prompts with at most this many uncached tokens are served by decode alone. Absent means that every
   * request is split.
   */
  splitAboveUncachedTokens: z.int().min(1).max(1_000_000).optional(),
});

const overlay = z.strictObject({
  cluster: clusterName,
  decodeReplicas: z.int().min(1).max(1000).optional(),
  prefillReplicas: z.int().min(1).max(1000).optional(),
});

export const pdServiceSpec = z.strictObject({
  name: serviceName,
  namespace: dnsLabel,
  /** Cluster that the service is for. */
  cluster: clusterName,
  /** Further clusters, each with an overlay of its own. */
  otherClusters: z.array(overlay).max(20).optional(),
  /** Release of KServe in these clusters. */
  kserveVersion: z
    .string()
    .regex(/^\d{1,3}\.\d{1,3}(\.\d{1,3})?$/, FORMATS.kserveRelease)
    .default('0.20'),
  /** The profile that the platform's share of this spec came from. */
  profile: dnsLabel.optional(),
  title: plainText.optional(),
  description: plainText.optional(),
  owner: entityRef,
  system: entityRef.optional(),
  lifecycle: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,62}$/, FORMATS.lifecycle)
    .default('experimental'),
  /** The service exists and its pods do not. */
  stopped: z.literal(true).optional(),
  model: modelSpec,
  /** vLLM arguments that both pools share. */
  engine: sharedEngineArguments.default({}),
  decode: poolSpec,
  prefill: poolSpec,
  kvTransfer: kvTransferSpec.default({ sideChannelPort: 5600 }),
  fabric: fabricSpec,
  pods: podsSpec.default({ antiAffinity: 'preferred' }),
  router: routerSpec.default({}),
});

/**
 * Everything that the manifests of one prefill/decode service say, and nothing about how they say it. Complete:
 * defaults are filled in, so two equal specs mean the same service.
 *
 * @public
 */
export type PdServiceSpec = z.output<typeof pdServiceSpec>;

/** How the pods of both pools are run, complete. @public */
export type PodsSpec = PdServiceSpec['pods'];

/** What {@link parsePdServiceSpec} takes: a spec whose defaults may be left out. @public */
export type PdServiceSpecInput = z.input<typeof pdServiceSpec>;
