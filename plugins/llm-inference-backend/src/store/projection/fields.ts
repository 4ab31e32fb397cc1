/** A JSON object whose fields are unknown until looked at. */
export type JsonObject = Record<string, unknown>;

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object, or an empty one. */
export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** The objects of an array; everything else in it is left out. */
export function objectsOf(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The value as a string, or undefined. */
export function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The string entries of an object; undefined where there are none. */
export function stringMap(value: unknown): Record<string, string> | undefined {
  const entries = Object.entries(objectOf(value)).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/** A new object with the named fields that are there. */
export function pick(from: unknown, names: readonly string[]): JsonObject {
  const source = objectOf(from);
  const picked: JsonObject = {};
  for (const name of names) {
    if (source[name] !== undefined && source[name] !== null) {
      picked[name] = source[name];
    }
  }
  return picked;
}

/** Takes the fields without a value out of an object. */
export function compact<T extends object>(value: T): T {
  for (const [name, field] of Object.entries(value)) {
    if (field === undefined) delete (value as JsonObject)[name];
  }
  return value;
}
