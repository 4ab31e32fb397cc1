import { examplesOf } from './examplesOf';

export const examples = examplesOf('llm-inference:validate', [
  {
    description:
      'Check every manifest that earlier steps put into the workspace',
    input: { kserveVersion: '0.20' },
  },
  {
    description: 'Ask the cluster too whether it would take the service',
    input: { cluster: 'gpu-east' },
  },
]);
