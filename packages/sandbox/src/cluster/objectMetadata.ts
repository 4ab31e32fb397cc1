import { KubeMetadata } from './ClusterStore';

/** RFC 3339 in whole seconds, as in every Kubernetes object. */
export function timestamp(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

/** The letters of Kubernetes' own suffixes: no vowels, nothing that looks like another. */
const SUFFIX_LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

/** A prefix of at most 58 characters and five random letters. */
export function generatedName(prefix: string): string {
  let suffix = '';
  for (let index = 0; index < 5; index += 1) {
    suffix += SUFFIX_LETTERS[Math.floor(Math.random() * SUFFIX_LETTERS.length)];
  }
  return `${prefix.slice(0, 58)}${suffix}`;
}

/** The metadata of an update: what the server keeps comes from the current object, the rest from the new one. */
export function mergeMetadata(
  current: KubeMetadata,
  next: KubeMetadata,
): KubeMetadata {
  const merged: KubeMetadata = { ...next };
  for (const field of [
    'name',
    'namespace',
    'uid',
    'resourceVersion',
    'generation',
    'creationTimestamp',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
  ]) {
    if (current[field] === undefined) {
      delete merged[field];
    } else {
      merged[field] = current[field];
    }
  }
  return merged;
}

/** Metadata without empty maps and lists, which the API server leaves out. */
export function withoutEmptyFields(metadata: KubeMetadata): KubeMetadata {
  const result = { ...metadata };
  for (const field of [
    'labels',
    'annotations',
    'ownerReferences',
    'finalizers',
    'managedFields',
  ]) {
    const value = result[field];
    const isEmpty =
      value === null ||
      (typeof value === 'object' && Object.keys(value).length === 0);
    if (isEmpty) {
      delete result[field];
    }
  }
  return result;
}
