import type { FetchApi } from '@backstage/frontend-plugin-api';
import {
  completeModel,
  hasMoreAtItsHub,
  LlmInferenceResponseError,
  referenceModel,
  type ModelArchitecture,
} from 'backstage-plugin-llm-inference-common';
import { createLlmInferenceClient } from '../../api/llmInferenceApiRef';

type Answer = Promise<ModelArchitecture | undefined>;

const answers = new WeakMap<FetchApi, Map<string, Answer>>();

/**
 * The numbers of a model: those that ship, completed by what the backend reads from the model's own configuration.
 * Undefined where nobody knows any. All fields of a form share one answer.
 */
export function loadArchitecture(fetchApi: FetchApi, uri: string): Answer {
  const known = referenceModel(uri);
  if (!hasMoreAtItsHub(uri)) return Promise.resolve(known);
  const kept = answers.get(fetchApi) ?? new Map<string, Answer>();
  answers.set(fetchApi, kept);
  const answer = kept.get(uri) ?? ask(fetchApi, uri);
  kept.set(uri, answer);
  return answer.then(found => completeModel(known, found));
}

async function ask(fetchApi: FetchApi, uri: string) {
  try {
    return await createLlmInferenceClient(fetchApi).getModelArchitecture(uri);
  } catch (error) {
    // They decide advice only, so the form goes on without them and says that nothing is estimated. What the backend
    // has answered holds; a failure on the way there is tried again.
    if (!(error instanceof LlmInferenceResponseError)) {
      answers.get(fetchApi)?.delete(uri);
    }
    return undefined;
  }
}
