import { assessService } from 'backstage-plugin-llm-inference-common';
import type {
  Evidence,
  ServingHealth,
} from 'backstage-plugin-llm-inference-common';
import { llmService, pod } from '../__testUtils__/objects';
import { versionOf } from './versionOf';

const base = assessService({
  now: '2026-11-22T10:00:00Z',
  service: { cluster: 'gpu-east', namespace: 'llm', name: 'qwen' },
  objects: [
    llmService('qwen'),
    pod('qwen', 'decode', 0),
    pod('qwen', 'prefill', 0),
  ],
});

const counted = (count: number): Evidence => ({
  kind: 'Metric',
  object: 'Pod/qwen-kserve-0',
  quote: `vllm:nixl_xfer_time_seconds_count +${count}`,
});

/** The same service, with other numbers measured of its KV path. */
function measured(
  count: number,
  kv: Partial<ServingHealth['kvTransfer']> = {},
): ServingHealth {
  const reason = `only ${count} of the requests came with a KV transfer`;
  return {
    ...base,
    observedAt: new Date(count).toISOString(),
    summary: reason,
    causes: [
      {
        id: 'prefill-bypassed',
        severity: 'Warning',
        subjects: ['LLMInferenceService/qwen'],
        title: 'Prefill does nothing for decode',
        explanation: `By measurement ${reason}.`,
        remedy: 'Look',
        evidence: [counted(count)],
      },
    ],
    kvTransfer: {
      ...base.kvTransfer,
      effectiveness: 'Suspect',
      bytesPerSecond: 10e9,
      evidence: [counted(count)],
      ...kv,
    },
  };
}

const version = (health: ServingHealth) => versionOf(health, {});

describe('the version of a status', () => {
  it('stays while traffic goes on as it was', () => {
    expect(version(measured(124, { bytesPerSecond: 10.4e9 }))).toBe(
      version(measured(120)),
    );
  });

  it.each([
    ['there is several times the traffic', measured(500)],
    ['nothing is counted any more', measured(0)],
    ['KV cache moves much slower', measured(120, { bytesPerSecond: 6e9 })],
    [
      'how fast KV cache moves is no longer known',
      measured(120, { bytesPerSecond: undefined }),
    ],
    ['measurement says something else', measured(120, { fabric: 'Tcp' })],
    [
      'another series is counted',
      measured(120, { evidence: [{ ...counted(120), quote: 'other +120' }] }),
    ],
  ])('changes where %s', (_why, other) => {
    expect(version(other)).not.toBe(version(measured(120)));
  });

  it('changes with every number that was not measured', () => {
    const restarted = (count: number): ServingHealth => ({
      ...base,
      causes: [
        {
          ...measured(0).causes[0],
          explanation: `Restarted ${count} times`,
          evidence: [
            {
              kind: 'ContainerStatus',
              object: 'Pod/qwen-kserve-0',
              quote: `exit code ${count}`,
            },
          ],
        },
      ],
    });
    expect(version(restarted(137))).not.toBe(version(restarted(139)));
  });
});
