/** Names of variables whose value is not shown. */
const SECRET_NAME =
  /token|secret|passw|credential|api_?key|access_?key|private_?key/i;

const HIDDEN = '[redacted]';

/** Longest text of a value, in characters. */
const LONGEST = 300;

/**
 * A value as short text for people: a scalar as it is, the rest as JSON. The value of a variable whose name speaks
 * of a secret is replaced.
 */
export function shownValue(
  value: unknown,
  path: string,
  redact: (text: string) => string,
): string {
  const variable = /\.env\[([^\]]*)\]\.value$/.exec(path)?.[1];
  const whole =
    variable !== undefined && SECRET_NAME.test(variable)
      ? HIDDEN
      : textOf(withoutSecrets(value));
  const text = redact(whole);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  const { name } = value as { name?: unknown };
  const secret = typeof name === 'string' && SECRET_NAME.test(name);
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      key,
      secret && key === 'value' ? HIDDEN : withoutSecrets(entry),
    ]),
  );
}
