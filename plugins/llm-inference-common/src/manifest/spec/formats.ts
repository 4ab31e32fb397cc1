import type { ProblemCode } from './problemCodes';

/**
 * What a text of a certain form must be. A schema keeps of a form that is not met only the message, by which its
 * code is found again; so each message stands here once.
 */
export const FORMATS = {
  dnsLabel:
    'must be lower case letters, digits and dashes, at most 63 characters',
  objectName:
    'must be the name of a Kubernetes object: lower case letters, digits, dashes and dots',
  clusterName:
    "must be a cluster's name: letters, digits, dashes and underscores",
  extendedResource:
    "must be the name of an extended resource such as 'nvidia.com/gpu'",
  labelKey: 'must be a Kubernetes label key',
  labelValue: 'must be a Kubernetes label value',
  cpuQuantity: "must be cores such as '4' or millicores such as '500m'",
  memoryQuantity: "must be memory such as '512Mi', '32Gi' or '1Ti'",
  entityRef: "must be an entity reference such as 'group:default/ml-platform'",
  pinnedImage:
    "must name an image by digest: 'registry/repository@sha256:…'. A tag can change under a running service",
  kserveRelease: "must be a release of KServe such as '0.20'",
  lifecycle: "must be a lifecycle such as 'experimental' or 'production'",
  servedModelName:
    "may hold letters, digits, dots, dashes, underscores and slashes, such as 'Qwen/Qwen2.5-7B-Instruct'",
  adapterName: 'may hold letters, digits, dots, dashes and underscores',
  argumentWord: 'may hold letters, digits, dots, dashes and underscores only',
  argumentType: 'must be a text, a number or true',
  networkAttachment:
    "must be a network attachment: 'name', 'namespace/name' or 'name@interface'",
  rdmaDevices: "must be RDMA devices with their port, such as 'mlx5_0:1'",
  profileMissing: 'choose a profile',
  replicasZero:
    'must be at least 1. To take a service out of use, stop it: a pool of 0 replicas stays half alive',
  requestAboveLimit: 'the request is above the limit',
} as const satisfies Partial<Record<ProblemCode, string>>;
