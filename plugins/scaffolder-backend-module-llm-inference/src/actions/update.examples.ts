import { examplesOf } from './examplesOf';

export const examples = examplesOf('llm-inference:update', [
  {
    description: 'Give a service more prefill replicas',
    input: {
      entityRef: 'component:default/qwen2-7b-instruct-pd',
      change: { prefill: { replicas: 4 } },
    },
  },
  {
    description: 'Stop a service without losing it',
    input: {
      entityRef: 'component:default/qwen2-7b-instruct-pd',
      change: { stopped: true },
    },
  },
]);
