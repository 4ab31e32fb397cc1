import type { ConfigReader } from './ConfigReader';

/** The layers of a model by what they keep of the past. */
export interface AttentionLayers {
  /** Layers with a KV cache, sliding ones included. */
  kv: number;
  sliding?: { layers: number; window: number };
  /** Whether other layers keep a state of fixed size instead. */
  state: boolean;
}

type Kind = 'full' | 'sliding' | 'state' | 'none';

/** What the names of layer types in configurations mean; a name not listed makes the model unknown. */
const KINDS: Readonly<Record<string, Kind>> = {
  full_attention: 'full',
  attention: 'full',
  global_attention: 'full',
  sliding_attention: 'sliding',
  chunked_attention: 'sliding',
  local_attention: 'sliding',
  linear_attention: 'state',
  lightning_attention: 'state',
  mamba: 'state',
  mamba2: 'state',
  conv: 'state',
  mlp: 'none',
  moe: 'none',
};

/** Letters of Nemotron-H's `hybrid_override_pattern`. */
const PATTERN: Readonly<Record<string, Kind>> = {
  '*': 'full',
  M: 'state',
  '-': 'none',
  E: 'none',
};

/** Every layer's kind where the configuration lists them; undefined where a name is not known. */
function listedKinds(config: ConfigReader): Kind[] | undefined | 'absent' {
  const names = config.list('layer_types') ?? config.list('layers_block_type');
  const pattern = config.text('hybrid_override_pattern');
  if (!names && pattern === undefined) return 'absent';
  const kinds = names
    ? names.map(name =>
        typeof name === 'string' && Object.hasOwn(KINDS, name)
          ? KINDS[name]
          : undefined,
      )
    : [...(pattern ?? '')].map(letter =>
        Object.hasOwn(PATTERN, letter) ? PATTERN[letter] : undefined,
      );
  return kinds.every((kind): kind is Kind => kind !== undefined)
    ? kinds
    : undefined;
}

const repeat = (layers: number, kindOf: (layer: number) => Kind): Kind[] =>
  Array.from({ length: layers }, (_, layer) => kindOf(layer));

/** Families whose pattern of sliding layers is not in their configuration. */
const FAMILY_PATTERNS: ReadonlyArray<readonly [string, number]> = [
  ['gemma2', 2],
  ['gemma3', 6],
  ['llama4', 4],
];

/** Kinds where the configuration gives a rule instead of a list. */
function kindsByRule(
  config: ConfigReader,
  layers: number,
  window: number | undefined,
): Kind[] | undefined {
  const family = config.text('model_type') ?? '';
  // Qwen3-Next and Qwen3.5: every n-th layer has full attention, the others are linear.
  const interval = config.number('full_attention_interval');
  if (interval) {
    return repeat(layers, layer =>
      (layer + 1) % interval === 0 ? 'full' : 'state',
    );
  }
  // Jamba: one attention layer per period, Mamba else.
  const period = config.number('attn_layer_period');
  if (period) {
    const offset = config.number('attn_layer_offset') ?? 0;
    return repeat(layers, layer =>
      layer % period === offset ? 'full' : 'state',
    );
  }
  // Bamba names its attention layers, MiniMax marks them with 1.
  const indices = config.list('attn_layer_indices');
  if (indices) {
    return repeat(layers, layer =>
      indices.includes(layer) ? 'full' : 'state',
    );
  }
  const marks = config.list('attn_type_list');
  if (marks) {
    return repeat(layers, layer => (marks[layer] === 1 ? 'full' : 'state'));
  }
  // Kimi Linear lists the layers with full attention, counted from 1.
  const linear = config.child('linear_attn_config');
  const fullLayers = linear?.list('full_attn_layers');
  if (fullLayers) {
    return repeat(layers, layer =>
      fullLayers.includes(layer + 1) ? 'full' : 'state',
    );
  }
  const hasState =
    linear !== undefined ||
    config.has('mamba_d_state') ||
    config.has('ssm_state_size') ||
    config.has('ssm_cfg') ||
    /mamba|rwkv|recurrent_gemma|zamba|griffin/.test(family);
  // Layers with a state, in an arrangement that is not known here.
  if (hasState) return undefined;
  // The Qwen family names a window that it uses only where a second field says so.
  const windowUsed = config.flag('use_sliding_window') ?? !/^qwen/.test(family);
  if (window === undefined || !windowUsed) {
    return repeat(layers, () => 'full');
  }
  // The last of every so many layers sees everything, the others a window (Llama 4: a chunk).
  const pattern =
    config.number('sliding_window_pattern', 'no_rope_layer_interval') ??
    FAMILY_PATTERNS.find(([prefix]) => family.startsWith(prefix))?.[1];
  // EXAONE writes it in letters, but lists its layers, too.
  if (config.text('sliding_window_pattern')) return undefined;
  if (pattern) {
    return repeat(layers, layer =>
      (layer + 1) % pattern === 0 ? 'full' : 'sliding',
    );
  }
  // Qwen2: layers below `max_window_layers` see everything.
  const firstSliding = /^qwen[23]/.test(family)
    ? config.number('max_window_layers') ?? 0
    : 0;
  return repeat(layers, layer => (layer < firstSliding ? 'full' : 'sliding'));
}

/** More layers than any model has: a configuration is not trusted to be sane. */
const MOST_LAYERS = 10_000;

/** Counts the layers of a configuration; undefined where it is not said or not understood. */
export function countAttentionLayers(
  config: ConfigReader,
): AttentionLayers | undefined {
  const window = config.number('sliding_window', 'attention_chunk_size');
  const listed = listedKinds(config);
  const layers = config.number(
    'num_hidden_layers',
    'n_layer',
    'n_layers',
    'num_layers',
  );
  let kinds = listed === 'absent' ? undefined : listed;
  if (listed === 'absent' && layers !== undefined && layers <= MOST_LAYERS) {
    kinds = kindsByRule(config, layers, window);
  }
  if (!kinds || (layers !== undefined && kinds.length < layers)) {
    return undefined;
  }
  // A pruned model keeps the longer list of its parent.
  kinds = kinds.slice(0, layers);
  const count = (kind: Kind) => kinds.filter(each => each === kind).length;
  const sliding = count('sliding');
  if (sliding > 0 && window === undefined) return undefined;
  return {
    kv: count('full') + sliding,
    sliding:
      sliding > 0 && window !== undefined
        ? { layers: sliding, window }
        : undefined,
    state: count('state') > 0,
  };
}
