import type { Manifest } from './services';

/**
 * Manifests of the same shape as three samples that KServe publishes, with the same faults: probes copied
 * from an HTTPS service, and a pair of pools without a KV connector.
 */

const probe = {
  httpGet: { path: '/health', port: 8000, scheme: 'HTTPS' },
  initialDelaySeconds: 120,
  periodSeconds: 30,
  timeoutSeconds: 30,
  failureThreshold: 5,
};

const service = (
  name: string,
  model: string,
  annotations: object | undefined,
  spec: object,
): Manifest => ({
  apiVersion: 'serving.kserve.io/v1alpha2',
  kind: 'LLMInferenceService',
  metadata: { name, ...(annotations && { annotations }) },
  spec: {
    model: { uri: `hf://${model}`, name: model },
    router: { route: {}, gateway: {}, scheduler: {} },
    ...spec,
  },
});

const gpuResources = (rdma: boolean) => {
  const devices = {
    'nvidia.com/gpu': '1',
    ...(rdma && { 'rdma/roce_gdr': 1 }),
  };
  return {
    limits: { cpu: '4', memory: '32Gi', ...devices },
    requests: { cpu: '2', memory: '16Gi', ...devices },
  };
};

const rdmaEngine = (role: string) => ({
  containers: [
    {
      name: 'main',
      env: [
        { name: 'KSERVE_INFER_ROCE', value: 'true' },
        {
          name: 'VLLM_NIXL_SIDE_CHANNEL_HOST',
          valueFrom: { fieldRef: { fieldPath: 'status.podIP' } },
        },
        {
          name: 'VLLM_ADDITIONAL_ARGS',
          value: `--kv_transfer_config '{"kv_connector":"NixlConnector","kv_role":"${role}"}'`,
        },
        { name: 'UCX_PROTO_INFO', value: 'y' },
        { name: 'UCX_TLS', value: 'rc,sm,self,cuda_copy,cuda_ipc' },
      ],
      resources: gpuResources(true),
      livenessProbe: probe,
    },
  ],
});

const cpuEngine = (more: object, env: object[]) => ({
  containers: [
    {
      name: 'main',
      image: 'docker.io/vllm/vllm-openai-cpu:v0.23.0',
      ...more,
      env: [{ name: 'VLLM_LOGGING_LEVEL', value: 'DEBUG' }, ...env],
      resources: {
        limits: { cpu: '2', memory: '16Gi' },
        requests: { cpu: '1', memory: '8Gi' },
      },
    },
  ],
});

/** The samples by the name of their file. */
export const UPSTREAM_SAMPLES: Readonly<Record<string, Manifest>> = {
  'llm-inference-service-pd-qwen2-7b-gpu.yaml': service(
    'qwen2-7b-instruct-pd',
    'Qwen/Qwen2.5-7B-Instruct',
    { 'k8s.v1.cni.cncf.io/networks': 'roce-p2' },
    {
      replicas: 1,
      template: rdmaEngine('kv_consumer'),
      prefill: { replicas: 2, template: rdmaEngine('kv_producer') },
    },
  ),
  'llm-inference-service-pd-facebook-opt-125m-cpu.yaml': service(
    'facebook-opt-125m-pd',
    'facebook/opt-125m',
    undefined,
    {
      template: cpuEngine({ securityContext: { runAsNonRoot: false } }, [
        { name: 'VLLM_CPU_KVCACHE_SPACE', value: '1' },
      ]),
      prefill: { template: cpuEngine({}, []) },
    },
  ),
  'llm-inference-service-qwen2-7b-gpu.yaml': service(
    'qwen2-7b-instruct-single',
    'Qwen/Qwen2.5-7B-Instruct',
    undefined,
    {
      replicas: 3,
      template: {
        containers: [
          {
            name: 'main',
            resources: gpuResources(false),
            livenessProbe: probe,
          },
        ],
      },
    },
  ),
};
