/**
 * The same components for the legacy frontend system (`@backstage/core-plugin-api`).
 *
 * @packageDocumentation
 */

export {
  EntityServingCard,
  isLlmInferenceAvailable,
  llmInferencePlugin,
} from './legacyPlugin';
export type { EntityServingCardProps } from './card/EntityServingCard';
export { llmInferenceTranslationRef } from './translation/translationRef';
