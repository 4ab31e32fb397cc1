import { isRecord, jsonEqual, JsonRecord } from '../../../cluster/json';
import {
  childPath,
  duplicate,
  FieldError,
  invalidValue,
  notSupported,
  required,
  tooLong,
  tooMany,
  typeInvalid,
} from './fieldErrors';
import { formatError } from './formats';
import { SchemaNode } from './SchemaNode';

/** What a structural schema finds wrong with a value. */
export function validateStructure(
  value: unknown,
  schema: SchemaNode,
  path = '',
): FieldError[] {
  const errors: FieldError[] = [];
  if (value === null && schema.nullable) {
    return errors;
  }
  const type = typeOf(value);
  if (!typeMatches(type, schema)) {
    return [typeInvalid(path, type, schema.type ?? 'integer,string')];
  }
  if (
    schema.enumeration &&
    !schema.enumeration.some(allowed => jsonEqual(allowed, value))
  ) {
    errors.push(notSupported(path, value, schema.enumeration));
  }
  if (typeof value === 'string') {
    errors.push(...stringErrors(value, schema, path));
  } else if (typeof value === 'number') {
    errors.push(...numberErrors(value, schema, path));
  } else if (Array.isArray(value)) {
    errors.push(...listErrors(value, schema, path));
  } else if (isRecord(value)) {
    errors.push(...objectErrors(value, schema, path));
  }
  return [...errors, ...combinationErrors(value, schema, path)];
}

function typeOf(value: unknown): string {
  if (value === null) {
    return 'null';
  }
  if (Array.isArray(value)) {
    return 'array';
  }
  if (typeof value === 'number') {
    return Number.isInteger(value) ? 'integer' : 'number';
  }
  return typeof value;
}

function typeMatches(type: string, schema: SchemaNode): boolean {
  if (schema.intOrString) {
    return type === 'integer' || type === 'string';
  }
  return (
    schema.type === undefined ||
    schema.type === type ||
    (schema.type === 'number' && type === 'integer')
  );
}

function stringErrors(
  value: string,
  { limits, pattern, format }: SchemaNode,
  path: string,
): FieldError[] {
  const errors: FieldError[] = [];
  const { minLength, maxLength } = limits;
  const length = [...value].length;
  if (maxLength !== undefined && length > maxLength) {
    errors.push(tooLong(path, maxLength));
  }
  if (minLength !== undefined && length < minLength) {
    errors.push(
      invalidValue(
        path,
        value,
        `${path} in body should be at least ${minLength} chars long`,
      ),
    );
  }
  if (pattern && !pattern.expression.test(value)) {
    errors.push(
      invalidValue(
        path,
        value,
        `${path} in body should match '${pattern.text}'`,
      ),
    );
  }
  const wrongFormat = format && formatError(value, format);
  if (wrongFormat) {
    errors.push(
      invalidValue(
        path,
        value,
        `${path} in body must be of type ${format}: ${JSON.stringify(value)}`,
      ),
    );
  }
  return errors;
}

const INTEGER_RANGES: Record<string, [number, number]> = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  int64: [-(2 ** 63), 2 ** 63],
};

function numberErrors(
  value: number,
  { limits, format, exclusiveMinimum, exclusiveMaximum }: SchemaNode,
  path: string,
): FieldError[] {
  const errors: FieldError[] = [];
  const { minimum, maximum, multipleOf } = limits;
  const should = (words: string) =>
    errors.push(
      invalidValue(path, value, `${path} in body should be ${words}`),
    );
  if (minimum !== undefined) {
    if (exclusiveMinimum && value <= minimum) {
      should(`greater than ${minimum}`);
    } else if (value < minimum) {
      should(`greater than or equal to ${minimum}`);
    }
  }
  if (maximum !== undefined) {
    if (exclusiveMaximum && value >= maximum) {
      should(`less than ${maximum}`);
    } else if (value > maximum) {
      should(`less than or equal to ${maximum}`);
    }
  }
  if (multipleOf !== undefined && !Number.isInteger(value / multipleOf)) {
    should(`a multiple of ${multipleOf}`);
  }
  const range = format ? INTEGER_RANGES[format] : undefined;
  if (range && (value < range[0] || value > range[1])) {
    errors.push(
      invalidValue(
        path,
        value,
        `${path} in body must be of type ${format}: "${value}"`,
      ),
    );
  }
  return errors;
}

function listErrors(
  value: unknown[],
  { limits, items, listType, listKeys }: SchemaNode,
  path: string,
): FieldError[] {
  const errors: FieldError[] = [];
  const { minItems, maxItems } = limits;
  if (maxItems !== undefined && value.length > maxItems) {
    errors.push(tooMany(path, value.length, maxItems));
  }
  if (minItems !== undefined && value.length < minItems) {
    errors.push(
      invalidValue(
        path,
        value.length,
        `${path} in body should have at least ${minItems} items`,
      ),
    );
  }
  if (items) {
    value.forEach((item, index) => {
      errors.push(...validateStructure(item, items, `${path}[${index}]`));
    });
  }
  if (listType === 'map' || listType === 'set') {
    const seen = new Set<string>();
    value.forEach((item, index) => {
      const key = listType === 'map' ? keysOf(item, listKeys) : item;
      const text = JSON.stringify(key);
      if (seen.has(text)) {
        errors.push(duplicate(`${path}[${index}]`, key));
      }
      seen.add(text);
    });
  }
  return errors;
}

function keysOf(item: unknown, keys: string[]): JsonRecord {
  const result: JsonRecord = {};
  for (const key of keys) {
    if (isRecord(item) && item[key] !== undefined) {
      result[key] = item[key];
    }
  }
  return result;
}

function objectErrors(
  value: JsonRecord,
  { limits, properties, additional, required: names }: SchemaNode,
  path: string,
): FieldError[] {
  const errors: FieldError[] = [];
  const { minProperties, maxProperties } = limits;
  const size = Object.keys(value).length;
  if (maxProperties !== undefined && size > maxProperties) {
    errors.push(tooMany(path, size, maxProperties));
  }
  if (minProperties !== undefined && size < minProperties) {
    errors.push(
      invalidValue(
        path,
        size,
        `${path} in body should have at least ${minProperties} properties`,
      ),
    );
  }
  for (const name of names) {
    if (value[name] === undefined) {
      errors.push(required(childPath(path, name)));
    }
  }
  for (const [name, field] of Object.entries(value)) {
    const known = properties.get(name) ?? additional;
    if (known && known !== true && field !== undefined) {
      errors.push(...validateStructure(field, known, childPath(path, name)));
    }
  }
  return errors;
}

function combinationErrors(
  value: unknown,
  schema: SchemaNode,
  path: string,
): FieldError[] {
  const isValid = (part: SchemaNode) =>
    validateStructure(value, part, path).length === 0;
  const must = (words: string) =>
    invalidValue(path, value, `"${path}" must ${words}`);
  const errors = schema.allOf.flatMap(part =>
    validateStructure(value, part, path),
  );
  if (schema.anyOf.length > 0 && !schema.anyOf.some(isValid)) {
    errors.push(must('validate at least one schema (anyOf)'));
  }
  if (schema.oneOf.length > 0) {
    const count = schema.oneOf.filter(isValid).length;
    if (count !== 1) {
      errors.push(
        must(
          `validate one and only one schema (oneOf). Found ${
            count === 0 ? 'none' : count
          } valid`,
        ),
      );
    }
  }
  if (schema.not && isValid(schema.not)) {
    errors.push(must('not validate the schema (not)'));
  }
  return errors;
}
