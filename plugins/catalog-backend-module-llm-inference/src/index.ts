/**
 * Makes the LLMInferenceServices of the watched clusters entities of the catalog.
 *
 * @packageDocumentation
 */

export { catalogModuleLlmInference as default } from './module';
