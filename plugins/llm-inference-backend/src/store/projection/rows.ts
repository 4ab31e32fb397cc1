import type { JsonObject } from './fields';

/** The value where it is a text. */
export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** The value where it is a number. */
export function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

/** The row without the cells at its end that say nothing. */
export function trimRow<T>(row: Array<T | null>): Array<T | null> {
  let length = row.length;
  while (length > 0 && row[length - 1] === null) length -= 1;
  return row.slice(0, length);
}

/** An object with those of the fields that say something. */
export function filled(fields: JsonObject): JsonObject {
  const object: JsonObject = {};
  for (const name of Object.keys(fields)) {
    const field = fields[name];
    if (field !== null && field !== undefined) object[name] = field;
  }
  return object;
}
