import type { Rule } from '../Rule';

const DNS_1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;

/** Longest name of which every child object keeps its plain name. */
const PLAIN_LENGTH = 38;

/** Longest name of a Kubernetes Service and longest label value. */
const MAX_LENGTH = 63;

/** Name of the service. */
export const NAME_RULES: readonly Rule[] = [
  {
    id: 'service-name-invalid',
    level: 'error',
    *check({ name }) {
      if (name === undefined || DNS_1035.test(name)) return;
      yield {
        path: 'metadata.name',
        words: {
          name: JSON.stringify(name.slice(0, 80)),
          suggestion: suggestName(name),
        },
        message: `The name ${JSON.stringify(
          name.slice(0, 80),
        )} becomes the name of a Kubernetes Service, which allows lower-case letters, digits and dashes, beginning with a letter. It would fail late, when the Service is created.`,
        fix: `Rename it, for example ${suggestName(name)}.`,
      };
    },
  },
  {
    id: 'service-name-too-long',
    level: 'warning',
    *check({ name }) {
      if (name === undefined || name.length <= PLAIN_LENGTH) return;
      yield {
        level: name.length > MAX_LENGTH ? 'error' : 'warning',
        path: 'metadata.name',
        words: {
          code: name.length > MAX_LENGTH ? 'refused' : undefined,
          length: name.length,
        },
        message:
          name.length > MAX_LENGTH
            ? `The name has ${name.length} characters; labels and Services allow ${MAX_LENGTH}.`
            : `The name has ${name.length} characters. Above ${PLAIN_LENGTH} the names of child objects are cut and hashed, and routing has a known fault with them (kserve#5415).`,
        fix: `Use at most ${PLAIN_LENGTH} characters.`,
      };
    },
  },
];

function suggestName(name: string): string {
  const plain = name
    .slice(0, PLAIN_LENGTH)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .replace(/-+$/, '');
  return plain || 'my-model';
}
