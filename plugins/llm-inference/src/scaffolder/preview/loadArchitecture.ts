import type { FetchApi } from '@backstage/frontend-plugin-api';
import {
  LlmInferenceResponseError,
  referenceModel,
  type ModelArchitecture,
} from 'backstage-plugin-llm-inference-common';
import { createLlmInferenceClient } from '../../api/llmInferenceApiRef';

type Answer = Promise<ModelArchitecture | undefined>;

const answers = new WeakMap<FetchApi, Map<string, Answer>>();

/**
 * The numbers of a model: those that ship, or else what the backend reads from the model's own configuration.
 * Undefined where nobody knows them. Preview and validation share one answer.
 */
export function loadArchitecture(fetchApi: FetchApi, uri: string): Answer {
  const known = referenceModel(uri);
  if (known || !uri.startsWith('hf://')) return Promise.resolve(known);
  const kept = answers.get(fetchApi) ?? new Map<string, Answer>();
  answers.set(fetchApi, kept);
  const answer = kept.get(uri) ?? ask(fetchApi, uri);
  kept.set(uri, answer);
  return answer;
}

async function ask(fetchApi: FetchApi, uri: string) {
  try {
    return await createLlmInferenceClient(fetchApi).getModelArchitecture(uri);
  } catch (error) {
    // Without a hub, or without the model in it, the preview says that nothing is estimated.
    if (error instanceof LlmInferenceResponseError) return undefined;
    answers.get(fetchApi)?.delete(uri);
    throw error;
  }
}
