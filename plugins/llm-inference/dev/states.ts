import {
  EntityStatus,
  LlmInferenceResponseError,
} from 'backstage-plugin-llm-inference-common';
import {
  entityStatus,
  health,
  NOW,
  pods,
  pool,
  service,
} from '../src/__testUtils__/services';
import {
  insufficientRdma,
  kvRoleMismatch,
  modelAccessDenied,
  prefillBypassed,
  schedulerUnavailable,
} from '../src/__testUtils__/causes';

/** What the scripted backend says about the entity in one state; `undefined` is no answer yet. */
export interface DevState {
  answer: EntityStatus | Error | undefined;
  /** Where the stream fails: whether reading goes on, or the backend is away. */
  stream?: 'Polling' | 'Away';
}

const west = { cluster: 'gpu-west', namespace: 'llm-demo', name: 'qwen' };

/** Every state that a card can be in, by name. */
export const devStates: Record<string, DevState> = {
  healthy: {
    answer: entityStatus([
      service({
        kvTransfer: { ...health().kvTransfer, bytesPerSecond: 11.2e9 },
      }),
    ]),
  },
  degraded: {
    answer: entityStatus([
      service({
        verdict: 'Degraded',
        summary:
          '1 of 2 prefill pods cannot be scheduled: no free rdma/roce_gdr.',
        pools: {
          prefill: pool(
            [
              ...pods('qwen-kserve-prefill', 1),
              ...pods('qwen-kserve-prefill-x', 1, {
                phase: 'Pending',
                ready: false,
                reason: 'Unschedulable',
                node: undefined,
              }),
            ],
            { workload: 'Deployment/qwen-kserve-prefill' },
          ),
          decode: pool(pods('qwen-kserve', 4)),
        },
        causes: [insufficientRdma],
      }),
    ]),
  },
  unavailable: {
    answer: entityStatus([
      service({
        verdict: 'Unavailable',
        summary:
          'No request can be answered: the model may not be downloaded (401 from huggingface.co).',
        pools: {
          prefill: pool(
            pods('qwen-kserve-prefill', 2, {
              ready: false,
              phase: 'Pending',
              reason: 'Init:CrashLoopBackOff',
              restarts: 5,
            }),
            { restarts: 10 },
          ),
          decode: pool(
            pods('qwen-kserve', 4, {
              ready: false,
              phase: 'Pending',
              reason: 'Init:CrashLoopBackOff',
              restarts: 5,
            }),
            { restarts: 20 },
          ),
        },
        kvTransfer: {
          configuration: 'Paired',
          fabric: 'Unverified',
          effectiveness: 'Unmeasurable',
          evidence: [],
        },
        router: {
          scheduler: {
            state: 'NotReady',
            reason: 'No pod of the scheduler is ready',
          },
          inferencePool: { state: 'Ready' },
          route: { state: 'Ready' },
          gateway: { state: 'Ready' },
        },
        causes: [modelAccessDenied, schedulerUnavailable],
        endpoints: [],
      }),
    ]),
  },
  progressing: {
    answer: entityStatus([
      service({
        verdict: 'Progressing',
        summary: '2 of 4 decode pods are starting; prefill is ready.',
        pools: {
          prefill: pool(pods('qwen-kserve-prefill', 2)),
          decode: pool(
            [
              ...pods('qwen-kserve', 2),
              ...pods('qwen-kserve-x', 2, {
                ready: false,
                reason: 'PodInitializing',
              }),
            ],
            {},
          ),
        },
        kvTransfer: {
          configuration: 'Paired',
          fabric: 'Rdma',
          effectiveness: 'Idle',
          evidence: [],
        },
      }),
    ]),
  },
  bypassed: {
    answer: entityStatus([
      service({
        verdict: 'Degraded',
        summary:
          'Prefill is bypassed: decode computes every prompt itself, no KV block was transferred in 5 minutes.',
        kvTransfer: {
          configuration: 'Paired',
          fabric: 'Tcp',
          effectiveness: 'Bypassed',
          evidence: [],
        },
        causes: [prefillBypassed],
      }),
    ]),
  },
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
  'roles-mismatch': {
    answer: entityStatus([
      service({
        verdict: 'Degraded',
        summary: 'The KV connectors do not fit each other: two producers.',
        kvTransfer: {
          configuration: 'Mismatched',
          fabric: 'Unverified',
          effectiveness: 'Unmeasurable',
          evidence: [],
        },
        causes: [kvRoleMismatch],
      }),
    ]),
  },
  stopped: {
    answer: entityStatus([
      service({
        verdict: 'Stopped',
        summary: 'Stopped by its owner; nothing runs.',
        pools: {
          prefill: pool([], { desired: 2, updated: 0 }),
          decode: pool([], { desired: 4, updated: 0 }),
        },
        kvTransfer: {
          configuration: 'Unknown',
          fabric: 'Unverified',
          effectiveness: 'Unmeasurable',
          evidence: [],
        },
        router: {
          scheduler: { state: 'NotConfigured' },
          inferencePool: { state: 'NotConfigured' },
          route: { state: 'NotConfigured' },
          gateway: { state: 'NotConfigured' },
        },
        endpoints: [],
      }),
    ]),
  },
  'multi-node': {
    answer: entityStatus([
      service({
        summary: '2 prefill and 3 decode groups of 4 pods serve.',
        pools: {
          prefill: pool(
            pods('qwen-kserve-mn-prefill', 8).map((pod, index) => ({
              ...pod,
              gpu: 8,
              group: Math.floor(index / 4),
            })),
            {
              topology: 'MultiNode',
              desired: 2,
              ready: 2,
              updated: 2,
              available: 2,
              workload: 'LeaderWorkerSet/qwen-kserve-mn-prefill',
            },
          ),
          decode: pool(
            pods('qwen-kserve-mn', 12).map((pod, index) => ({
              ...pod,
              gpu: 8,
              group: Math.floor(index / 4),
              ...(index === 9
                ? { ready: false, reason: 'PodInitializing' }
                : {}),
            })),
            {
              topology: 'MultiNode',
              desired: 3,
              ready: 2,
              updated: 3,
              available: 2,
              workload: 'LeaderWorkerSet/qwen-kserve-mn',
            },
          ),
        },
      }),
    ]),
  },
  'without-prefill': {
    answer: entityStatus([
      service({
        disaggregated: false,
        summary: '4 pods serve.',
        pools: { decode: pool(pods('qwen-kserve', 4)) },
        kvTransfer: {
          configuration: 'None',
          fabric: 'Unverified',
          effectiveness: 'Unmeasurable',
          evidence: [],
        },
      }),
    ]),
  },
  large: {
    answer: entityStatus([
      service({
        summary: '120 prefill and 380 decode pods serve.',
        pools: {
          prefill: pool(pods('qwen-kserve-prefill', 120)),
          decode: pool([
            ...pods('qwen-kserve', 372),
            ...pods('qwen-kserve-x', 5, {
              ready: false,
              phase: 'Pending',
              reason: 'Unschedulable',
            }),
            ...pods('qwen-kserve-y', 3, { ready: false, reason: undefined }),
          ]),
        },
      }),
    ]),
  },
  'several-clusters': {
    answer: entityStatus([
      service(
        {
          service: west,
          verdict: 'Degraded',
          summary:
            '1 of 2 prefill pods cannot be scheduled: no free rdma/roce_gdr.',
          pools: {
            prefill: pool([
              ...pods('qwen-kserve-prefill', 1),
              ...pods('qwen-kserve-prefill-x', 1, {
                phase: 'Pending',
                ready: false,
                reason: 'Unschedulable',
              }),
            ]),
            decode: pool(pods('qwen-kserve', 2)),
          },
          causes: [insufficientRdma],
        },
        {},
      ),
      service(),
    ]),
  },
  stale: {
    answer: entityStatus([
      service(
        {},
        {
          freshness: {
            state: 'Stale',
            asOf: NOW,
            message: 'connect ECONNREFUSED 10.0.0.1:6443',
          },
        },
      ),
    ]),
  },
  'cluster-down': {
    answer: entityStatus([], {
      reason: 'Unreachable',
      clusters: [
        {
          name: 'gpu-east',
          title: 'GPU East',
          state: 'Unreachable',
          since: NOW,
          message: 'connect ECONNREFUSED 10.0.0.1:6443',
          resources: {},
        },
      ],
    }),
  },
  'one-cluster-down': {
    answer: entityStatus([service()], {
      clusters: [
        {
          name: 'gpu-west',
          title: 'GPU West',
          state: 'AuthFailed',
          since: NOW,
          message: 'The API server answered 401',
          resources: {},
        },
      ],
    }),
  },
  polling: { answer: entityStatus([service()]), stream: 'Polling' },
  'backend-away': { answer: entityStatus([service()]), stream: 'Away' },
  loading: { answer: undefined },
  'missing-annotation': { answer: undefined },
  'not-found': { answer: entityStatus([], { reason: 'NotFound' }) },
  'binding-not-verified': {
    answer: entityStatus([], { reason: 'BindingNotVerified' }),
  },
  syncing: { answer: entityStatus([], { reason: 'Syncing' }) },
  denied: { answer: new LlmInferenceResponseError(403, 'Not allowed') },
  failed: {
    answer: new LlmInferenceResponseError(
      503,
      'The llm-inference plugin is starting; try again in a moment',
    ),
    stream: 'Away',
  },
};
