import {
  entityStatus,
  health,
  pods,
  pool,
  service,
} from '../../src/__testUtils__/services';
import {
  insufficientRdma,
  kvRoleMismatch,
  modelAccessDenied,
  prefillBypassed,
  schedulerUnavailable,
} from '../../src/__testUtils__/causes';
import type { DevState } from './DevState';

/** What a service can be, by its verdict and by its KV path. */
export const verdictStates: Record<string, DevState> = {
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
};
