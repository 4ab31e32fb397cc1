import { KubeObject } from '../cluster/ClusterStore';
import { pdService } from './pdService';

/** A service that the sandbox starts with. */
export interface SeededService {
  cluster: 'gpu-east' | 'gpu-west';
  manifest: KubeObject;
  /** Minutes before the sandbox started at which it was created. */
  createdMinutesAgo: number;
  /** Minutes before at which somebody stopped it. */
  stoppedMinutesAgo?: number;
  /** Somebody made it by hand: neither Git nor the catalog knows of it. */
  inClusterOnly?: true;
  /** Fault that plays on it from its creation. */
  fault?: string;
}

const DAY = 24 * 60;

/**
 * Six services of the GitOps repository: healthy, short of RDMA, over several nodes, bypassed, without access, stopped.
 * And one that somebody applied by hand.
 */
export const SEEDED_SERVICES: SeededService[] = [
  {
    cluster: 'gpu-east',
    createdMinutesAgo: 9 * DAY,
    manifest: pdService({
      name: 'qwen2-7b-chat',
      model: {
        uri: 'hf://Qwen/Qwen2.5-7B-Instruct',
        name: 'Qwen/Qwen2.5-7B-Instruct',
      },
    }),
  },
  {
    cluster: 'gpu-east',
    createdMinutesAgo: 8 * DAY,
    stoppedMinutesAgo: 5 * 60,
    manifest: pdService({
      name: 'granite-8b-code',
      model: {
        uri: 'hf://ibm-granite/granite-3.3-8b-instruct',
        name: 'ibm-granite/granite-3.3-8b-instruct',
      },
    }),
  },
  {
    cluster: 'gpu-east',
    createdMinutesAgo: 3 * DAY,
    manifest: pdService({
      name: 'mistral-7b-summary',
      model: {
        uri: 'hf://mistralai/Mistral-7B-Instruct-v0.3',
        name: 'mistralai/Mistral-7B-Instruct-v0.3',
      },
      kvConnector: false,
    }),
  },
  {
    cluster: 'gpu-east',
    createdMinutesAgo: 22,
    fault: 'model-access-denied',
    manifest: pdService({
      name: 'llama-8b-agents',
      model: {
        uri: 'hf://meta-llama/Llama-3.1-8B-Instruct',
        name: 'meta-llama/Llama-3.1-8B-Instruct',
      },
    }),
  },
  {
    cluster: 'gpu-east',
    createdMinutesAgo: 6 * DAY,
    inClusterOnly: true,
    manifest: pdService({
      name: 'phi4-eval',
      model: { uri: 'hf://microsoft/phi-4', name: 'microsoft/phi-4' },
      prefillReplicas: 1,
      claimed: false,
    }),
  },
  {
    cluster: 'gpu-west',
    createdMinutesAgo: 4 * DAY,
    manifest: pdService({
      name: 'deepseek-r1-reasoning',
      model: {
        uri: 'pvc://deepseek-r1-0528',
        name: 'deepseek-ai/DeepSeek-R1-0528',
      },
      prefillReplicas: 1,
      groupSize: 2,
      gpusPerNode: 8,
      resources: {
        cpu: '64',
        memory: '512Gi',
        'nvidia.com/gpu': '8',
        'rdma/roce_gdr': '8',
      },
      tolerations: [
        {
          key: 'dedicated',
          operator: 'Equal',
          value: 'multi-node',
          effect: 'NoSchedule',
        },
      ],
    }),
  },
  {
    cluster: 'gpu-west',
    createdMinutesAgo: 42,
    manifest: pdService({
      name: 'qwen3-8b-search',
      model: { uri: 'hf://Qwen/Qwen3-8B', name: 'Qwen/Qwen3-8B' },
    }),
  },
];
