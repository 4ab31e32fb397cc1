import { examplesOf } from './examplesOf';

export const examples = examplesOf('llm-inference:retire', [
  {
    description: 'Prepare the pull request that removes a service',
    input: { entityRef: 'component:default/qwen2-7b-instruct-pd' },
  },
]);
