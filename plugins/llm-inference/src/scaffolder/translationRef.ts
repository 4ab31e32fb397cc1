import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { messages } from './messages';

/** Every text of the form fields. English and German are complete. @public */
export const llmInferenceScaffolderTranslationRef = createTranslationRef({
  id: 'plugin.llm-inference.scaffolder',
  messages,
  translations: {
    de: () => import('./de'),
  },
});
