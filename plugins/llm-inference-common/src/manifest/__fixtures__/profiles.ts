/** The two profiles that the documentation works out, as they stand in a portal's configuration. */
export const PROFILES = {
  'h100-roce': {
    title: 'H100 with RoCE',
    description: 'NVIDIA H100, KV cache over RoCE v2',
    clusters: ['gpu-east', 'gpu-west'],
    namespaces: ['llm-demo'],
    owners: ['group:default/ml-platform', 'group:default/search-team'],
    kserveVersion: '0.20',
    repository: {
      host: 'localhost:7101',
      owner: 'platform',
      name: 'llm-gitops',
      branch: 'main',
      path: 'services',
    },
    limits: { maxGpus: 32, maxReplicasPerPool: 8, maxGpusPerPod: 8 },
    pool: {
      gpu: { resource: 'nvidia.com/gpu', memoryGiB: 79.2 },
      cpu: { request: '2', limit: '4' },
      memory: { request: '16Gi', limit: '32Gi' },
    },
    fabric: {
      kind: 'roce',
      resource: 'rdma/roce_gdr',
      networks: ['roce-p2'],
      transports: 'rc,sm,self,cuda_copy,cuda_ipc',
    },
    linkGBps: 40,
  },
  'cpu-trial': {
    title: 'CPU, for trying out',
    clusters: ['gpu-east'],
    namespaces: ['llm-demo'],
    owners: ['group:default/ml-platform'],
    repository: {
      host: 'localhost:7101',
      owner: 'platform',
      name: 'llm-gitops',
    },
    limits: { maxReplicasPerPool: 2 },
    pool: {
      cpu: { request: '1', limit: '2' },
      memory: { request: '8Gi', limit: '16Gi' },
      cpuKvCacheGiB: 1,
    },
    engine: { dtype: 'bfloat16', 'max-model-len': 2048 },
    fabric: { kind: 'none' },
    linkGBps: 0.5,
  },
};

/** What a person asks for in the worked example. */
export const REQUEST = {
  profile: 'h100-roce',
  name: 'qwen2-7b-instruct-pd',
  namespace: 'llm-demo',
  cluster: 'gpu-east',
  model: {
    uri: 'hf://Qwen/Qwen2.5-7B-Instruct',
    name: 'Qwen/Qwen2.5-7B-Instruct',
  },
  decode: { replicas: 1 },
  prefill: { replicas: 2 },
  owner: 'group:default/ml-platform',
};
