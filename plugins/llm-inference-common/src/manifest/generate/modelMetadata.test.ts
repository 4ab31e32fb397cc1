import { modelMetadata, servesModel } from './modelMetadata';

describe('what a catalog entity tells of a model', () => {
  it('is what ships of it', () => {
    expect(modelMetadata('hf://Qwen/Qwen2.5-7B-Instruct')).toEqual({
      words:
        '32,768 tokens of context, licence Apache-2.0, 14.2 GiB of weights (bfloat16), 28 layers',
      annotations: {
        'llm-inference.backstage.io/context-tokens': '32768',
        'llm-inference.backstage.io/license': 'Apache-2.0',
        'llm-inference.backstage.io/weights-gib': '14.2',
        'llm-inference.backstage.io/layers': '28',
      },
      links: [
        {
          url: 'https://huggingface.co/Qwen/Qwen2.5-7B-Instruct',
          title: 'Model card',
        },
      ],
    });
  });

  it('is what its own configuration says where nothing ships', () => {
    const { annotations, words } = modelMetadata('hf://acme/own-model', {
      contextTokens: 8_192,
      parameters: 1_000_000_000,
      kvLayers: 16,
    });
    expect(annotations).toEqual({
      'llm-inference.backstage.io/parameters': '1000000000',
      'llm-inference.backstage.io/context-tokens': '8192',
      'llm-inference.backstage.io/layers': '16',
    });
    expect(words).toBe('1.00 B parameters, 8,192 tokens of context, 16 layers');
  });

  it.each(['hf://acme/own-model', 'pvc://deepseek-r1', 's3://b/m'])(
    'is not guessed: %s',
    uri => {
      expect(modelMetadata(uri)).toMatchObject({ annotations: {} });
      expect(modelMetadata(uri).words).toBeUndefined();
    },
  );

  it.each([
    ['hf://deepseek-ai/DeepSeek-R1-0528', 'MIT'],
    ['hf://deepseek-ai/DeepSeek-R1-Distill-Llama-70B', undefined],
    ['hf://microsoft/phi-4', 'MIT'],
    ['hf://microsoft/Phi-4-multimodal-instruct', undefined],
    ['hf://meta-llama/Llama-3.1-8B-Instruct', 'Llama 3.1 Community License'],
  ])('does not take one model for another: %s', (uri, licence) => {
    expect(
      modelMetadata(uri).annotations['llm-inference.backstage.io/license'],
    ).toBe(licence);
  });

  it.each([
    ['hf://Qwen/Qwen3-8B', '40960'],
    ['hf://Qwen/Qwen3-8B-FP8', '40960'],
    ['hf://Qwen/Qwen3-4B-Base', '32768'],
    ['hf://Qwen/Qwen3-4B-Instruct-2507', '262144'],
    ['hf://Qwen/Qwen3-30B-A3B-Thinking-2507', '262144'],
    ['hf://Qwen/Qwen3-Coder-30B-A3B-Instruct', undefined],
    ['hf://Qwen/Qwen3-Next-80B-A3B-Instruct', undefined],
    ['hf://deepseek-ai/DeepSeek-R1-0528-Qwen3-8B', undefined],
  ])(
    'tells the context that each of a family was made for: %s',
    (uri, tokens) => {
      expect(
        modelMetadata(uri).annotations[
          'llm-inference.backstage.io/context-tokens'
        ],
      ).toBe(tokens);
    },
  );

  it('names a model so that a search finds it with and without its owner', () => {
    expect(servesModel('Qwen/Qwen3-8B')).toBe(
      'Serves Qwen3-8B (Qwen/Qwen3-8B).',
    );
    expect(servesModel('chat')).toBe('Serves chat.');
  });
});
