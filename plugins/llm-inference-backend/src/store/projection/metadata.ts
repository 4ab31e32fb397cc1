import type { KubernetesMetadata } from 'backstage-plugin-llm-inference-common';
import { objectsOf, pick, stringMap, stringOf, objectOf } from './fields';

/** Annotations that are large and say nothing about health. */
const DROPPED_ANNOTATIONS = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
]);

/** The metadata that health and binding read; managed fields and the last applied configuration stay out. */
export function projectMetadata(value: unknown): KubernetesMetadata {
  const source = objectOf(value);
  const annotations = stringMap(source.annotations);
  for (const name of Object.keys(annotations ?? {})) {
    if (DROPPED_ANNOTATIONS.has(name)) delete annotations?.[name];
  }
  const owners = projectOwners(source.ownerReferences);
  return {
    name: stringOf(source.name),
    namespace: stringOf(source.namespace),
    uid: stringOf(source.uid),
    ...(typeof source.generation === 'number'
      ? { generation: source.generation }
      : {}),
    creationTimestamp: stringOf(source.creationTimestamp),
    deletionTimestamp: stringOf(source.deletionTimestamp),
    labels: stringMap(source.labels),
    annotations,
    ...(owners ? { ownerReferences: owners } : {}),
  };
}

/** The owners by kind, name and uid; undefined where there are none. */
export function projectOwners(
  value: unknown,
): KubernetesMetadata['ownerReferences'] {
  const owners = objectsOf(value).map(owner =>
    pick(owner, ['apiVersion', 'kind', 'name', 'uid', 'controller']),
  );
  return owners.length > 0 ? owners : undefined;
}
