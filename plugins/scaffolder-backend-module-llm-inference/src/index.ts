/**
 * Scaffolder actions that write prefill/decode LLM services for KServe.
 *
 * @packageDocumentation
 */

export { scaffolderModuleLlmInference as default } from './module';
