import { CelInput } from '@bufbuild/cel';
import { isRecord } from '../../../cluster/json';
import { SchemaNode } from '../structural/SchemaNode';

/** Words that CEL keeps for itself; as field names they are written `__word__` in rules. */
const RESERVED = new Set([
  'true',
  'false',
  'null',
  'in',
  'as',
  'break',
  'const',
  'continue',
  'else',
  'for',
  'function',
  'if',
  'import',
  'let',
  'loop',
  'package',
  'namespace',
  'return',
  'var',
  'void',
  'while',
]);

/** What nothing is known about. */
const ANY: SchemaNode = {
  nullable: true,
  intOrString: false,
  preserveUnknown: true,
  properties: new Map(),
  listKeys: [],
  required: [],
  limits: {},
  exclusiveMinimum: false,
  exclusiveMaximum: false,
  allOf: [],
  anyOf: [],
  oneOf: [],
  rules: [],
};

/** How a rule writes the name of a field. */
function fieldName(name: string): string {
  if (RESERVED.has(name)) {
    return `__${name}__`;
  }
  return name
    .replace(/__/g, '__underscores__')
    .replace(/\./g, '__dot__')
    .replace(/-/g, '__dash__')
    .replace(/\//g, '__slash__');
}

/** A value as CEL sees it: integers are int, maps and objects are maps. */
export function celValue(value: unknown, schema: SchemaNode): CelInput {
  if (value === null || value === undefined) {
    return null;
  }
  if (typeof value === 'number') {
    return schema.type !== 'number' && Number.isInteger(value)
      ? BigInt(value)
      : value;
  }
  if (typeof value === 'string' || typeof value === 'boolean') {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map((item: unknown) => celValue(item, schema.items ?? ANY));
  }
  const map = new Map<string, CelInput>();
  for (const [name, field] of Object.entries(isRecord(value) ? value : {})) {
    const property = schema.properties.get(name);
    if (property) {
      map.set(fieldName(name), celValue(field, property));
    } else {
      const { additional } = schema;
      map.set(
        name,
        celValue(field, additional && additional !== true ? additional : ANY),
      );
    }
  }
  return map;
}
