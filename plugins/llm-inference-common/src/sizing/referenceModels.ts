import { weightBytes as bytesOfWeights } from './memory';
import type { ModelArchitecture } from './ModelArchitecture';
import { GIB } from './units';

/**
 * A model whose numbers ship with this package.
 *
 * @public
 */
export interface ReferenceModel {
  architecture: ModelArchitecture;
  /** Repositories on the model hub for which every number holds, in lower case. */
  repositories: readonly string[];
  /** Repositories of the same shape whose weights are stored in another data type. */
  sameShape?: readonly string[];
}

const CONFIGS =
  'aiconfigurator model configs; attention heads and experts: model config';

function heads(
  name: string,
  [kvLayers, attentionHeads, kvHeads, headDim]: [
    number,
    number,
    number,
    number,
  ],
  more: Partial<ModelArchitecture> = {},
): ModelArchitecture {
  return {
    name,
    kvLayers,
    attentionHeads,
    kv: { kind: 'heads', kvHeads, headDim },
    source: CONFIGS,
    ...more,
  };
}

function latent(
  name: string,
  kvLayers: number,
  more: Partial<ModelArchitecture>,
): ModelArchitecture {
  // 512 (kv_lora_rank) + 64 (qk_rope_head_dim)
  return {
    name,
    kvLayers,
    kv: { kind: 'latent', width: 576 },
    source: CONFIGS,
    ...more,
  };
}

const QWEN = { family: 'qwen' } as const;
const LLAMA = { family: 'llama' } as const;

/**
 * Reference models, with the source of each row. A number that no source confirms is absent.
 *
 * @public
 */
