import { entityStatus, NOW, service } from '../../src/__testUtils__/services';
import type { DevState } from './DevState';

/** Services that are not as Git says. */
export const gitStates: Record<string, DevState> = {
  'differs-from-git': {
    answer: entityStatus([
      service(
        {},
        {
          drift: {
            state: 'Differs',
            source: {
              url: 'https://git.example.com/platform/llm-gitops/services/qwen',
              revision: 'e7e6f9be41',
            },
            differences: [
              {
                path: 'spec.prefill.replicas',
                change: 'Changed',
                desired: '2',
                live: '3',
              },
              {
                path: 'spec.template.nodeSelector',
                change: 'OnlyInGit',
                desired: '{"gpu":"h100"}',
              },
            ],
            total: 2,
            gitOps: {
              tool: 'ArgoCd',
              kind: 'Application',
              namespace: 'argocd',
              name: 'qwen',
              cluster: 'gpu-east',
              sync: 'OutOfSync',
              health: 'Healthy',
              at: NOW,
            },
          },
        },
      ),
    ]),
  },
  'not-deployed': {
    answer: entityStatus([
      service(
        {
          verdict: 'Missing',
          summary: 'No LLMInferenceService qwen exists in namespace llm-demo',
          pools: {},
          endpoints: [],
        },
        {
          drift: {
            state: 'NotDeployed',
            reason: 'The manifest is in Git, and no cluster has the service.',
            differences: [],
            total: 0,
            gitOps: {
              tool: 'Flux',
              kind: 'Kustomization',
              namespace: 'flux-system',
              name: 'qwen',
              cluster: 'gpu-east',
              sync: 'Failed',
              message:
                'admission webhook denied the request: no more than 4 GPUs per team',
              at: NOW,
            },
          },
        },
      ),
    ]),
  },
};
