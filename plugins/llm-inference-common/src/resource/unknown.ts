/**
 * Readers for data of unknown shape. Every one is total: a value of the wrong type reads as absent.
 */

/** A JSON object whose fields are still unknown. @public */
export type UnknownRecord = Readonly<Record<string, unknown>>;

const NO_FIELDS: UnknownRecord = Object.freeze({});
const NO_ITEMS: readonly unknown[] = Object.freeze([]);

/** The value as an object, or an empty one. @public */
export function asRecord(value: unknown): UnknownRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as UnknownRecord)
    : NO_FIELDS;
}

/** The value as a list, or an empty one. @public */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : NO_ITEMS;
}

/** The value as a string; absent where it is none. @public */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The value as a finite number; absent where it is none. @public */
export function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value)
    ? value
    : undefined;
}

/** The field at a path, or undefined as soon as a step is not an object. @public */
export function field(value: unknown, ...path: string[]): unknown {
  let current = value;
  for (const key of path) {
    current = asRecord(current)[key];
  }
  return current;
}

/** An ISO time in milliseconds since the epoch; absent where it cannot be read. @public */
export function asTime(value: unknown): number | undefined {
  if (typeof value !== 'string') {
    return undefined;
  }
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : time;
}

/** A map of strings, such as labels; entries of other types are left out. @public */
export function asTextMap(value: unknown): Readonly<Record<string, string>> {
  const record = asRecord(value);
  for (const key in record) {
    if (typeof record[key] !== 'string') {
      return Object.fromEntries(
        Object.entries(record).filter(
          (entry): entry is [string, string] => typeof entry[1] === 'string',
        ),
      );
    }
  }
  return record as Readonly<Record<string, string>>;
}
