import type { ModelArchitecture, KvLayout } from './ModelArchitecture';
import { countAttentionLayers } from './attentionLayers';
import { ConfigReader } from './ConfigReader';

/** Families whose configuration has no number of KV heads because every head has its own. */
const MULTI_HEAD_FAMILIES = new Set([
  'baichuan',
  'bloom',
  'codegen',
  'gpt2',
  'gpt_neo',
  'gpt_neox',
  'gptj',
  'llama',
  'opt',
  'phi',
  'qwen',
  'stablelm',
  'xverse',
]);

/** Data type that each quantization method stores weights in; 4 or 8 bit where it depends. */
function quantizedType(config: ConfigReader): string | undefined {
  const quantization =
    config.child('quantization_config') ?? config.child('quantization');
  if (!quantization) return undefined;
  const method = (
    quantization.text('quant_method', 'quant_algo', 'method') ?? ''
  ).toLowerCase();
  if (method.includes('mxfp4')) return 'mxfp4';
  if (method.includes('nvfp4')) return 'nvfp4';
  if (method.includes('fp8')) return 'fp8';
  const bits =
    quantization.number('bits', 'w_bit') ??
    (quantization.flag('load_in_4bit') ? 4 : undefined) ??
    (quantization.flag('load_in_8bit') ? 8 : undefined);
  if (bits === 4) return 'int4';
  if (bits === 8) return 'int8';
  return compressedType(quantization);
}

/** Type of a compressed-tensors model, where all its groups agree. */
function compressedType(quantization: ConfigReader): string | undefined {
  const groups = quantization.child('config_groups');
  const types = new Set(
    (groups?.children() ?? []).map(group => {
      const weights = group.child('weights');
      const bits = weights?.number('num_bits');
      const type = weights?.text('type') ?? 'int';
      return bits === undefined
        ? undefined
        : `${type === 'float' ? 'fp' : 'int'}${bits}`;
    }),
  );
  return types.size === 1 ? [...types][0] : undefined;
}

function kvLayout(
  config: ConfigReader,
  attentionHeads: number | undefined,
): KvLayout | undefined {
  const rank = config.number('kv_lora_rank');
  const rope = config.number('qk_rope_head_dim');
  if (rank !== undefined && rope !== undefined) {
    return { kind: 'latent', width: rank + rope };
  }
  // One of the two alone is latent attention of a kind not known here.
  if (rank !== undefined) return undefined;
  const hidden = config.number('hidden_size', 'n_embd', 'd_model');
  const headDim =
    config.number('head_dim', 'attention_head_dim', 'kv_channels') ??
    (hidden !== undefined && attentionHeads !== undefined
      ? hidden / attentionHeads
      : undefined);
  const kvHeads = kvHeadsOf(config, attentionHeads);
  if (kvHeads === undefined || headDim === undefined) return undefined;
  return Number.isInteger(headDim)
    ? { kind: 'heads', kvHeads, headDim }
    : undefined;
}

function kvHeadsOf(
  config: ConfigReader,
  attentionHeads: number | undefined,
): number | undefined {
  const multiQuery = config.flag('multi_query', 'multi_query_attention');
  const named =
    config.number(
      'num_key_value_heads',
      'n_head_kv',
      'num_kv_heads',
      'multi_query_group_num',
    ) ?? config.child('attn_config')?.number('kv_n_heads');
  const newDecoder = config.flag('new_decoder_architecture');
  // Falcon's first architecture carries a number of KV heads that it does not use.
  if (
    multiQuery &&
    newDecoder !== true &&
    !config.has('multi_query_group_num')
  ) {
    return 1;
  }
  if (named !== undefined) return named;
  const family = config.text('model_type') ?? '';
  return MULTI_HEAD_FAMILIES.has(family) ? attentionHeads : undefined;
}

/** The part of a configuration that speaks of the language model. */
function languageModel(config: ConfigReader): ConfigReader {
  for (const field of [
    'text_config',
    'llm_config',
    'language_config',
    'thinker_config',
  ]) {
    const inner = config.child(field);
    if (inner) return languageModel(inner);
  }
  return config;
}

function familyOf(type: string | undefined): string | undefined {
  if (type === undefined) return undefined;
  if (type.startsWith('qwen')) return 'qwen';
  return type.startsWith('llama') ? 'llama' : type;
}

/**
 * Reads the numbers that sizing needs from a model's `config.json`: grouped-query and latent attention,
 * sliding windows, mixture of experts, hybrid models, models of more than text. Never throws; what the
 * configuration does not say, or says in a way not known here, is absent.
 *
 * The weights' size is not in a configuration: add it from the safetensors index
 * (`weightBytesFromIndex`).
 *
 * @param json - the parsed content of `config.json`
 * @public
 */
export function architectureFromConfig(json: unknown): ModelArchitecture {
  const whole = ConfigReader.of(json);
  if (!whole) return {};
  const config = languageModel(whole);
  const attentionHeads = config.number(
    'num_attention_heads',
    'n_head',
    'n_heads',
    'num_heads',
  );
  const layers = countAttentionLayers(config);
  const experts =
    config.number(
      'num_experts',
      'num_local_experts',
      'n_routed_experts',
      'moe_num_experts',
    ) ?? config.child('ffn_config')?.number('moe_num_experts');
  const family = familyOf(
    config.text('model_type') ?? whole.text('model_type'),
  );
  const result: ModelArchitecture = {
    name: whole.text('_name_or_path'),
    kvLayers: layers?.kv,
    attentionHeads,
    kv: kvLayout(config, attentionHeads),
    sliding: layers?.sliding,
    hasStateLayers: layers?.state || undefined,
    experts: experts !== undefined && experts > 1 ? experts : undefined,
    family,
    multimodal:
      whole.child('vision_config') || whole.child('audio_config')
        ? true
        : undefined,
    encoderDecoder: whole.flag('is_encoder_decoder') ? true : undefined,
    weightType:
      quantizedType(whole) ??
      quantizedType(config) ??
      (hasQuantization(whole) || hasQuantization(config)
        ? undefined
        : config.text('torch_dtype', 'dtype') ??
          whole.text('torch_dtype', 'dtype')),
    contextTokens: config.number(
      'max_position_embeddings',
      'n_positions',
      'max_seq_len',
      'seq_length',
    ),
    source: 'config.json',
  };
  return Object.fromEntries(
    Object.entries(result).filter(([, value]) => value !== undefined),
  );
}

function hasQuantization(config: ConfigReader): boolean {
  return (
    config.child('quantization_config') !== undefined ||
    config.child('quantization') !== undefined
  );
}

/**
 * Bytes of the weights from a `model.safetensors.index.json`; undefined where it does not say.
 *
 * @public
 */
export function weightBytesFromIndex(json: unknown): number | undefined {
  return ConfigReader.of(json)?.child('metadata')?.number('total_size');
}