export const REFERENCE_MODELS: readonly ReferenceModel[] = [
  {
    architecture: heads('Qwen2.5-0.5B', [24, 14, 2, 64], {
      ...QWEN,
      parameters: 494_032_768,
      weightType: 'bfloat16',
      source: 'llm-d-planner capacity_planner (0.9202 GiB of weights)',
    }),
    repositories: ['qwen/qwen2.5-0.5b', 'qwen/qwen2.5-0.5b-instruct'],
  },
  {
    architecture: heads('Qwen2.5-7B', [28, 28, 4, 128], {
      ...QWEN,
      weightBytes: 14.19 * GIB,
      weightType: 'bfloat16',
      source: 'model config; weights computed from 7.616 B parameters',
    }),
    repositories: ['qwen/qwen2.5-7b', 'qwen/qwen2.5-7b-instruct'],
  },
  {
    architecture: heads('Qwen3-0.6B', [28, 16, 8, 128], QWEN),
    repositories: ['qwen/qwen3-0.6b', 'qwen/qwen3-0.6b-base'],
  },
  {
    architecture: heads('Qwen3-8B', [36, 32, 8, 128], QWEN),
    repositories: ['qwen/qwen3-8b', 'qwen/qwen3-8b-base'],
    sameShape: ['qwen/qwen3-8b-fp8', 'qwen/qwen3-8b-awq'],
  },
  {
    architecture: heads('Qwen3-32B', [64, 64, 8, 128], {
      ...QWEN,
      weightBytes: 61.03 * GIB,
      weightType: 'bfloat16',
      source: `${CONFIGS}; weights: llm-d-planner capacity_planner`,
    }),
    repositories: ['qwen/qwen3-32b'],
    sameShape: ['qwen/qwen3-32b-fp8', 'qwen/qwen3-32b-awq'],
  },
  {
    architecture: heads('Llama-3.1-8B', [32, 32, 8, 128], {
      ...LLAMA,
      weightBytes: 14.99 * GIB,
      weightType: 'bfloat16',
      source: `${CONFIGS}; weights: llm-d-planner capacity_planner`,
    }),
    repositories: [
      'meta-llama/llama-3.1-8b',
      'meta-llama/llama-3.1-8b-instruct',
      'meta-llama/meta-llama-3.1-8b',
      'meta-llama/meta-llama-3.1-8b-instruct',
    ],
  },
  {
    architecture: heads('Llama-3.x-70B', [80, 64, 8, 128], {
      ...LLAMA,
      weightBytes: 67.7 * GIB,
      weightType: 'fp8',
      source: `${CONFIGS}; fp8 weights: llm-d-planner capacity_planner`,
    }),
    repositories: [
      'redhatai/llama-3.3-70b-instruct-fp8-dynamic',
      'redhatai/meta-llama-3.1-70b-instruct-fp8',
      'nvidia/llama-3.3-70b-instruct-fp8',
      'nvidia/llama-3.1-70b-instruct-fp8',
    ],
    sameShape: [
      'meta-llama/meta-llama-3-70b-instruct',
      'meta-llama/llama-3.1-70b',
      'meta-llama/llama-3.1-70b-instruct',
      'meta-llama/meta-llama-3.1-70b-instruct',
      'meta-llama/llama-3.3-70b-instruct',
    ],
  },
  {
    architecture: heads('Llama-3.1-405B', [126, 128, 8, 128], LLAMA),
    repositories: [
      'meta-llama/llama-3.1-405b',
      'meta-llama/llama-3.1-405b-instruct',
    ],
    sameShape: ['meta-llama/llama-3.1-405b-instruct-fp8'],
  },
  {
    architecture: heads('Mistral-Small-3.2-24B', [40, 32, 8, 128]),
    repositories: ['mistralai/mistral-small-3.2-24b-instruct-2506'],
  },
  {
    architecture: heads('Mixtral-8x22B', [56, 48, 8, 128], { experts: 8 }),
    repositories: [
      'mistralai/mixtral-8x22b-v0.1',
      'mistralai/mixtral-8x22b-instruct-v0.1',
    ],
  },
  {
    architecture: heads('Qwen3-30B-A3B', [48, 32, 4, 128], {
      ...QWEN,
      experts: 128,
    }),
    repositories: ['qwen/qwen3-30b-a3b', 'qwen/qwen3-30b-a3b-instruct-2507'],
    sameShape: ['qwen/qwen3-30b-a3b-fp8'],
  },
  {
    architecture: heads('Qwen3-235B-A22B', [94, 64, 4, 128], {
      ...QWEN,
      experts: 128,
    }),
    repositories: [
      'qwen/qwen3-235b-a22b',
      'qwen/qwen3-235b-a22b-instruct-2507',
    ],
    sameShape: ['qwen/qwen3-235b-a22b-fp8'],
  },
  {
    architecture: latent('DeepSeek-V3/R1', 61, {
      attentionHeads: 128,
      experts: 256,
      weightType: 'fp8',
      source: `${CONFIGS}; about 640 GiB of fp8 weights, unconfirmed and left out`,
    }),
    repositories: [
      'deepseek-ai/deepseek-v3',
      'deepseek-ai/deepseek-v3-0324',
      'deepseek-ai/deepseek-r1',
      'deepseek-ai/deepseek-r1-0528',
    ],
  },
  {
    architecture: latent('Kimi-K2', 61, {
      attentionHeads: 64,
      experts: 384,
      weightType: 'fp8',
    }),
    repositories: ['moonshotai/kimi-k2-instruct', 'moonshotai/kimi-k2-base'],
  },
  {
    architecture: latent('GLM-5.x', 78, { experts: 256 }),
    repositories: ['zai-org/glm-5'],
    sameShape: ['zai-org/glm-5-fp8'],
  },
  {
    // The table gives 12.8 to 13.5 GiB; the larger one is the safer estimate.
    architecture: heads('gpt-oss-20b', [24, 64, 8, 64], {
      sliding: { layers: 12, window: 128 },
      experts: 32,
      weightBytes: 13.5 * GIB,
      weightType: 'mxfp4',
      source: `${CONFIGS}; weights: llm-d guides, upper bound`,
    }),
    repositories: ['openai/gpt-oss-20b'],
  },
  {
    architecture: heads('gpt-oss-120b', [36, 64, 8, 64], {
      sliding: { layers: 18, window: 128 },
      experts: 128,
      weightBytes: 64.38 * GIB,
      weightType: 'mxfp4',
      source: `${CONFIGS}; weights: llm-d-planner capacity_planner`,
    }),
    repositories: ['openai/gpt-oss-120b'],
  },
  {
    architecture: heads('OPT-66B', [64, 72, 72, 128], {
      source: 'DistServe paper; model config',
    }),
    repositories: ['facebook/opt-66b'],
  },
];

/**
 * The shipped numbers of a model, by its URI (`hf://owner/name`, also with `@revision`) or repository
 * name. Where only the shape is known, the weights are absent.
 *
 * @public
 */
export function referenceModel(uri: string): ModelArchitecture | undefined {
  const name = uri
    .replace(/^hf:\/\//, '')
    .replace(/[@:].*$/, '')
    .toLowerCase();
  for (const model of REFERENCE_MODELS) {
    if (model.repositories.includes(name)) return model.architecture;
    if (model.sameShape?.includes(name)) {
      const { weightBytes, weightType, parameters, ...shape } =
        model.architecture;
      return shape;
    }
  }
  return undefined;
}

/**
 * Whether the model's own configuration may tell what does not ship: all of its numbers, or how large its weights
 * are. Only models of a hub (`hf://`) have one that can be asked for.
 *
 * @public
 */
export function hasMoreAtItsHub(uri: string): boolean {
  if (!uri.startsWith('hf://')) return false;
  const known = referenceModel(uri);
  return known === undefined || bytesOfWeights(known) === undefined;
}

/**
 * Numbers of a model out of what ships and what was looked up. What ships has been checked against its sources and
 * wins; what is absent there is filled in.
 *
 * @public
 */
export function completeModel(
  shipped: ModelArchitecture | undefined,
  lookedUp: ModelArchitecture | undefined,
): ModelArchitecture | undefined {
  return shipped && lookedUp
    ? { ...lookedUp, ...shipped }
    : shipped ?? lookedUp;
}
