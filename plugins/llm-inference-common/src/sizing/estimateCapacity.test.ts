import { estimateCapacity } from './estimateCapacity';
import type { CapacityPlan } from './CapacityPlan';
import type { ModelArchitecture } from './ModelArchitecture';
import { referenceModel } from './referenceModels';
import { GB, GIB } from './units';

const llama = referenceModel('hf://meta-llama/Llama-3.1-8B-Instruct') ?? {};
const oss = referenceModel('hf://openai/gpt-oss-120b') ?? {};
const deepseek = referenceModel('deepseek-ai/DeepSeek-V3') ?? {};

const H100 = 79.2 * GIB;

function plan(more: Partial<CapacityPlan> = {}): CapacityPlan {
  return {
    prefill: { tensor: 1, replicas: 2, gpuBytes: H100 },
    decode: { tensor: 1, replicas: 1, gpuBytes: H100 },
    workload: { promptTokens: 8000, outputTokens: 500, requestsPerSecond: 5 },
    maxModelTokens: 16_384,
    link: { kind: 'rdma-400' },
    throughput: {
      prefillTokensPerSecond: 30_000,
      decodeTokensPerSecond: 4000,
      decodeStepSeconds: 0.02,
    },
    ...more,
  };
}

const ids = (model: ModelArchitecture, more: Partial<CapacityPlan> = {}) =>
  estimateCapacity(model, plan(more)).advice.map(advice => advice.id);

