import {
  architectureFromConfig,
  weightBytesFromIndex,
} from './architectureFromConfig';
import { kvBytesPerToken } from './kvCache';
import { weightBytesOf } from './memory';
import { REFERENCE_MODELS, referenceModel } from './referenceModels';

describe('architectureFromConfig', () => {
  it('reads grouped-query attention', () => {
    const model = architectureFromConfig({
      architectures: ['Qwen2ForCausalLM'],
      model_type: 'qwen2',
      hidden_size: 3584,
      num_attention_heads: 28,
      num_hidden_layers: 28,
      num_key_value_heads: 4,
      max_position_embeddings: 32768,
      max_window_layers: 28,
      sliding_window: 131072,
      use_sliding_window: false,
      torch_dtype: 'bfloat16',
    });
    expect(model).toEqual({
      kvLayers: 28,
      attentionHeads: 28,
      kv: { kind: 'heads', kvHeads: 4, headDim: 128 },
      family: 'qwen',
      weightType: 'bfloat16',
      contextTokens: 32768,
      source: 'config.json',
    });
    expect(kvBytesPerToken(model)).toBe(57_344);
  });

  it('prefers a stated head dimension', () => {
    const model = architectureFromConfig({
      model_type: 'qwen3',
      head_dim: 128,
      hidden_size: 1024,
      num_attention_heads: 16,
      num_hidden_layers: 28,
      num_key_value_heads: 8,
    });
    expect(kvBytesPerToken(model)).toBe(114_688);
  });

  it('reads latent attention and experts', () => {
    const model = architectureFromConfig({
      model_type: 'deepseek_v3',
      kv_lora_rank: 512,
      qk_rope_head_dim: 64,
      num_attention_heads: 128,
      num_key_value_heads: 128,
      num_hidden_layers: 61,
      n_routed_experts: 256,
      quantization_config: { quant_method: 'fp8' },
      torch_dtype: 'bfloat16',
    });
    expect(model.kv).toEqual({ kind: 'latent', width: 576 });
    expect(model.experts).toBe(256);
    expect(model.weightType).toBe('fp8');
    expect(kvBytesPerToken(model)).toBe(70_272);
  });

  it('does not take a null rank for latent attention', () => {
    const model = architectureFromConfig({
      model_type: 'x',
      kv_lora_rank: null,
      num_attention_heads: 8,
      num_key_value_heads: 8,
      head_dim: 64,
      num_hidden_layers: 2,
    });
    expect(model.kv).toEqual({ kind: 'heads', kvHeads: 8, headDim: 64 });
  });

  it('gives every head of an older model its own keys and values', () => {
    const model = architectureFromConfig({
      model_type: 'opt',
      hidden_size: 9216,
      num_attention_heads: 72,
      num_hidden_layers: 64,
    });
    expect(kvBytesPerToken(model)).toBe(2_359_296);
  });

  it('knows multi-query attention', () => {
    const model = architectureFromConfig({
      model_type: 'falcon',
      multi_query: true,
      num_kv_heads: 71,
      hidden_size: 4544,
      num_attention_heads: 71,
      num_hidden_layers: 32,
    });
    expect(model.kv).toEqual({ kind: 'heads', kvHeads: 1, headDim: 64 });
  });

  it('reads sliding windows by list', () => {
    const model = architectureFromConfig({
      model_type: 'gpt_oss',
      head_dim: 64,
      num_attention_heads: 64,
      num_key_value_heads: 8,
      num_hidden_layers: 36,
      num_local_experts: 128,
      sliding_window: 128,
      layer_types: Array.from({ length: 36 }, (_, layer) =>
        layer % 2 ? 'full_attention' : 'sliding_attention',
      ),
      quantization_config: { quant_method: 'mxfp4' },
    });
    expect(model.sliding).toEqual({ layers: 18, window: 128 });
    expect(model.weightType).toBe('mxfp4');
    expect(kvBytesPerToken(model)).toBe(73_728);
  });

  it.each([
    [
      'every layer (Mistral)',
      { model_type: 'mistral', sliding_window: 4096 },
      12,
    ],
    [
      'five of six (Gemma 3)',
      { model_type: 'gemma3_text', sliding_window: 1024 },
      10,
    ],
    [
      'three of four (Llama 4)',
      { model_type: 'llama4_text', attention_chunk_size: 8192 },
      9,
    ],
    [
      'every second (Gemma 2)',
      { model_type: 'gemma2', sliding_window: 4096 },
      6,
    ],
    [
      'the later layers (Qwen)',
      {
        model_type: 'qwen2',
        sliding_window: 4096,
        use_sliding_window: true,
        max_window_layers: 8,
      },
      4,
    ],
  ])('reads sliding windows by rule: %s', (_name, config, layers) => {
    expect(
      architectureFromConfig({ num_hidden_layers: 12, ...config }).sliding
        ?.layers,
    ).toBe(layers);
  });

  it.each([
    [
      'Qwen3-Next',
      {
        model_type: 'qwen3_next',
        num_hidden_layers: 48,
        full_attention_interval: 4,
      },
      12,
    ],
    [
      'Jamba',
      {
        model_type: 'jamba',
        num_hidden_layers: 32,
        attn_layer_period: 8,
        attn_layer_offset: 4,
      },
      4,
    ],
    [
      'Kimi Linear',
      {
        model_type: 'kimi_linear',
        num_hidden_layers: 8,
        linear_attn_config: { full_attn_layers: [4, 8], kda_layers: [1, 2] },
      },
      2,
    ],
    [
      'Nemotron-H',
      { model_type: 'nemotron_h', hybrid_override_pattern: 'M-M-M*-M-M*-' },
      2,
    ],
    [
      'Granite',
      {
        model_type: 'granitemoehybrid',
        layers_block_type: ['mamba', 'mamba', 'attention', 'mamba'],
      },
      1,
    ],
    [
      'Bamba',
      {
        model_type: 'bamba',
        num_hidden_layers: 32,
        attn_layer_indices: [9, 18, 27],
      },
      3,
    ],
  ])('counts the attention layers of a hybrid: %s', (_name, config, layers) => {
    const model = architectureFromConfig(config);
    expect(model.kvLayers).toBe(layers);
    expect(model.hasStateLayers).toBe(true);
  });

  it('looks inside a model of more than text', () => {
    const model = architectureFromConfig({
      model_type: 'mistral3',
      vision_config: { num_hidden_layers: 24 },
      text_config: {
        model_type: 'mistral',
        head_dim: 128,
        num_attention_heads: 32,
        num_key_value_heads: 8,
        num_hidden_layers: 40,
        sliding_window: null,
      },
    });
    expect(model.multimodal).toBe(true);
    expect(kvBytesPerToken(model)).toBe(163_840);
  });

  it.each([
    [{ quant_method: 'awq', bits: 4 }, 'int4'],
    [{ quant_method: 'gptq', bits: 8 }, 'int8'],
    [{ quant_method: 'bitsandbytes', load_in_4bit: true }, 'int4'],
    [
      {
        quant_method: 'compressed-tensors',
        config_groups: { group_0: { weights: { num_bits: 8, type: 'float' } } },
      },
      'fp8',
    ],
    [{ quant_method: 'something-new' }, undefined],
  ])('reads the stored type from %j', (quantization_config, type) => {
    expect(
      architectureFromConfig({ torch_dtype: 'float16', quantization_config })
        .weightType,
    ).toBe(type);
  });

  it('marks encoder-decoder models', () => {
    expect(
      architectureFromConfig({ model_type: 't5', is_encoder_decoder: true })
        .encoderDecoder,
    ).toBe(true);
  });

  it.each([
    ['a layer type it does not know', { layer_types: ['spiral'] }],
    [
      'a list shorter than the layers',
      { num_hidden_layers: 4, layer_types: ['full_attention'] },
    ],
    ['a window that is not named', { layer_types: ['sliding_attention'] }],
    [
      'no KV heads of an unknown family',
      {
        model_type: 'new',
        num_attention_heads: 8,
        hidden_size: 512,
        num_hidden_layers: 4,
      },
    ],
    [
      'a head size that is not whole',
      {
        num_attention_heads: 7,
        num_key_value_heads: 7,
        hidden_size: 512,
        num_hidden_layers: 4,
      },
    ],
    [
      'a pattern in letters',
      {
        model_type: 'exaone4',
        num_hidden_layers: 8,
        num_attention_heads: 8,
        num_key_value_heads: 8,
        head_dim: 64,
        sliding_window: 4096,
        sliding_window_pattern: 'LLLG',
      },
    ],
    [
      'a state beside attention',
      {
        model_type: 'falcon_h1',
        num_hidden_layers: 8,
        num_attention_heads: 8,
        num_key_value_heads: 8,
        head_dim: 64,
        mamba_d_state: 128,
      },
    ],
    ['a recurrent model', { model_type: 'mamba2', num_hidden_layers: 64 }],
    [
      'an absurd number of layers',
      {
        model_type: 'llama',
        num_hidden_layers: 1e12,
        num_attention_heads: 8,
        hidden_size: 512,
      },
    ],
  ])('leaves unknown what it cannot read: %s', (_name, config) => {
    expect(kvBytesPerToken(architectureFromConfig(config))).toBeUndefined();
  });

  it.each([undefined, null, 42, 'text', [], { num_hidden_layers: '28' }])(
    'never throws on %j',
    json => {
      expect(kvBytesPerToken(architectureFromConfig(json))).toBeUndefined();
    },
  );

  it('does not read inherited properties', () => {
    const config = JSON.parse('{"__proto__": {"num_hidden_layers": 4}}');
    expect(architectureFromConfig(config).kvLayers).toBeUndefined();
  });
});

