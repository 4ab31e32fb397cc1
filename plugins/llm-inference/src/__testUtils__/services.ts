import type {
  EntityStatus,
  PodHealth,
  PoolHealth,
  ServiceStatus,
  ServingHealth,
} from 'backstage-plugin-llm-inference-common';

/** The moment at which the fixtures were observed. */
export const NOW = '2026-11-22T14:02:00Z';

/** Pods of one pool, all ready unless told otherwise. */
export function pods(
  prefix: string,
  count: number,
  change: Partial<PodHealth> = {},
): PodHealth[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `${prefix}-${index}`,
    phase: 'Running',
    ready: true,
    terminating: false,
    restarts: 0,
    node: `gpu-node-${(index % 8) + 1}`,
    createdAt: '2026-11-21T09:00:00Z',
    updated: true,
    gpu: 1,
    rdma: 1,
    image: 'vllm/vllm-openai:v0.11.0',
    imageDigest: 'sha256:1f0a',
    ...change,
  }));
}

/** A pool whose counts follow from its pods. */
export function pool(
  members: PodHealth[],
  change: Partial<PoolHealth> = {},
): PoolHealth {
  const ready = members.filter(pod => pod.ready).length;
  return {
    topology: 'SingleNode',
    workload: 'Deployment/qwen-kserve',
    desired: members.length,
    updated: members.length,
    ready,
    available: ready,
    restarts: 0,
    pods: members,
    ...change,
  };
}

/** A healthy prefill/decode service. */
export function health(change: Partial<ServingHealth> = {}): ServingHealth {
  return {
    service: { cluster: 'gpu-east', namespace: 'llm-demo', name: 'qwen' },
    verdict: 'Healthy',
    summary: '2 prefill and 4 decode pods serve; KV transfer over RDMA.',
    disaggregated: true,
    pools: {
      prefill: pool(pods('qwen-kserve-prefill', 2)),
      decode: pool(pods('qwen-kserve', 4)),
    },
    kvTransfer: {
      configuration: 'Paired',
      fabric: 'Rdma',
      effectiveness: 'Effective',
      evidence: [],
    },
    router: {
      scheduler: { state: 'Ready' },
      inferencePool: { state: 'Ready' },
      route: { state: 'Ready' },
      gateway: { state: 'Ready' },
    },
    causes: [],
    conditions: [],
    endpoints: [
      {
        name: 'external',
        url: 'https://llm.example.com/llm-demo/qwen',
        models: ['Qwen/Qwen2-7B-Instruct'],
      },
    ],
    observedAt: NOW,
    ...change,
  };
}

/** A service in one cluster. */
export function service(
  change: Partial<ServingHealth> = {},
  more: Partial<ServiceStatus> = {},
): ServiceStatus {
  const healthy = health(change);
  return {
    service: healthy.service,
    version: '1',
    health: healthy,
    freshness: { state: 'Live', asOf: NOW },
    binding: 'Verified',
    entityRef: 'component:default/qwen',
    model: {
      name: 'Qwen/Qwen2-7B-Instruct',
      uri: 'hf://Qwen/Qwen2-7B-Instruct',
    },
    apiVersion: 'v1alpha2',
    ...more,
  };
}

/** What an entity's page gets. */
export function entityStatus(
  services: ServiceStatus[],
  change: Partial<EntityStatus> = {},
): EntityStatus {
  return {
    entityRef: 'component:default/qwen',
    services,
    clusters: [],
    ...change,
  };
}
