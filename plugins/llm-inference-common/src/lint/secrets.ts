/** Texts that are secrets wherever they stand. */
export const SECRET_PATTERNS: ReadonlyArray<{
  name: string;
  pattern: RegExp;
}> = [
  { name: 'a Hugging Face token', pattern: /\bhf_[A-Za-z0-9]{20,}/ },
  { name: 'a bearer token', pattern: /\bBearer\s+[\w.~+/-]{8,}/i },
  { name: 'an AWS access key', pattern: /\bA(?:KIA|SIA)[0-9A-Z]{16}\b/ },
  { name: 'a private key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/ },
  {
    name: 'a password in a URL',
    pattern: /:\/\/[^\s/:@'"]{1,256}:[^\s/@'"]{1,256}@/,
  },
];

const MAX_LENGTH = 600;

/** A sentence made fit to be shown: without the secrets of the values that it quotes, and not endless. */
export function toSentence(text: string): string {
  let result =
    text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)} …` : text;
  for (const { pattern } of SECRET_PATTERNS) {
    result = result.replace(new RegExp(pattern, `${pattern.flags}g`), '***');
  }
  return result;
}
