import { redactManifest } from './redactManifest';

function containerOf(container: object): Record<string, unknown> {
  const shown = redactManifest({
    spec: { template: { containers: [container] } },
  });
  return (
    shown.spec as { template: { containers: Array<Record<string, unknown>> } }
  ).template.containers[0];
}

describe('what may be shown of a manifest', () => {
  it('is what somebody wrote', () => {
    expect(
      redactManifest({
        apiVersion: 'serving.kserve.io/v1alpha2',
        kind: 'LLMInferenceService',
        metadata: {
          name: 'qwen',
          namespace: 'llm',
          uid: 'u',
          resourceVersion: '7',
          generation: 3,
          creationTimestamp: '2026-11-22T10:00:00Z',
          finalizers: ['serving.kserve.io/llmisvc'],
          managedFields: [{ manager: 'kubectl' }],
          labels: { team: 'search' },
          annotations: {
            'kubectl.kubernetes.io/last-applied-configuration': '{}',
            'backstage.io/entity-ref': 'component:default/qwen',
          },
        },
        spec: { replicas: 1 },
        status: { conditions: [] },
      }),
    ).toEqual({
      apiVersion: 'serving.kserve.io/v1alpha2',
      kind: 'LLMInferenceService',
      metadata: {
        name: 'qwen',
        namespace: 'llm',
        labels: { team: 'search' },
        annotations: { 'backstage.io/entity-ref': 'component:default/qwen' },
      },
      spec: { replicas: 1 },
    });
  });

  it.each([
    ['HF_TOKEN', 'abc'],
    ['AWS_SECRET_ACCESS_KEY', 'x/y+z'],
    ['DB_PASSWORD', 'pass word'],
    ['VLLM_API_KEY', 'k'],
  ])('has no literal value of the variable %s', (name, value) => {
    expect(containerOf({ env: [{ name, value }] })).toEqual({
      env: [{ name, value: '[redacted]' }],
    });
  });

  it.each([
    [
      ['--api-key', 'top-secret'],
      ['--api-key', '[redacted]'],
    ],
    [['--api-key=top-secret'], ['--api-key=[redacted]']],
    [
      ['serve --port 8000 --api-key "top secret" --seed 1'],
      ['serve --port 8000 --api-key [redacted] --seed 1'],
    ],
    [['--hf-token hf_abcdefghijklmnopqrstuv'], ['--hf-token [redacted]']],
    [['see hf_abcdefghijklmnopqrstuv1'], ['see hf_***']],
  ])('has no secret among the arguments %j', (args, shown) => {
    expect(containerOf({ args })).toEqual({ args: shown });
  });

  it.each([
    [{ args: ['--max-num-batched-tokens', '8192', '--tokenizer', 'Qwen/x'] }],
    [{ args: ['--max-num-batched-tokens=8k --api-key $(VLLM_API_KEY)'] }],
    [{ env: [{ name: 'TOKENIZERS_PARALLELISM', value: 'false' }] }],
    [
      {
        env: [
          {
            name: 'HF_TOKEN',
            valueFrom: { secretKeyRef: { name: 'hf-secret', key: 'token' } },
          },
        ],
      },
    ],
    [
      {
        volumes: [{ name: 'v', secret: { secretName: 'tls', optional: true } }],
      },
    ],
  ])('keeps what is no secret: %j', container => {
    expect(containerOf(container)).toEqual(container);
  });

  it('is nothing where there is nothing', () => {
    for (const value of [undefined, null, [], 'x', 7]) {
      expect(redactManifest(value)).toMatchObject({ metadata: {} });
    }
  });
});
