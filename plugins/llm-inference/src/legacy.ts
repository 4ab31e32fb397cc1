/**
 * The same components for the legacy frontend system (`@backstage/core-plugin-api`).
 *
 * @packageDocumentation
 */

export {
  EntityRelatedServicesCard,
  EntityServingCard,
  EntityServingContent,
  FleetPage,
  isLlmInferenceAvailable,
  llmInferencePlugin,
  NeedsAttention,
} from './legacyPlugin';
export { llmFormFields } from './scaffolder/legacyFormFields';
export type { EntityServingCardProps } from './card/EntityServingCard';
export type { EntityServingContentProps } from './tab/EntityServingContent';
export type { ExternalLink } from './tab/externalLinks';
export { llmInferenceLintTranslationRef } from './lint/translationRef';
export { llmInferenceTranslationRef } from './translation/translationRef';
