import { examplesOf } from './examplesOf';

export const examples = examplesOf('llm-inference:wait-for-health', [
  {
    description: 'Wait up to half an hour for a service that was just merged',
    input: {
      entityRef: 'component:default/qwen2-7b-instruct-pd',
      timeoutSeconds: 1800,
    },
  },
]);
