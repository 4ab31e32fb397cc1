import { createHash } from 'crypto';

const LONGEST_NAME = 63;
const MD5_LENGTH = 32;
const SAFE_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/**
 * Name of a child object as Knative's `kmeta.ChildName` forms it: parent and suffix, and where that
 * would be longer than 63 characters, the head of the parent and the MD5 of the whole parent instead.
 */
export function childName(parent: string, suffix: string): string {
  if (parent.length <= LONGEST_NAME - suffix.length) {
    return parent + suffix;
  }
  const head = LONGEST_NAME - MD5_LENGTH;
  if (head - suffix.length <= 0) {
    const hashed = parent.slice(0, head) + md5(parent + suffix);
    return (hashed + suffix.slice(0, LONGEST_NAME - hashed.length)).replace(
      /[^a-z0-9]+$/i,
      '',
    );
  }
  return parent.slice(0, head - suffix.length) + md5(parent) + suffix;
}

/** Hash of a pod template, in the alphabet of Kubernetes, ten characters. */
export function templateHash(template: unknown): string {
  const bytes = createHash('sha256').update(JSON.stringify(template)).digest();
  return safeEncode(bytes, 10);
}

/** Deterministic hexadecimal digest of some text, for identifiers that must look real. */
export function digest(text: string, length = 64): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}

function safeEncode(bytes: Buffer, length: number): string {
  return Array.from(bytes.subarray(0, length), byte =>
    SAFE_ALPHABET.charAt(byte % SAFE_ALPHABET.length),
  ).join('');
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
