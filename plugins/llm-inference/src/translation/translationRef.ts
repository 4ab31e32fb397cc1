import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { messages } from './messages';

/** Every text of the llm-inference plugin. English and German are complete. @public */
export const llmInferenceTranslationRef = createTranslationRef({
  id: 'plugin.llm-inference',
  messages,
  translations: {
    de: () => import('./de'),
  },
});
