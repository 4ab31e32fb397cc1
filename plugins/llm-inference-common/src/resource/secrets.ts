/** A kind of secret, as it looks wherever it turns up. */
interface SecretForm {
  /** In words, with its article. */
  name: string;
  /**
   * Tells that a text holds one. Strict: a name that a person chose is not mistaken for one. Absent where only the
   * words around a value tell that it is secret, which a sentence may hold as well.
   */
  certain?: RegExp;
  /** What is replaced. Wide: a quote without a harmless word does less harm than one with a secret. */
  replaced: RegExp;
  /** What is left of it. */
  left: string;
}

/** Every kind of secret that is known here; the one definition for forms, manifests, logs and findings. */
const FORMS: readonly SecretForm[] = [
  {
    name: 'a Hugging Face token',
    certain: /\bhf_[A-Za-z0-9]{20,}/,
    replaced: /\bhf_(?:(?=[A-Za-z0-9]*\d)[A-Za-z0-9]{4,}|[A-Za-z0-9]{9,})/g,
    left: 'hf_***',
  },
  {
    name: 'an access token',
    certain: /\bbearer\s+[\w.~+/=-]{8,}/i,
    replaced: /\b(Bearer|Basic)\s+[^\s"',]+/gi,
    left: '$1 ***',
  },
  {
    name: 'a password in a URL',
    certain: /:\/\/[^\s/:@'"]{1,256}:[^\s/@'"]{1,256}@/,
    replaced: /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/"'<>]+@/gi,
    left: '$1***@',
  },
  {
    name: 'an AWS access key',
    certain: /\b(?:AKIA|ASIA)[0-9A-Z]{12,}/,
    replaced: /\b(?:AKIA|ASIA)[0-9A-Z]{12,}/g,
    left: 'AKIA***',
  },
  {
    name: 'a private key',
    certain: /-----BEGIN [A-Z ]*PRIVATE KEY/,
    replaced:
      /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
    left: '-----PRIVATE KEY***-----',
  },
  {
    name: 'a signed token',
    certain: /\beyJ[\w-]{10,}\.[\w-]{10,}\./,
    replaced: /\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?/g,
    left: 'eyJ***',
  },
  {
    name: 'a Git token',
    certain: /\b(?:gh[pousr]_|github_pat_|glpat-)[\w-]{16,}/,
    replaced: /\b(?:gh[pousr]_|github_pat_|glpat[-_])[\w-]{16,}/g,
    left: '***',
  },
  {
    name: 'an API key',
    certain: /\bsk-[\w-]{20,}/,
    replaced: /\bsk[-_][\w-]{16,}/g,
    left: '***',
  },
  {
    name: 'a Slack token',
    certain: /\bxox[abprs]-[A-Za-z0-9-]{10,}/,
    replaced: /\bxox[abprs][-_][\w-]{10,}/g,
    left: '***',
  },
  {
    name: 'a signature in a URL',
    replaced:
      /([?&](?:X-Amz-(?:Signature|Credential|Security-Token)|sig|signature|token|access_token)=)[^&\s"']+/gi,
    left: '$1***',
  },
  {
    name: 'a secret by its name',
    replaced:
      /((?:^|[^A-Za-z])(?:[A-Z_]*(?:TOKEN|PASSWORD|PASSWD|SECRET|API_?KEY|SECRET_ACCESS_KEY))["']?\s*[=:]\s*["']?)[^\s"',;&]{6,}/gi,
    left: '$1***',
  },
];

/** What kind of secret a text seems to hold, or undefined. Never returns the text itself. @public */
export function secretInText(text: string): string | undefined {
  return FORMS.find(({ certain }) => certain?.test(text))?.name;
}

/** The text with everything that may be a secret replaced. */
export function withoutSecrets(text: string): string {
  let result = text;
  for (const { replaced, left } of FORMS) {
    result = result.replace(replaced, left);
  }
  return result;
}