describe('estimateCapacity', () => {
  it('tells what fits on one GPU and how the KV cache moves', () => {
    const estimate = estimateCapacity(llama, plan());
    expect(estimate.kvBytesPerToken).toBe(131_072);
    expect(estimate.unknown).toEqual([]);
    expect(estimate.decode.fits).toBe(true);
    const available = Number(estimate.decode.kvAvailableBytes);
    expect(estimate.decode.maxConcurrency).toBe(
      Math.floor(available / (131_072 * 16_384)),
    );
    expect(estimate.decode.requests).toBe(
      Math.floor(available / (131_072 * 8500)),
    );
    expect(estimate.decode.tokens).toBe(Math.floor(available / 131_072));
    expect(estimate.decode.blocks).toBe(Math.floor(available / 131_072 / 16));
    const bytes = 131_072 * 8000;
    expect(estimate.transfer?.bytes).toBe(bytes);
    expect(estimate.transfer?.seconds).toBeCloseTo(bytes / (40 * GB), 9);
    expect(estimate.transfer?.firstSeconds).toBeCloseTo(
      5 + bytes / (40 * GB),
      9,
    );
    expect(estimate.link?.share).toBeCloseTo((5 * bytes) / (40 * GB), 9);
    expect(estimate.ttftSeconds).toBeCloseTo(
      (1.8 * 8000) / 30_000 + bytes / (40 * GB) + 0.02,
      9,
    );
    expect(estimate.ratio.ratio).toBeCloseTo(
      ((8000 / 30_000 / (500 / 4000)) * 0.92) / 0.9,
      9,
    );
    expect(estimate.ratio.prefill?.replicas).toBe(2);
    expect(estimate.ratio.decode?.replicas).toBe(1);
  });

  it('lets ranks pull in parallel where every GPU has its own port', () => {
    const decode = { tensor: 4, gpuBytes: H100 };
    const shared = estimateCapacity(llama, plan({ decode }));
    const parallel = estimateCapacity(
      llama,
      plan({ decode, link: { kind: 'rdma-400', portPerGpu: true } }),
    );
    expect(Number(shared.transfer?.seconds)).toBeCloseTo(
      4 * Number(parallel.transfer?.seconds),
      9,
    );
  });

  it('keeps a latent cache whole on every rank', () => {
    const estimate = estimateCapacity(
      deepseek,
      plan({
        decode: { tensor: 8, kvCacheBytes: 10 * GIB },
        link: { kind: 'rdma-400', portPerGpu: true },
      }),
    );
    expect(estimate.kvBytesPerToken).toBe(70_272);
    expect(estimate.transfer?.bytesPerRank).toBe(70_272 * 8000);
    expect(estimate.decode.tokens).toBe(Math.floor((10 * GIB) / 70_272));
  });

  it('replicates KV heads where tensor parallelism exceeds them', () => {
    const perGpu = (tensor: number) =>
      estimateCapacity(llama, {
        decode: { tensor, kvCacheBytes: 16 * GIB },
      }).decode.tokens;
    expect(perGpu(16)).toBe(perGpu(8));
    expect(perGpu(8)).toBe(8 * Number(perGpu(1)));
  });

  it('fills sliding windows only once', () => {
    const tokens = (kvCacheBytes: number) =>
      Number(estimateCapacity(oss, { decode: { kvCacheBytes } }).decode.tokens);
    expect(tokens(128 * 73_728)).toBe(128);
    // Beyond the window only the 18 full layers grow: 36,864 bytes per token.
    expect(tokens(128 * 73_728 + 1000 * 36_864)).toBe(1128);
  });

  it('halves the KV cache with fp8', () => {
    expect(
      estimateCapacity(llama, plan({ kvCacheType: 'fp8' })).kvBytesPerToken,
    ).toBe(65_536);
    expect(
      estimateCapacity(llama, plan({ kvCacheType: 'auto' })).kvBytesPerToken,
    ).toBe(131_072);
  });

  it('spreads experts over data-parallel ranks only with expert parallelism', () => {
    const weights = (expert: boolean, model: ModelArchitecture) =>
      Number(
        estimateCapacity(model, {
          decode: { tensor: 2, data: 4, expert, gpuBytes: H100 },
        }).decode.weightBytes,
      );
    expect(weights(true, oss)).toBeCloseTo(weights(false, oss) / 4, 3);
    expect(weights(true, llama)).toBe(weights(false, llama));
  });

  it('does not count tokens already on decode as moved', () => {
    const estimate = estimateCapacity(
      llama,
      plan({ workload: { promptTokens: 8000, cachedOnDecodeTokens: 6000 } }),
    );
    expect(estimate.transfer?.bytes).toBe(131_072 * 2000);
  });

  it.each([
    ['vLLM 0.19', 'v0.19.1', 0.9],
    ['vLLM 0.22', '0.22.0', 0.92],
    ['an unknown version', undefined, 0.9],
    ['no version at all', 'latest', 0.9],
  ])('takes the default share of the GPU of %s', (_name, version, share) => {
    const { decode } = estimateCapacity(llama, {
      decode: { gpuBytes: 100 * GIB },
      vllmVersion: version,
    });
    const total =
      Number(decode.kvAvailableBytes) +
      Number(decode.weightBytes) +
      Number(decode.activationBytes) +
      Number(decode.nonTorchBytes);
    expect(total / GIB).toBeCloseTo(100 * share, 6);
  });

  describe('smallest tensor parallelism', () => {
    const smallest = (model: ModelArchitecture, gib: number, node?: number) =>
      estimateCapacity(model, {
        decode: { gpuBytes: gib * GIB },
        gpusPerNode: node,
      }).decode.smallestTensor;

    it('leaves half of the weights as room', () => {
      expect(smallest(llama, 79.2)).toBe(1);
      expect(smallest(llama, 22)).toBe(2);
      expect(smallest({ ...llama, weightBytes: 140 * GIB }, 79.2)).toBe(4);
    });

    it('divides the attention heads', () => {
      expect(
        smallest({ ...llama, attentionHeads: 14, weightBytes: 60 * GIB }, 79.2),
      ).toBe(2);
      expect(
        smallest(
          { ...llama, attentionHeads: 14, weightBytes: 140 * GIB },
          79.2,
        ),
      ).toBeUndefined();
    });

    it('stays on one node', () => {
      expect(
        smallest({ ...llama, weightBytes: 640 * GIB }, 79.2, 8),
      ).toBeUndefined();
    });
  });

  describe('what is not known', () => {
    it('is named and left out', () => {
      const estimate = estimateCapacity(
        {},
        { decode: {}, prefill: {}, workload: { promptTokens: 4000 } },
      );
      expect(estimate.unknown).toHaveLength(5);
      expect(estimate.kvBytesPerToken).toBeUndefined();
      expect(estimate.decode.kvAvailableBytes).toBeUndefined();
      expect(estimate.decode.fits).toBeUndefined();
      expect(estimate.transfer).toBeUndefined();
      expect(estimate.ratio).toEqual({});
      expect(estimate.ttftSeconds).toBeUndefined();
    });

    it.each([NaN, Infinity, -1, 0])('includes the number %p', value => {
      const estimate = estimateCapacity(
        { ...llama, weightBytes: value },
        plan({
          decode: { tensor: value, gpuBytes: value },
          workload: { promptTokens: value, requestsPerSecond: value },
          maxModelTokens: value,
          link: { gigabytesPerSecond: value },
        }),
      );
      for (const pool of [estimate.decode, estimate.prefill]) {
        expect(pool?.kvAvailableBytes).toBeUndefined();
        expect(pool?.maxConcurrency).toBeUndefined();
      }
      expect(estimate.decode.gpus).toBe(1);
      expect(estimate.transfer).toBeUndefined();
    });
  });

  describe('advice', () => {
    it('says in words that short prompts do not pay', () => {
      const { advice } = estimateCapacity(
        llama,
        plan({ workload: { promptTokens: 400, outputTokens: 100 } }),
      );
      expect(advice[0].text).toContain(
        'At 400-token prompts PD costs more than it gives',
      );
      expect(advice[0].leaning).toBe('against');
    });

    it('is silent against a plan that pays', () => {
      const { advice } = estimateCapacity(llama, plan());
      expect(advice.filter(each => each.leaning === 'against')).toEqual([]);
      expect(advice.map(each => each.id)).toContain('gain-expected');
    });

    it.each<[string, Partial<CapacityPlan>, ModelArchitecture, string]>([
      [
        'much output',
        { workload: { promptTokens: 4000, outputTokens: 2000 } },
        llama,
        'output-long',
      ],
      ['no RDMA', { link: { kind: 'tcp' } }, llama, 'no-rdma'],
      [
        'no RDMA at a measured rate',
        { link: { gigabytesPerSecond: 1, rdma: false } },
        llama,
        'no-rdma',
      ],
      [
        'a small model',
        {},
        referenceModel('Qwen/Qwen3-0.6B') ?? {},
        'model-small',
      ],
      [
        'little left to compute',
        { workload: { promptTokens: 4000, cachedTokens: 3500 } },
        llama,
        'cache-hits',
      ],
      [
        'a full link',
        { workload: { promptTokens: 8000, requestsPerSecond: 30 } },
        llama,
        'link-saturated',
      ],
      [
        'a slow link',
        { link: { kind: 'roce-100' } },
        llama,
        'transfer-noticeable',
      ],
      [
        'low load',
        {
          workload: {
            promptTokens: 4000,
            outputTokens: 100,
            requestsPerSecond: 1,
          },
        },
        llama,
        'load-low',
      ],
      ['mixture of experts', {}, oss, 'experts-gain'],
      ['a model that others measured', {}, oss, 'measured'],
      [
        'a late first token',
        { targets: { ttftSeconds: 0.3 } },
        llama,
        'ttft-missed',
      ],
      ['slow steps', { targets: { itlSeconds: 0.01 } }, llama, 'itl-missed'],
    ])('notices %s', (_name, more, model, id) => {
      expect(ids(model, more)).toContain(id);
      expect(ids(llama)).not.toContain(id);
    });

    it('has none for a service that is not disaggregated', () => {
      expect(ids(llama, { prefill: undefined })).toEqual([]);
    });
  });
});
