/**
 * How a model stores what it has read, per attention layer.
 *
 * - `heads`: keys and values per KV head (multi-head, grouped-query and multi-query attention).
 * - `latent`: one compressed vector per token, shared by all heads (multi-head latent attention).
 *
 * @public
 */
export type KvLayout =
  | { kind: 'heads'; kvHeads: number; headDim: number }
  | { kind: 'latent'; width: number };

/**
 * The numbers of a model that decide its memory. Whatever is not known is absent: an absent number
 * makes the estimates that need it absent too, it is never guessed.
 *
 * @public
 */
export interface ModelArchitecture {
  /** Name for people, for example `Qwen/Qwen2.5-7B-Instruct`. */
  name?: string;
  /** Layers that hold a KV cache; layers with a fixed-size state (Mamba, linear attention) do not count. */
  kvLayers?: number;
  /** Query heads; tensor parallelism must divide them. */
  attentionHeads?: number;
  kv?: KvLayout;
  /** Layers, among `kvLayers`, that keep only the last `window` tokens. */
  sliding?: { layers: number; window: number };
  /** Whether a part of the layers keeps a fixed-size state (Mamba, linear attention). */
  hasStateLayers?: boolean;
  /** Number of experts of a mixture-of-experts model; absent for dense models. */
  experts?: number;
  /** Family that the activation memory was measured for, for example `llama` or `qwen`. */
  family?: string;
  /** Takes images, audio or video beside text. */
  multimodal?: boolean;
  encoderDecoder?: boolean;
  /** Number of parameters. */
  parameters?: number;
  /** Bytes of the stored weights, all experts included. */
  weightBytes?: number;
  /** Data type of the weights as stored, for example `bfloat16` or `fp8`. */
  weightType?: string;
  /** Longest context that the model was made for, in tokens. */
  contextTokens?: number;
  /** Where the numbers come from. */
  source?: string;
}
