import { assessService } from '../assessService';
import type { CauseId } from '../CauseId';
import type { Cause, PoolHealth, ServingHealth } from '../ServingHealth';
import { remedyForm } from './remedyForm';

const A = `sha256:${'a'.repeat(64)}`;
const B = `sha256:${'b'.repeat(64)}`;

function cause(id: CauseId, more: Partial<Cause> = {}): Cause {
  return {
    id,
    severity: 'Critical',
    subjects: [],
    title: '',
    explanation: '',
    remedy: '',
    evidence: [],
    ...more,
  };
}

function log(quote: string): Cause['evidence'] {
  return [{ kind: 'Log', object: 'Pod/qwen-kserve-0', quote }];
}

function pool(
  desired: number,
  ready: number,
  pods: Array<{ digest: string; ready?: boolean }> = [],
): PoolHealth {
  return {
    topology: 'SingleNode',
    desired,
    updated: desired,
    ready,
    available: ready,
    restarts: 0,
    pods: pods.map(({ digest, ready: podReady = true }, index) => ({
      name: `pod-${index}`,
      phase: 'Running',
      ready: podReady,
      terminating: false,
      restarts: 0,
      image: 'registry.example.com:5000/llm-d/llm-d-cuda:v0.9.0',
      imageDigest: digest,
    })),
  };
}

function health(pools: ServingHealth['pools'] = {}): ServingHealth {
  return {
    ...assessService({
      now: '2026-11-22T10:00:00Z',
      service: { cluster: 'gpu-east', namespace: 'llm', name: 'qwen' },
      objects: [],
    }),
    pools,
  };
}

describe('the change of the form that ends a cause', () => {
  it('takes the length of a request from what the engine says', () => {
    for (const [quote, length] of [
      [
        'Based on the available memory, the estimated maximum model length is 76512. Try',
        76288,
      ],
      [
        "The model's max seq len (32768) is larger than the maximum number of tokens that can be stored in KV cache (14224).",
        14080,
      ],
    ] as const) {
      expect(
        remedyForm(
          cause('kv-cache-too-small', { evidence: log(quote) }),
          health(),
        ),
      ).toEqual({ maxModelLength: length });
    }
    for (const quote of [
      'No available memory for the cache blocks',
      'the estimated maximum model length is 112',
    ]) {
      expect(
        remedyForm(
          cause('kv-cache-too-small', { evidence: log(quote) }),
          health(),
        ),
      ).toBeUndefined();
    }
  });

  it('raises memory by half where the limit is known, and only there', () => {
    const killed = cause('host-memory-exceeded', { pool: 'decode' });
    expect(remedyForm(killed, health(), { memoryLimit: '33Gi' })).toEqual({
      memoryLimit: '50Gi',
    });
    expect(remedyForm(killed, health())).toBeUndefined();
    expect(remedyForm(killed, health(), { memoryLimit: '5G' })).toBeUndefined();
  });

  it('brings both pools to the image that most serving pods run, decode first where they are level', () => {
    const mixed = cause('mixed-pool-versions');
    const repository = 'registry.example.com:5000/llm-d/llm-d-cuda';
    expect(
      remedyForm(
        mixed,
        health({
          decode: pool(1, 1, [{ digest: A }]),
          prefill: pool(3, 2, [
            { digest: B },
            { digest: B },
            { digest: A, ready: false },
          ]),
        }),
      ),
    ).toEqual({ image: `${repository}@${B}` });
    expect(
      remedyForm(
        mixed,
        health({
          decode: pool(1, 1, [{ digest: A }]),
          prefill: pool(1, 1, [{ digest: B }]),
        }),
      ),
    ).toEqual({ image: `${repository}@${A}` });
    expect(
      remedyForm(mixed, health({ decode: pool(1, 1, [{ digest: 'v1' }]) })),
    ).toBeUndefined();
  });

  it('takes a pool down to what found room, never to nothing', () => {
    const short = cause('insufficient-rdma', { pool: 'prefill' });
    expect(remedyForm(short, health({ prefill: pool(4, 2) }))).toEqual({
      prefillReplicas: 2,
    });
    expect(
      remedyForm(
        cause('quota-exceeded', { pool: 'decode' }),
        health({ decode: pool(3, 1) }),
      ),
    ).toEqual({ decodeReplicas: 1 });
    expect(remedyForm(short, health({ prefill: pool(4, 0) }))).toBeUndefined();
    expect(
      remedyForm(cause('insufficient-gpu'), health({ decode: pool(2, 1) })),
    ).toBeUndefined();
  });

  it('offers nothing for what no field of the form can end', () => {
    expect(remedyForm(cause('gateway-not-ready'), health())).toBeUndefined();
  });
});
