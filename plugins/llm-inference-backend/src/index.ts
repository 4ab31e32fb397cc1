/**
 * Backend plugin that watches clusters and serves the health of LLMInferenceServices.
 *
 * @packageDocumentation
 */

export { llmInferencePlugin, llmInferencePlugin as default } from './plugin';
