import type { ModelArchitecture } from '../../sizing/ModelArchitecture';
import { modelCard } from '../../sizing/modelCards';
import { referenceModel } from '../../sizing/referenceModels';
import { GIB } from '../../sizing/units';

/** Annotations of an `ai-model` entity: numbers as decimal text, absent where they are not known. @public */
export const MODEL_ANNOTATIONS = {
  /** Where the weights come from, as in `spec.model.uri`: by it an entity of a file says that it is the model. */
  address: 'llm-inference.backstage.io/model',
  parameters: 'llm-inference.backstage.io/parameters',
  contextTokens: 'llm-inference.backstage.io/context-tokens',
  licence: 'llm-inference.backstage.io/license',
  weightsGib: 'llm-inference.backstage.io/weights-gib',
  experts: 'llm-inference.backstage.io/experts',
  layers: 'llm-inference.backstage.io/layers',
} as const;

/** What a catalog entity tells of a model. @public */
export interface ModelMetadata {
  /** The known facts in one line; absent where nothing is known. */
  words?: string;
  annotations: Record<string, string>;
  /** Where the model comes from, for a browser. */
  links: Array<{ url: string; title: string }>;
}

const HUB = /^hf:\/\/([^/@:\s]+\/[^/@:\s]+)/;

/**
 * What is known of a model for its catalog entity: from the tables that ship, and from its own configuration where that
 * was looked up. Nothing is guessed.
 *
 * @param uri - address of the weights, for example `hf://Qwen/Qwen2.5-7B-Instruct`
 * @param architecture - numbers of the model's own configuration
 * @public
 */
export function modelMetadata(
  uri: string,
  architecture?: ModelArchitecture,
): ModelMetadata {
  const repository = HUB.exec(uri)?.[1];
  const known = {
    ...architecture,
    ...(repository ? referenceModel(uri) : undefined),
  };
  const card = repository ? modelCard(uri) : undefined;
  const contextTokens =
    card?.contextTokens ?? known.contextTokens ?? architecture?.contextTokens;
  const annotations: Record<string, string> = {};
  const words: string[] = [];
  const tell = (
    fact: keyof typeof MODEL_ANNOTATIONS,
    value: number | string | undefined,
    shown: (text: string) => string,
  ) => {
    if (value === undefined) return;
    annotations[MODEL_ANNOTATIONS[fact]] = String(value);
    words.push(shown(String(value)));
  };
  const { parameters, weightBytes, weightType } = known;
  tell('parameters', parameters, text => billions(Number(text)));
  tell(
    'contextTokens',
    contextTokens,
    text => `${Number(text).toLocaleString('en-US')} tokens of context`,
  );
  tell('licence', card?.licence, text => `licence ${text}`);
  tell(
    'weightsGib',
    weightBytes && (weightBytes / GIB).toFixed(1),
    text => `${text} GiB of weights${weightType ? ` (${weightType})` : ''}`,
  );
  tell('experts', known.experts, text => `${text} experts`);
  tell('layers', known.kvLayers, text => `${text} layers`);
  return {
    ...(words.length > 0 ? { words: words.join(', ') } : {}),
    annotations,
    links: repository
      ? [{ url: `https://huggingface.co/${repository}`, title: 'Model card' }]
      : [],
  };
}

function billions(parameters: number): string {
  return `${(parameters / 1e9).toPrecision(3)} B parameters`;
}

/**
 * A sentence by which a search finds a service: search engines take `owner/name` for one word, so that the name stands
 * alone, too.
 *
 * @public
 */
export function servesModel(model: string): string {
  const name = model.split('/').at(-1) ?? model;
  return name === model ? `Serves ${model}.` : `Serves ${name} (${model}).`;
}
