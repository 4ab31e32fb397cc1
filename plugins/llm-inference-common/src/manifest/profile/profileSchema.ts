import { z } from 'zod/v4';

import { sharedEngineArguments } from '../spec/EngineArguments';
import { fabricSpec } from '../spec/FabricSpec';
import {
  clusterName,
  cpuQuantity,
  dnsLabel,
  entityRef,
  extendedResource,
  memoryQuantity,
  objectName,
  pinnedImage,
} from '../spec/fields';
import { kvTransferSpec } from '../spec/KvTransferSpec';
import { pdServiceSpec } from '../spec/PdServiceSpec';

const pathSegment = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/;

/** Where the manifests of the services of a profile live. */
const repository = z.strictObject({
  provider: z.enum(['github', 'gitlab']).default('github'),
  /** Host of an integration of the portal, with the port where it has one. */
  host: z
    .string()
    .max(253)
    .regex(
      /^[A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?(:[0-9]{1,5})?$/,
      "must be a host such as 'github.com'",
    ),
  owner: z
    .string()
    .max(200)
    .regex(/^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/),
  name: z.string().max(100).regex(pathSegment),
  branch: z
    .string()
    .max(200)
    .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]*$/)
    .refine(branch => !branch.includes('..'))
    .default('main'),
  /** Folder that holds one folder per service. */
  path: z
    .string()
    .max(200)
    .refine(
      path => path.split('/').every(segment => pathSegment.test(segment)),
      "must be a folder of the repository such as 'services'",
    )
    .default('services'),
});

const controller = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('argocd'),
    namespace: dnsLabel.default('argocd'),
    project: dnsLabel.default('default'),
  }),
  z.strictObject({
    kind: z.literal('flux'),
    namespace: dnsLabel.default('flux-system'),
    /** Name of the GitRepository that Flux already follows. */
    source: objectName,
  }),
]);

const monitoring = z.strictObject({
  /** Namespace that Prometheus runs in; the network policy lets it in. */
  namespace: dnsLabel.default('monitoring'),
  /** Labels by which Prometheus selects monitors and rules. */
  labels: z.record(z.string(), z.string()).default({}),
  /** Secret in the service's namespace with a `token` that may read the scheduler's metrics. */
  schedulerTokenSecret: objectName.default('llm-inference-metrics-reader'),
});

const limits = z.strictObject({
  /** GPUs of one service over both pools, at its largest. */
  maxGpus: z.int().min(0).max(100_000).optional(),
  /** Replicas of one pool, at its largest. */
  maxReplicasPerPool: z.int().min(1).max(1000).default(8),
  /** GPUs of one node; bounds the parallelism of one pod. */
  maxGpusPerPod: z.int().min(1).max(64).default(8),
});

const pool = z.strictObject({
  gpu: z
    .strictObject({
      resource: extendedResource,
      /** Memory of one GPU in GiB as the driver reports it, for sizing. */
      memoryGiB: z.number().min(1).max(2048),
    })
    .optional(),
  cpu: z.strictObject({ request: cpuQuantity, limit: cpuQuantity }),
  memory: z.strictObject({ request: memoryQuantity, limit: memoryQuantity }),
  cpuKvCacheGiB: z.int().min(1).max(4096).optional(),
});

const { pods, router } = pdServiceSpec.shape;

export const profileSchema = z.strictObject({
  title: z.string().min(1).max(100),
  description: z.string().max(500).optional(),
  clusters: z.array(clusterName).min(1).max(100),
  namespaces: z.array(dnsLabel).min(1).max(500),
  /** Groups whose members may use the profile, and who may own what comes from it. */
  owners: z.array(entityRef).min(1).max(500),
  kserveVersion: pdServiceSpec.shape.kserveVersion,
  repository,
  controller: controller.optional(),
  models: z
    .strictObject({
      /** A model's URI must start with one of these. */
      allowed: z
        .array(z.string().regex(/^(hf|s3|pvc|oci):\/\/[^\s]*$/))
        .min(1)
        .max(500)
        .default(['hf://', 's3://', 'pvc://', 'oci://']),
    })
    .default({ allowed: ['hf://', 's3://', 'pvc://', 'oci://'] }),
  images: z
    .strictObject({
      default: pinnedImage.optional(),
      /** An image must start with one of these; absent means that users may not choose one. */
      allowed: z.array(z.string().min(1).max(500)).max(100).optional(),
    })
    .default({}),
  limits: limits.default({ maxReplicasPerPool: 8, maxGpusPerPod: 8 }),
  pool,
  engine: sharedEngineArguments.default({}),
  fabric: fabricSpec,
  /** Measured bandwidth between two nodes of one fabric port, in GB/s, for sizing. */
  linkGBps: z.number().positive().max(1000).optional(),
  kvTransfer: kvTransferSpec.default({ sideChannelPort: 5600 }),
  pods,
  router,
  networkPolicy: z.boolean().default(true),
  monitoring: monitoring.optional(),
});

/**
 * What a platform team offers, as the portal's form and actions use it: a profile of `llmInference.profiles` with
 * its name. Holds no secrets, only their names.
 *
 * @public
 */
export type OfferedProfile = z.output<typeof profileSchema> & { name: string };
