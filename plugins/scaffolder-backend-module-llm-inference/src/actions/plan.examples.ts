import { examplesOf } from './examplesOf';

export const examples = examplesOf('llm-inference:plan', [
  {
    description:
      'Check a service of two prefill and one decode replica on the profile h100-roce',
    input: {
      profile: 'h100-roce',
      name: 'qwen2-7b-instruct-pd',
      model: { uri: 'hf://Qwen/Qwen2.5-7B-Instruct' },
      prefill: { replicas: 2 },
      decode: { replicas: 1 },
      owner: 'group:default/ml-platform',
    },
  },
]);
