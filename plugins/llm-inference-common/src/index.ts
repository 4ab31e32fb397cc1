/**
 * The core of the llm-inference plugins. Pure and isomorphic: no I/O, no clock of its own.
 *
 * @packageDocumentation
 */

// resource
export * from './resource/KubernetesObject';

// health
export * from './health/CauseId';
export * from './health/Observation';
export * from './health/ServingHealth';

// manifest

// lint

// sizing

// api
export * from './api/annotations';
export * from './api/wire';
