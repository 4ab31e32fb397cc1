import { estimateCapacity } from './estimateCapacity';
import { kvBytes, kvBytesPerGpu } from './kvCache';
import { matchRates } from './rateMatching';
import { REFERENCE_MODELS } from './referenceModels';
import { linkNeed } from './transfer';
import { GIB } from './units';
import type { ModelArchitecture } from './ModelArchitecture';

const MIB = 2 ** 20;

/** Memory of an H100 as its driver reports it. */
const H100 = 79.2 * GIB;

function model(name: string): ModelArchitecture {
  const found = REFERENCE_MODELS.find(
    ({ architecture }) => architecture.name === name,
  );
  if (!found) throw new Error(`No reference model ${name}`);
  return found.architecture;
}

/** How far a value is from the published one, as a share of it; not a number where there is no value. */
const distance = (actual: number | undefined, expected: number) =>
  Math.abs((actual ?? NaN) - expected) / expected;

describe('published numbers', () => {
  describe('llm-d-planner capacity_planner', () => {
    it('Qwen2.5-0.5B, 10,000 tokens: 0.11444 GiB', () => {
      expect(Number(kvBytes(model('Qwen2.5-0.5B'), 10_000)) / GIB).toBeCloseTo(
        0.11444,
        5,
      );
    });

    it.each([
      [1, 68.89, 376_231, 1e-5],
      [2, 68.09, 743_724, 1e-4],
    ])(
      'Qwen2.5-0.5B, tensor %d, %d GiB of KV cache: %d blocks of 16 tokens',
      (tensor, gib, blocks, share) => {
        const estimate = estimateCapacity(model('Qwen2.5-0.5B'), {
          decode: { tensor, kvCacheBytes: gib * GIB },
          blockTokens: 16,
        });
        expect(distance(estimate.decode.blocks, blocks)).toBeLessThanOrEqual(
          share,
        );
      },
    );

    it('Mistral-Small-24B, 184,832 tokens: 28.20 GiB', () => {
      const bytes = kvBytes(model('Mistral-Small-3.2-24B'), 184_832);
      expect(Math.abs(Number(bytes) / GIB - 28.2)).toBeLessThanOrEqual(0.01);
    });

    it('DeepSeek-V3, 10,000 tokens: 0.65446 GiB', () => {
      expect(
        Number(kvBytes(model('DeepSeek-V3/R1'), 10_000)) / GIB,
      ).toBeCloseTo(0.65446, 5);
    });

    it('DeepSeek-V2 (60 layers, 576), 10,000 tokens: 0.64373 GiB', () => {
      const deepseek2: ModelArchitecture = {
        kvLayers: 60,
        kv: { kind: 'latent', width: 576 },
      };
      expect(Number(kvBytes(deepseek2, 10_000)) / GIB).toBeCloseTo(0.64373, 5);
    });
  });

  it('Qwen2.5-7B, 8,192 tokens: 448 MiB (model config)', () => {
    expect(kvBytes(model('Qwen2.5-7B'), 8192)).toBe(448 * MIB);
  });

  it('OPT-66B, 512 tokens: 1.125 GiB, 96.6 Gbit/s at 10 requests/s (DistServe)', () => {
    const bytes = Number(kvBytes(model('OPT-66B'), 512));
    expect(bytes).toBe(1.125 * GIB);
    expect((linkNeed(10, bytes) * 8) / 1e9).toBeCloseTo(96.6, 1);
  });

  it('Llama-70B, 16,384 tokens, on one of 8 GPUs: 640 MiB (Dynamo)', () => {
    expect(kvBytesPerGpu(model('Llama-3.x-70B'), 16_384, { tensor: 8 })).toBe(
      640 * MIB,
    );
  });

  describe('memory left on an H100 at utilization 0.90 (vLLM, llm-d-planner)', () => {
    const onH100 = (architecture: ModelArchitecture, tensor: number) =>
      estimateCapacity(architecture, {
        decode: { tensor, gpuBytes: H100, gpuMemoryUtilization: 0.9 },
      }).decode;
    // The table has no stored size for this model: its nominal parameters in bf16.
    const qwen06: ModelArchitecture = {
      ...model('Qwen3-0.6B'),
      parameters: 0.6e9,
      weightType: 'bfloat16',
    };

    it.each<[string, ModelArchitecture, number, number, number]>([
      ['Llama-3.1-8B', model('Llama-3.1-8B'), 1, 51.38, 0.03],
      ['Qwen3-0.6B', qwen06, 1, 64.45, 0.03],
      ['Qwen3-32B', model('Qwen3-32B'), 1, 4.45, 0.1],
      ['Qwen3-32B', model('Qwen3-32B'), 2, 34.49, 0.03],
      ['Llama-70B fp8', model('Llama-3.x-70B'), 2, 32.0, 0.03],
    ])('%s', (_name, architecture, tensor, gib, share) => {
      const { kvAvailableBytes } = onH100(architecture, tensor);
      expect(distance(Number(kvAvailableBytes) / GIB, gib)).toBeLessThanOrEqual(
        share,
      );
    });

    it.each<[string, number, number]>([
      ['Llama-3.1-8B', 1, 14.99],
      ['Qwen3-32B', 1, 61.03],
      ['Qwen3-32B', 2, 30.59],
      ['Llama-3.x-70B', 2, 33.88],
    ])('weights of %s with tensor %d: %d GiB per GPU', (name, tensor, gib) => {
      const { weightBytes } = onH100(model(name), tensor);
      expect(distance(Number(weightBytes) / GIB, gib)).toBeLessThanOrEqual(
        0.03,
      );
    });

    it('Llama-70B fp8 does not fit on one', () => {
      const decode = onH100(model('Llama-3.x-70B'), 1);
      expect(decode.fits).toBe(false);
      expect(decode.blocks).toBe(0);
    });
  });

  it('45 requests/s of 5,000 tokens at 33,821 tokens/s: 7.39, that is 8 prefill replicas (Dynamo)', () => {
    const { prefill } = matchRates(
      { requestsPerSecond: 45, promptTokens: 5000 },
      { prefillTokensPerSecond: 33_821 },
    );
    expect(prefill?.exact).toBeCloseTo(7.39, 2);
    expect(prefill?.replicas).toBe(8);
  });
});
