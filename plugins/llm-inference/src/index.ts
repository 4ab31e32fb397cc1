/**
 * Shows whether a disaggregated LLM service serves, and if not, why: for the new frontend system. The same
 * components for the legacy frontend system are at `./legacy`.
 *
 * @packageDocumentation
 */

export { llmInferencePlugin as default } from './plugin';
export { llmInferenceApiRef } from './api/llmInferenceApiRef';
export type { LlmInferenceApi } from './api/llmInferenceApiRef';
export { liveStatusApiRef } from './live/LiveStatusApi';
export type {
  LiveConnection,
  LiveEntityStatus,
  LiveFleet,
  LiveStatusApi,
} from './live/LiveStatusApi';
export type { EntityServingCardProps } from './card/EntityServingCard';
export type { EntityServingContentProps } from './tab/EntityServingContent';
export type { ExternalLink } from './tab/externalLinks';
export { fleetRouteRef } from './routes';
export { llmInferenceLintTranslationRef } from './lint/translationRef';
export { llmInferenceTranslationRef } from './translation/translationRef';
