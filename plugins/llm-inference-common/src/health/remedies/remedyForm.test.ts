import { assessService } from '../assessService';
import type { CauseId } from '../CauseId';
import type { Cause, PoolHealth, ServingHealth } from '../ServingHealth';
import { memoryLimitEvidence, startupBudgetEvidence } from './limits';
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
    const killed = (limit?: string) =>
      cause('host-memory-exceeded', {
        pool: 'decode',
        evidence: limit ? [memoryLimitEvidence('Pod/x', limit)] : [],
      });
    expect(remedyForm(killed('33Gi'), health())).toEqual({
      memoryLimit: '50Gi',
    });
    expect(remedyForm(killed(), health())).toBeUndefined();
    expect(remedyForm(killed('5G'), health())).toBeUndefined();
  });

  it('doubles the time to start where it is known, within what the form takes', () => {
    const slow = (seconds?: number) =>
      cause('startup-budget-exceeded', {
        pool: 'decode',
        evidence: seconds ? [startupBudgetEvidence('Pod/x', seconds)] : [],
      });
    for (const [now, then] of [
      [600, 1200],
      [100, 600],
      [911, 1830],
      [80_000, 86_400],
    ]) {
      expect(remedyForm(slow(now), health())).toEqual({
        startupBudgetSeconds: then,
      });
    }
    expect(remedyForm(slow(86_400), health())).toBeUndefined();
    expect(remedyForm(slow(), health())).toBeUndefined();
  });

  it('puts the KV roles right where both pools use one connector', () => {
    const roles = (...configs: Array<[connector: string, role: string]>) =>
      cause('kv-role-mismatch', {
        evidence: configs.map(([connector, role]) => ({
          kind: 'Spec',
          object: 'Deployment/x',
          quote: `VLLM_ADDITIONAL_ARGS: --kv-transfer-config {"kv_connector":"${connector}","kv_role":"${role}"}`,
        })),
      });
    const nixl = (role: string): [string, string] => ['NixlConnector', role];
    expect(
      remedyForm(roles(nixl('kv_producer'), nixl('kv_producer')), health()),
    ).toEqual({ kvRoles: 'producer-consumer' });
    // The roles are right, so that it is the sidecar that does not fit.
    expect(
      remedyForm(roles(nixl('kv_consumer'), nixl('kv_producer')), health()),
    ).toBeUndefined();
    expect(
      remedyForm(
        roles(nixl('kv_producer'), ['LMCacheConnectorV1', 'kv_producer']),
        health(),
      ),
    ).toBeUndefined();
    expect(remedyForm(cause('kv-connector-missing'), health())).toEqual({
      kvRoles: 'producer-consumer',
    });
    expect(remedyForm(cause('side-channel-host-unset'), health())).toEqual({
      sideChannelHost: 'pod-ip',
    });
  });

  it('takes the RDMA resource from the profile, where that is another one', () => {
    const context = { profileRdma: 'rdma/roce_gdr' };
    const lacking = (name: string) =>
      cause('insufficient-rdma', {
        pool: 'prefill',
        evidence: log(`0/4 nodes are available: 4 Insufficient ${name}.`),
      });
    expect(
      remedyForm(lacking('rdma/ib'), health({ prefill: pool(4, 2) }), context),
    ).toEqual({ rdmaResource: 'profile' });
    expect(
      remedyForm(
        lacking('rdma/roce_gdr'),
        health({ prefill: pool(4, 2) }),
        context,
      ),
    ).toEqual({ prefillReplicas: 2 });
    expect(remedyForm(lacking('rdma/ib'), health())).toBeUndefined();
    const unrequested = cause('rdma-not-requested', { pool: 'prefill' });
    expect(remedyForm(unrequested, health(), context)).toEqual({
      rdmaResource: 'profile',
    });
    expect(remedyForm(unrequested, health())).toBeUndefined();
    const refused = (name: string) =>
      cause('extended-resource-invalid', {
        evidence: log(
          `spec.containers[0].resources.requests: Invalid value: "1": must be equal to ${name} limit of 2`,
        ),
      });
    expect(remedyForm(refused('rdma/roce_gdr'), health(), context)).toEqual({
      rdmaResource: 'profile',
    });
    expect(
      remedyForm(refused('nvidia.com/gpu'), health(), context),
    ).toBeUndefined();
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
    expect(
      remedyForm(
        cause('kv-compatibility-mismatch'),
        health({
          decode: pool(1, 1, [{ digest: A }]),
          prefill: pool(1, 1, [{ digest: A }]),
        }),
      ),
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
