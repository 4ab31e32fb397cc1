import type { Observation } from 'backstage-plugin-llm-inference-common';

/**
 * When the LLMInferenceService was created, in milliseconds since the epoch; undefined where that is not known.
 * What is remembered of its name from before that is of another service, and perhaps of somebody else's.
 */
export function createdAt({
  objects,
  service,
}: Pick<Observation, 'objects' | 'service'>): number | undefined {
  const resource = objects.find(
    ({ kind, metadata }) =>
      kind === 'LLMInferenceService' &&
      metadata?.name === service.name &&
      metadata.namespace === service.namespace,
  );
  const created = resource?.metadata?.creationTimestamp;
  return created === undefined ? undefined : Date.parse(created);
}
