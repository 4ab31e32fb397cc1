import type { ModelArchitecture } from './ModelArchitecture';
import { bytesOfType, GIB, positive } from './units';

/** Tokens in one block of vLLM's KV cache. @public */
export const DEFAULT_BLOCK_TOKENS = 16;

/** Activation memory by kind of model, in GiB; it grows with `--max-num-batched-tokens`. */
const ACTIVATION_GIB = {
  dense: 5.5,
  llama: 4.8,
  qwen: 5.6,
  experts: 8.0,
  multimodalExtra: 2.5,
} as const;

/** Memory that is not PyTorch's (NCCL, CUDA context), in GiB. */
const NON_TORCH_GIB = { single: 0.15, tensorParallel: 0.6 } as const;

/** How much larger than the weights the memory of an instance should be. */
const WEIGHTS_HEADROOM = 1.5;

/**
 * Share of the GPU that vLLM takes by default: 0.92 from 0.22, else 0.90 (also where the version is not
 * known).
 *
 * @param vllmVersion - for example `0.22.1` or `v0.19`
 * @public
 */
export function defaultGpuMemoryUtilization(vllmVersion?: string): number {
  const match = /^v?(\d+)\.(\d+)/.exec(vllmVersion ?? '');
  if (!match) return 0.9;
  const [major, minor] = [Number(match[1]), Number(match[2])];
  return major > 0 || minor >= 22 ? 0.92 : 0.9;
}

/**
 * Bytes of stored weights from parameter counts by data type, for example `{ BF16: 7_615_616_512 }` as
 * model hubs report them.
 *
 * @returns undefined where a data type is not known
 * @public
 */
export function weightBytesOf(
  parametersByType: Readonly<Record<string, number>>,
): number | undefined {
  let total = 0;
  for (const [type, count] of Object.entries(parametersByType)) {
    const bytes = bytesOfType(type);
    if (bytes === undefined || !Number.isFinite(count) || count < 0) {
      return undefined;
    }
    total += count * bytes;
  }
  return total > 0 ? total : undefined;
}

/**
 * Bytes of the weights of a model: as stored where known, else its parameters times the bytes of their
 * type.
 *
 * @public
 */
export function weightBytes(model: ModelArchitecture): number | undefined {
  const stored = positive(model.weightBytes);
  if (stored !== undefined) return stored;
  const parameters = positive(model.parameters);
  const bytes = bytesOfType(model.weightType ?? '');
  return parameters === undefined || bytes === undefined
    ? undefined
    : parameters * bytes;
}

/** How one replica of a pool spreads a model over GPUs. @public */
export interface ReplicaParallelism {
  tensor?: number;
  pipeline?: number;
  data?: number;
  /** Expert parallelism: the experts are spread over tensor × data ranks. */
  expert?: boolean;
}

/**
 * Bytes of weights on one GPU: divided by tensor × pipeline, with expert parallelism of a
 * mixture-of-experts model by data, too. Replicated embeddings are neglected.
 *
 * @public
 */
export function weightBytesPerGpu(
  model: ModelArchitecture,
  parallelism: ReplicaParallelism = {},
): number | undefined {
  const total = weightBytes(model);
  if (total === undefined) return undefined;
  const tensor = positive(parallelism.tensor) ?? 1;
  const pipeline = positive(parallelism.pipeline) ?? 1;
  const spread =
    parallelism.expert && model.experts ? positive(parallelism.data) ?? 1 : 1;
  return total / (tensor * pipeline * spread);
}

/** Activation memory of one GPU in bytes, as measured per kind of model. @public */
export function activationBytes(model: ModelArchitecture): number {
  let gib: number = ACTIVATION_GIB.dense;
  if (model.experts) gib = ACTIVATION_GIB.experts;
  else if (model.family === 'llama') gib = ACTIVATION_GIB.llama;
  else if (model.family === 'qwen') gib = ACTIVATION_GIB.qwen;
  return (gib + (model.multimodal ? ACTIVATION_GIB.multimodalExtra : 0)) * GIB;
}

/** Memory of one GPU outside PyTorch's control, in bytes. @public */
export function nonTorchBytes(tensor: number = 1): number {
  return (
    (tensor > 1 ? NON_TORCH_GIB.tensorParallel : NON_TORCH_GIB.single) * GIB
  );
}

/**
 * Smallest tensor parallelism: a power of two that divides the attention heads, is at most the GPUs of a
 * node, and gives more than 1.5 times the weights in GPU memory. Where the heads are not known they are
 * not checked.
 *
 * @param gpuBytes - memory of one GPU in bytes
 * @returns undefined where the weights are not known or no size fits
 * @public
 */
export function smallestTensor(
  model: ModelArchitecture,
  gpuBytes: number,
  gpusPerNode: number = 8,
): number | undefined {
  const weights = weightBytes(model);
  if (weights === undefined) return undefined;
  for (let tensor = 1; tensor <= gpusPerNode; tensor *= 2) {
    const divides =
      model.attentionHeads === undefined || model.attentionHeads % tensor === 0;
    if (divides && tensor * gpuBytes > WEIGHTS_HEADROOM * weights) {
      return tensor;
    }
  }
  return undefined;
}
