import { StatusCause } from '../../../cluster/ApiError';

/** What was found wrong with a field, in the API server's words. */
export type FieldError = Required<StatusCause>;

/** A value as Go prints it in an error. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) {
    return '"null"';
  }
  if (typeof value === 'string') {
    return JSON.stringify(value);
  }
  if (typeof value === 'object') {
    return JSON.stringify(value);
  }
  return String(value);
}

export function invalidValue(
  field: string,
  value: unknown,
  detail: string,
): FieldError {
  return {
    reason: 'FieldValueInvalid',
    message: `Invalid value: ${shown(value)}: ${detail}`,
    field,
  };
}

export function typeInvalid(
  field: string,
  value: string,
  wanted: string,
): FieldError {
  return {
    reason: 'FieldValueTypeInvalid',
    message: `Invalid value: "${value}": ${field} in body must be of type ${wanted}: "${value}"`,
    field,
  };
}

export function required(field: string, detail = ''): FieldError {
  return {
    reason: 'FieldValueRequired',
    message: `Required value${detail && `: ${detail}`}`,
    field,
  };
}

export function notSupported(
  field: string,
  value: unknown,
  supported: unknown[],
): FieldError {
  return {
    reason: 'FieldValueNotSupported',
    message: `Unsupported value: ${shown(value)}: supported values: ${supported
      .map(item => JSON.stringify(String(item)))
      .join(', ')}`,
    field,
  };
}

export function duplicate(field: string, value: unknown): FieldError {
  return {
    reason: 'FieldValueDuplicate',
    message: `Duplicate value: ${shown(value)}`,
    field,
  };
}

export function tooLong(field: string, bytes: number): FieldError {
  return {
    reason: 'FieldValueTooLong',
    message: `Too long: may not be more than ${bytes} bytes`,
    field,
  };
}

export function tooMany(
  field: string,
  actual: number,
  maximum: number,
): FieldError {
  return {
    reason: 'FieldValueTooMany',
    message: `Too many: ${actual}: must have at most ${maximum} items`,
    field,
  };
}

/** The path of a field of an object, of a list item or of a map entry. */
export function childPath(path: string, name: string): string {
  return path ? `${path}.${name}` : name;
}

const BLOCKING = new Set([
  'FieldValueRequired',
  'FieldValueTooLong',
  'FieldValueTooMany',
  'FieldValueTypeInvalid',
]);

/** Whether rules cannot be checked any more because of these errors. */
export function blocksRules(errors: FieldError[]): boolean {
  return errors.some(error => BLOCKING.has(error.reason));
}
