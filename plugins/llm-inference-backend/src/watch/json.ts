import type { KubernetesObject } from 'backstage-plugin-llm-inference-common';
import { KubernetesError } from '../clusters/KubernetesError';
import { cutManagedFields } from './managedFields';

type JsonObject = Record<string, unknown>;

/**
 * The object that a text stands for, less the notes of who wrote which field.
 *
 * @throws KubernetesError where it is none
 */
export function parse(text: string): JsonObject {
  const cut = cutManagedFields(text);
  if (cut !== text) {
    const object = tryParse(cut);
    if (object) return object;
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new KubernetesError('Protocol', 'The cluster sent malformed JSON', {
      cause,
    });
  }
  if (!isObject(value)) {
    throw new KubernetesError(
      'Protocol',
      'The cluster sent something other than an object',
    );
  }
  return value;
}

/** Undefined where a text that was cut is no JSON object: the cut was not where it should be. */
export function tryParse(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a value is an object of a cluster. */
export function isNamed(value: unknown): value is KubernetesObject {
  return (
    isObject(value) &&
    isObject(value.metadata) &&
    typeof value.metadata.name === 'string'
  );
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
