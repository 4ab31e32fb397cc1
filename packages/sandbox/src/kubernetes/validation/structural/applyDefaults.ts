import { isRecord } from '../../../cluster/json';
import { SchemaNode } from './SchemaNode';

/** The value with the schema's defaults where fields are missing; null gives way to a default unless it is allowed. */
export function applyDefaults(value: unknown, schema: SchemaNode): unknown {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items
      ? value.map((item: unknown) => applyDefaults(item, items))
      : value;
  }
  if (!isRecord(value)) {
    return value;
  }
  const result = { ...value };
  for (const [name, property] of schema.properties) {
    const isMissing =
      result[name] === undefined ||
      (result[name] === null && !property.nullable);
    if (isMissing && property.default !== undefined) {
      result[name] = structuredClone(property.default);
    }
    if (result[name] !== undefined) {
      result[name] = applyDefaults(result[name], property);
    }
  }
  const { additional } = schema;
  if (additional && additional !== true) {
    for (const [name, field] of Object.entries(result)) {
      if (!schema.properties.has(name)) {
        result[name] = applyDefaults(field, additional);
      }
    }
  }
  return result;
}
