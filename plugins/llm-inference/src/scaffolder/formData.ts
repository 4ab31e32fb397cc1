/**
 * What the fields of the templates put into the form. The names are those of a request, so that form, action and
 * core name a field alike.
 */
const REQUEST_FIELDS = [
  'profile',
  'name',
  'title',
  'description',
  'cluster',
  'namespace',
  'owner',
  'system',
  'lifecycle',
  'model',
  'engine',
  'decode',
  'prefill',
  'kvTransfer',
  'router',
  'pods',
] as const;

const EMPTY: unknown[] = ['', null, undefined, false];

/** The request in a form's data. What is still open is left out. */
export function requestOf(formData: unknown): Record<string, unknown> {
  const data = (formData ?? {}) as Record<string, unknown>;
  return dropEmpty(
    Object.fromEntries(REQUEST_FIELDS.map(field => [field, data[field]])),
  ) as Record<string, unknown>;
}

function dropEmpty(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => !EMPTY.includes(item))
      .map(([key, item]) => [key, dropEmpty(item)]),
  );
}
