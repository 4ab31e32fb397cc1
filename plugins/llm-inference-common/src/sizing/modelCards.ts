/** What the card of a model says beside its numbers. @public */
export interface ModelCard {
  /** Licence of the weights: an SPDX identifier, or the name of a licence that has none. */
  licence?: string;
  /** Longest context that the model was made for, in tokens. */
  contextTokens?: number;
}

const APACHE = 'Apache-2.0';
const LLAMA_3_1: ModelCard = {
  licence: 'Llama 3.1 Community License',
  contextTokens: 131_072,
};

/** By size: other models are called Qwen3 too, and are made for other lengths. */
const QWEN_3 = [
  '0.6b',
  '1.7b',
  '4b',
  '8b',
  '14b',
  '32b',
  '30b-a3b',
  '235b-a22b',
].flatMap(size => {
  const card = (variant: string, contextTokens: number) =>
    [
      `qwen/qwen3-${size}${variant}`,
      { licence: APACHE, contextTokens },
    ] as const;
  return [
    card('', 40_960),
    card('-base', 32_768),
    card('-instruct-2507', 262_144),
    card('-thinking-2507', 262_144),
  ];
});

/**
 * By the beginning of a repository's name in lower case, the longest first that fits; from the models' own cards and
 * configurations. What is in neither is absent.
 */
const CARDS: ReadonlyArray<readonly [prefix: string, card: ModelCard]> = (
  [
    ['qwen/qwen2.5-0.5b', { licence: APACHE, contextTokens: 32_768 }],
    ['qwen/qwen2.5-7b-instruct', { licence: APACHE, contextTokens: 32_768 }],
    ['qwen/qwen2.5-7b', { licence: APACHE }],
    ...QWEN_3,
    ['meta-llama/llama-3.1-', LLAMA_3_1],
    ['meta-llama/meta-llama-3.1-', LLAMA_3_1],
    [
      'meta-llama/meta-llama-3-',
      { licence: 'Meta Llama 3 Community License', contextTokens: 8_192 },
    ],
    [
      'meta-llama/llama-3.3-',
      { licence: 'Llama 3.3 Community License', contextTokens: 131_072 },
    ],
    [
      'mistralai/mistral-7b-instruct-v0.3',
      { licence: APACHE, contextTokens: 32_768 },
    ],
    [
      'mistralai/mistral-small-3.2-24b',
      { licence: APACHE, contextTokens: 131_072 },
    ],
    ['mistralai/mixtral-8x22b', { licence: APACHE, contextTokens: 65_536 }],
    ['deepseek-ai/deepseek-r1', { licence: 'MIT', contextTokens: 163_840 }],
    [
      'deepseek-ai/deepseek-v3-0324',
      { licence: 'MIT', contextTokens: 163_840 },
    ],
    ['deepseek-ai/deepseek-v3', { contextTokens: 163_840 }],
    ['openai/gpt-oss-', { licence: APACHE, contextTokens: 131_072 }],
    [
      'ibm-granite/granite-3.3-8b-instruct',
      { licence: APACHE, contextTokens: 131_072 },
    ],
    ['microsoft/phi-4', { licence: 'MIT', contextTokens: 16_384 }],
  ] as const
)
  .slice()
  .sort(([a], [b]) => b.length - a.length);

/** Models whose names begin like another one's and that are not it. */
const OTHERS =
  /^(microsoft\/phi-4-|deepseek-ai\/deepseek-(r1-distill|r1-0528-qwen|v3\.))/;

/**
 * What the card of a model says, by `hf://owner/name` or `owner/name`; undefined for a model that is not known.
 *
 * @public
 */
export function modelCard(uri: string): ModelCard | undefined {
  const name = uri
    .replace(/^hf:\/\//, '')
    .replace(/[@:].*$/, '')
    .toLowerCase();
  if (OTHERS.test(name)) return undefined;
  return CARDS.find(([prefix]) => name.startsWith(prefix))?.[1];
}
