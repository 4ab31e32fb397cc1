import { KubeObject } from '../cluster/ClusterStore';
import { Container, EnvVar, PodSpec, ResourceList } from '../kserve/kinds';
import { ServiceSpec } from '../kserve/service/serviceSpec';
import { DEMO_NAMESPACE, RDMA_NETWORK } from './clusterBase';

/** A prefill/decode service in a few words. */
export interface PdServiceOptions {
  name: string;
  namespace?: string;
  model: { uri: string; name: string };
  decodeReplicas?: number;
  prefillReplicas?: number;
  /** What one engine pod gets; limits and requests are the same. */
  resources?: ResourceList;
  /** Whether the engines are told to move the KV cache; without it they are ready and do not. */
  kvConnector?: boolean;
  /** Makes each pool a LeaderWorkerSet of this many pods a group. */
  groupSize?: number;
  /** GPUs of a node that a group member uses. */
  gpusPerNode?: number;
  tolerations?: PodSpec['tolerations'];
  annotations?: Record<string, string>;
  /** Whether it names its catalog entity; yes where nothing is given. */
  claimed?: boolean;
}

const DEFAULT_RESOURCES: ResourceList = {
  cpu: '4',
  memory: '64Gi',
  'nvidia.com/gpu': '1',
  'rdma/roce_gdr': '1',
};

/** The manifest of a service as a careful engineer writes it: everything that a pool needs, in both pools. */
export function pdService(options: PdServiceOptions): KubeObject {
  const decode = poolPod(options, 'kv_consumer');
  const prefill = poolPod(options, 'kv_producer');
  const parallelism = options.groupSize
    ? {
        parallelism: {
          data: options.groupSize * (options.gpusPerNode ?? 8),
          dataLocal: options.gpusPerNode ?? 8,
          expert: true,
          tensor: 1,
        },
      }
    : {};
  const spec: ServiceSpec = {
    model: options.model,
    replicas: options.decodeReplicas ?? 1,
    ...parallelism,
    template: decode,
    ...(options.groupSize ? { worker: decode } : {}),
    prefill: {
      replicas: options.prefillReplicas ?? 2,
      ...parallelism,
      template: prefill,
      ...(options.groupSize ? { worker: prefill } : {}),
    },
    router: { route: {}, gateway: {}, scheduler: {} },
  };
  return {
    apiVersion: 'serving.kserve.io/v1alpha2',
    kind: 'LLMInferenceService',
    metadata: {
      name: options.name,
      namespace: options.namespace ?? DEMO_NAMESPACE,
      annotations: {
        ...(options.claimed === false
          ? {}
          : { 'backstage.io/entity-ref': `component:default/${options.name}` }),
        'k8s.v1.cni.cncf.io/networks': RDMA_NETWORK,
        ...options.annotations,
      },
    },
    spec,
  };
}

function poolPod(
  options: PdServiceOptions,
  role: 'kv_consumer' | 'kv_producer',
): PodSpec {
  const resources = options.resources ?? DEFAULT_RESOURCES;
  const main: Container = {
    name: 'main',
    env: engineEnvironment(role, options.kvConnector ?? true),
    resources: { limits: resources, requests: resources },
  };
  return {
    containers: [main],
    ...(options.tolerations ? { tolerations: options.tolerations } : {}),
  };
}

function engineEnvironment(role: string, kvConnector: boolean): EnvVar[] {
  const config = JSON.stringify({
    kv_connector: 'NixlConnector',
    kv_role: role,
  });
  return [
    { name: 'KSERVE_INFER_ROCE', value: 'true' },
    {
      name: 'VLLM_NIXL_SIDE_CHANNEL_HOST',
      valueFrom: { fieldRef: { fieldPath: 'status.podIP' } },
    },
    ...(kvConnector
      ? [
          {
            name: 'VLLM_ADDITIONAL_ARGS',
            value: `--kv-transfer-config '${config}'`,
          },
        ]
      : []),
    { name: 'UCX_PROTO_INFO', value: 'y' },
    { name: 'UCX_TLS', value: 'rc,sm,self,cuda_copy,cuda_ipc' },
    { name: 'UCX_LOG_LEVEL', value: 'info' },
  ];
}
