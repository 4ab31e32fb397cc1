import {
  entityStatus,
  pods,
  pool,
  service,
} from '../../src/__testUtils__/services';
import { insufficientRdma } from '../../src/__testUtils__/causes';
import type { DevState } from './DevState';

const west = { cluster: 'gpu-west', namespace: 'llm-demo', name: 'qwen' };

/** Services of every shape, and in several clusters. */
export const shapeStates: Record<string, DevState> = {
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
};
