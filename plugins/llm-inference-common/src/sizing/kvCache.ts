import type { ModelArchitecture } from './ModelArchitecture';
import { positive } from './units';

/** Bytes of one KV number where nothing else is asked for: bf16. */
export const DEFAULT_KV_BYTES = 2;

/** Bytes that one layer holds for one token: on the whole model, or on one of `tensor` ranks. */
function bytesPerLayer(
  model: ModelArchitecture,
  bytesPerNumber: number,
  tensor: number,
): number | undefined {
  const kv = model.kv;
  if (!kv) return undefined;
  // The latent vector is shared by all heads, so that every rank keeps the whole of it.
  if (kv.kind === 'latent') return kv.width * bytesPerNumber;
  return 2 * Math.ceil(kv.kvHeads / tensor) * kv.headDim * bytesPerNumber;
}

function bytesHeld(
  model: ModelArchitecture,
  tokens: number,
  bytesPerNumber: number,
  tensor: number,
): number | undefined {
  const perLayer = bytesPerLayer(model, bytesPerNumber, tensor);
  if (perLayer === undefined || model.kvLayers === undefined) return undefined;
  const sliding = Math.min(model.sliding?.layers ?? 0, model.kvLayers);
  const window = model.sliding?.window ?? 0;
  return (
    (model.kvLayers - sliding) * tokens * perLayer +
    sliding * Math.min(tokens, window) * perLayer
  );
}

/**
 * Bytes of KV cache that one token takes on the whole model, as long as no sliding window is full:
 * `2 × layers × kv heads × head dim × bytes`, or `layers × latent width × bytes` with latent attention.
 *
 * @param bytesPerNumber - 2 for bf16 (the default), 1 for an fp8 KV cache
 * @returns undefined where the architecture is not known
 * @public
 */
export function kvBytesPerToken(
  model: ModelArchitecture,
  bytesPerNumber: number = DEFAULT_KV_BYTES,
): number | undefined {
  const perLayer = bytesPerLayer(model, bytesPerNumber, 1);
  return perLayer === undefined || model.kvLayers === undefined
    ? undefined
    : model.kvLayers * perLayer;
}

/**
 * Bytes of KV cache of a sequence of `tokens` tokens on the whole model. A sliding layer holds at most
 * its window.
 *
 * @public
 */
export function kvBytes(
  model: ModelArchitecture,
  tokens: number,
  bytesPerNumber: number = DEFAULT_KV_BYTES,
): number | undefined {
  return bytesHeld(model, tokens, bytesPerNumber, 1);
}

/**
 * Bytes of KV cache of a sequence on one GPU. KV heads are replicated where tensor parallelism exceeds
 * their number; a latent cache is whole on every rank; pipeline parallelism spreads the layers.
 *
 * @public
 */
export function kvBytesPerGpu(
  model: ModelArchitecture,
  tokens: number,
  parallelism: { tensor?: number; pipeline?: number } = {},
  bytesPerNumber: number = DEFAULT_KV_BYTES,
): number | undefined {
  const held = bytesHeld(
    model,
    tokens,
    bytesPerNumber,
    positive(parallelism.tensor) ?? 1,
  );
  return held === undefined
    ? undefined
    : held / (positive(parallelism.pipeline) ?? 1);
}

/**
 * The longest sequence that fits into `bytes` of one GPU, in tokens. Infinite where every layer slides
 * and all windows fit.
 */
export function tokensThatFit(
  model: ModelArchitecture,
  bytes: number,
  parallelism: { tensor?: number; pipeline?: number },
  bytesPerNumber: number,
): number | undefined {
  const perToken = kvBytesPerGpu(model, 1, parallelism, bytesPerNumber);
  if (!perToken || model.kvLayers === undefined) return undefined;
  if (bytes <= 0) return 0;
  const perLayer = perToken / model.kvLayers;
  const { layers: sliding = 0, window = 0 } = model.sliding ?? {};
  const full = model.kvLayers - Math.min(sliding, model.kvLayers);
  const atWindow = window * perToken;
  if (sliding === 0 || bytes <= atWindow) return Math.floor(bytes / perToken);
  if (full === 0) return Infinity;
  return Math.floor(window + (bytes - atWindow) / (full * perLayer));
}
