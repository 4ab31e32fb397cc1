import { createApiRef, FetchApi } from '@backstage/frontend-plugin-api';
import { LlmInferenceClient } from 'backstage-plugin-llm-inference-common';

/** What the plugin asks of the llm-inference backend. @public */
export type LlmInferenceApi = Pick<
  LlmInferenceClient,
  keyof LlmInferenceClient
>;

/** Reference to the client of the llm-inference backend. @public */
export const llmInferenceApiRef = createApiRef<LlmInferenceApi>().with({
  id: 'plugin.llm-inference.client',
  pluginId: 'llm-inference',
});

/** The client of the backend with the user's own credentials. */
export function createLlmInferenceClient(fetchApi: FetchApi): LlmInferenceApi {
  return new LlmInferenceClient({
    getBaseUrl: async () => 'plugin://llm-inference',
    // The browser keeps the last answer and asks with its ETag whether it still holds.
    fetch: (input, init) =>
      fetchApi.fetch(input, { ...init, cache: 'no-cache' }),
  });
}
