/**
 * Extension points for backend plugins and modules that work with the llm-inference backend.
 *
 * @packageDocumentation
 */

export * from './clusters/SuppliedCluster';
export * from './clusters/extensionPoint';
export * from './catalog/ServiceFacts';
export * from './catalog/providedEntity';
