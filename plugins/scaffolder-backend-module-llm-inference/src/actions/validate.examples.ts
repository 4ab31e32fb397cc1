import { examplesOf } from './examplesOf';

export const examples = examplesOf('llm-inference:validate', [
  {
    description:
      'Check every manifest that earlier steps put into the workspace',
    input: { kserveVersion: '0.20' },
  },
]);
