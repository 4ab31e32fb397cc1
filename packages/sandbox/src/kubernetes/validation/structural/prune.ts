import { isRecord, JsonRecord } from '../../../cluster/json';
import { childPath } from './fieldErrors';
import { SchemaNode } from './SchemaNode';

/** Fields of every object that no schema has to name. */
const OBJECT_FIELDS = new Set(['apiVersion', 'kind', 'metadata']);

/**
 * The value without the fields that the schema does not know.
 * @param unknownFields receives the paths of what was taken out
 */
export function prune(
  value: unknown,
  schema: SchemaNode,
  unknownFields: string[],
  path = '',
): unknown {
  if (Array.isArray(value)) {
    const { items } = schema;
    if (!items) {
      return value;
    }
    return value.map((item: unknown, index) =>
      prune(item, items, unknownFields, `${path}[${index}]`),
    );
  }
  if (!isRecord(value)) {
    return value;
  }
  const result: JsonRecord = {};
  for (const [name, field] of Object.entries(value)) {
    const known = schema.properties.get(name) ?? schema.additional;
    const fieldPath = childPath(path, name);
    if (path === '' && OBJECT_FIELDS.has(name)) {
      result[name] = field;
    } else if (known === true) {
      result[name] = field;
    } else if (known) {
      result[name] = prune(field, known, unknownFields, fieldPath);
    } else if (schema.preserveUnknown) {
      result[name] = field;
    } else {
      unknownFields.push(fieldPath);
    }
  }
  return result;
}
