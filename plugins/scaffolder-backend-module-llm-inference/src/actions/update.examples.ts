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
    description: 'Give both pools more time to start, and say why',
    input: {
      entityRef: 'component:default/qwen2-7b-instruct-pd',
      change: { startupBudgetSeconds: 1800 },
      reason: {
        cause: 'startup-budget-exceeded',
        pool: 'decode',
        title: 'The engine needs longer to start than it is given',
        evidence: [
          'Event of Pod/qwen2-7b-instruct-pd-kserve-0: Container main failed startup probe, will be restarted',
        ],
      },
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
