import { examplesOf } from './examplesOf';

export const examples = examplesOf('llm-inference:generate', [
  {
    description: "Write a service's folder for the profile's GitOps repository",
    input: {
      profile: 'h100-roce',
      name: 'qwen2-7b-instruct-pd',
      cluster: 'gpu-east',
      namespace: 'llm-demo',
      model: {
        uri: 'hf://Qwen/Qwen2.5-7B-Instruct',
        name: 'Qwen/Qwen2.5-7B-Instruct',
      },
      prefill: { replicas: 2 },
      decode: { replicas: 1 },
      owner: 'group:default/ml-platform',
      lifecycle: 'production',
    },
  },
  {
    description: 'Try a small model out on CPUs',
    input: {
      profile: 'cpu-trial',
      name: 'opt-125m-pd',
      model: { uri: 'hf://facebook/opt-125m' },
      prefill: { replicas: 1 },
      decode: { replicas: 1 },
      owner: 'group:default/ml-platform',
    },
  },
]);
