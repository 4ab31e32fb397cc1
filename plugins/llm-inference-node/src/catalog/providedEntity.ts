import { createHash } from 'node:crypto';
import type { ServiceRef } from 'backstage-plugin-llm-inference-common';

/**
 * Type of the locations of entities that were made from a cluster. The catalog overwrites the origin of what
 * files and registered locations bring, so no file can claim it.
 *
 * @public
 */
export const PROVIDED_LOCATION_TYPE = 'llm-inference';

const LONGEST_NAME = 63;
const DIGITS_OF_HASH = 10;
const PLAIN = /^[a-z0-9]+([-._a-z0-9]*[a-z0-9])?$/;

/** Location of the entities of a service. @public */
export function providedLocation(service: ServiceRef): string {
  const { cluster, namespace, name } = service;
  return `${PROVIDED_LOCATION_TYPE}:${cluster}/${namespace}/${name}`;
}

/**
 * Name of the entities of a service that no catalog file describes, for example `qwen.llm-demo.gpu-east`. The
 * same service always has the same name and no two share one: what does not fit the catalog's alphabet
 * or length is cut and ends in a hash of the whole.
 *
 * @public
 */
export function providedEntityName(service: ServiceRef): string {
  const { cluster, namespace, name } = service;
  // A namespace has no dots: with none in the cluster's name either, the parts cannot run into each other.
  return catalogName(
    `${name}.${namespace}.${cluster}`,
    cluster.includes('.') || cluster === '',
  );
}

/**
 * A name for the catalog that stands for this text and no other; `ambiguous` asks for the hash also where the
 * text would fit as it is.
 *
 * @public
 */
export function catalogName(text: string, ambiguous = false): string {
  if (!ambiguous && text.length <= LONGEST_NAME && PLAIN.test(text)) {
    return text;
  }
  const hash = createHash('sha256')
    .update(text)
    .digest('hex')
    .slice(0, DIGITS_OF_HASH);
  const readable = text
    .toLowerCase()
    .replace(/[^-._a-z0-9]+/g, '-')
    .slice(0, LONGEST_NAME - DIGITS_OF_HASH - 1)
    .replace(/^[-._]+|[-._]+$/g, '');
  return readable ? `${readable}-${hash}` : hash;
}
