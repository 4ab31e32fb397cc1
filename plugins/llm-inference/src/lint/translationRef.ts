import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { lintMessages } from './messages';

/**
 * What the lints say. It comes with what shows findings, not with the card. English and German are complete.
 *
 * @public
 */
export const llmInferenceLintTranslationRef = createTranslationRef({
  id: 'plugin.llm-inference.lint',
  messages: lintMessages,
  translations: {
    de: () => import('./de'),
  },
});
