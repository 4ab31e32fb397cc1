import { createHash } from 'node:crypto';
import type { KubernetesObject } from 'backstage-plugin-llm-inference-common';
import { objectOf } from '../store/projection/fields';

/** What decides how many pods there are and who sends them requests, not how they move KV cache. */
const BESIDES = ['replicas', 'scaling', 'router', 'rolloutStrategy'];

/**
 * A fingerprint of how the engines of a service are set up: model, images, arguments, resources, networks. A
 * service that was deleted and made anew has another one. Undefined where the resource is not there.
 */
export function engineSetup(
  objects: readonly KubernetesObject[],
): string | undefined {
  const resource = objects.find(({ kind }) => kind === 'LLMInferenceService');
  if (!resource) return undefined;
  const spec = withoutBesides(resource.spec);
  return createHash('sha1')
    .update(
      JSON.stringify([
        resource.metadata?.uid,
        { ...spec, prefill: spec.prefill && withoutBesides(spec.prefill) },
      ]),
    )
    .digest('base64url')
    .slice(0, 16);
}

function withoutBesides(pool: unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(objectOf(pool)).filter(
      ([field]) => !BESIDES.includes(field),
    ),
  );
}