describe('sizes of stored weights', () => {
  it('come from the safetensors index', () => {
    expect(
      weightBytesFromIndex({ metadata: { total_size: 15_231_233_024 } }),
    ).toBe(15_231_233_024);
    expect(weightBytesFromIndex({ metadata: {} })).toBeUndefined();
  });

  it('come from parameter counts by type', () => {
    expect(weightBytesOf({ BF16: 494_032_768 })).toBe(988_065_536);
    expect(weightBytesOf({ BF16: 100, F8_E4M3: 1000 })).toBe(1200);
    expect(weightBytesOf({ Q9: 100 })).toBeUndefined();
    expect(weightBytesOf({})).toBeUndefined();
  });
});

describe('reference models', () => {
  it('have the KV bytes per token that are published for them', () => {
    const perToken = Object.fromEntries(
      REFERENCE_MODELS.map(({ architecture }) => [
        architecture.name,
        kvBytesPerToken(architecture),
      ]),
    );
    expect(perToken).toEqual({
      'Qwen2.5-0.5B': 12_288,
      'Qwen2.5-7B': 57_344,
      'Qwen3-0.6B': 114_688,
      'Qwen3-8B': 147_456,
      'Qwen3-32B': 262_144,
      'Llama-3.1-8B': 131_072,
      'Llama-3.x-70B': 327_680,
      'Llama-3.1-405B': 516_096,
      'Mistral-Small-3.2-24B': 163_840,
      'Mixtral-8x22B': 229_376,
      'Qwen3-30B-A3B': 98_304,
      'Qwen3-235B-A22B': 192_512,
      'DeepSeek-V3/R1': 70_272,
      'Kimi-K2': 70_272,
      'GLM-5.x': 89_856,
      'gpt-oss-20b': 49_152,
      'gpt-oss-120b': 73_728,
      'OPT-66B': 2_359_296,
    });
  });

  it('name their source', () => {
    for (const { architecture } of REFERENCE_MODELS) {
      expect(architecture.source).toMatch(/\w/);
    }
  });

  it('are found by URI and revision, in any letter case', () => {
    expect(referenceModel('hf://Qwen/Qwen2.5-7B-Instruct')?.name).toBe(
      'Qwen2.5-7B',
    );
    expect(referenceModel('hf://qwen/qwen2.5-7b-instruct@main')?.name).toBe(
      'Qwen2.5-7B',
    );
    expect(referenceModel('hf://Qwen/Qwen2.5-7B-Instruct-x')).toBeUndefined();
    expect(referenceModel('pvc://models/qwen')).toBeUndefined();
  });

  it('leave out the weights where they are stored in another type', () => {
    const model = referenceModel('hf://meta-llama/Llama-3.3-70B-Instruct');
    expect(model?.kvLayers).toBe(80);
    expect(model?.weightBytes).toBeUndefined();
  });
});
