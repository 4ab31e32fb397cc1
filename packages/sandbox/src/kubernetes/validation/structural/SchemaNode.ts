import { isRecord, JsonRecord } from '../../../cluster/json';

/** A CEL rule of a schema (`x-kubernetes-validations`). */
export interface ValidationRule {
  rule: string;
  message?: string;
  messageExpression?: string;
  reason?: string;
  fieldPath?: string;
}

/** One node of a structural schema, read once so that validation does not look into unknown data. */
export interface SchemaNode {
  type?: string;
  format?: string;
  nullable: boolean;
  intOrString: boolean;
  preserveUnknown: boolean;
  default?: unknown;
  properties: Map<string, SchemaNode>;
  /** Schema of the values of a map; true where they may be anything. */
  additional?: SchemaNode | true;
  items?: SchemaNode;
  listType?: string;
  listKeys: string[];
  required: string[];
  enumeration?: unknown[];
  pattern?: { text: string; expression: RegExp };
  limits: Partial<Record<Limit, number>>;
  exclusiveMinimum: boolean;
  exclusiveMaximum: boolean;
  allOf: SchemaNode[];
  anyOf: SchemaNode[];
  oneOf: SchemaNode[];
  not?: SchemaNode;
  rules: ValidationRule[];
}

const LIMITS = [
  'minimum',
  'maximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
] as const;

type Limit = (typeof LIMITS)[number];

/** Reads a schema from the data of a CustomResourceDefinition. */
export function readSchema(data: unknown): SchemaNode {
  const schema: JsonRecord = isRecord(data) ? data : {};
  const text = (field: string) => {
    const value = schema[field];
    return typeof value === 'string' ? value : undefined;
  };
  const pattern = text('pattern');
  const node: SchemaNode = {
    type: text('type'),
    format: text('format'),
    nullable: schema.nullable === true,
    intOrString: schema['x-kubernetes-int-or-string'] === true,
    preserveUnknown: schema['x-kubernetes-preserve-unknown-fields'] === true,
    properties: new Map(
      Object.entries(isRecord(schema.properties) ? schema.properties : {}).map(
        ([name, property]) => [name, readSchema(property)],
      ),
    ),
    listType: text('x-kubernetes-list-type'),
    listKeys: strings(schema['x-kubernetes-list-map-keys']),
    required: strings(schema.required),
    limits: {},
    exclusiveMinimum: schema.exclusiveMinimum === true,
    exclusiveMaximum: schema.exclusiveMaximum === true,
    allOf: schemas(schema.allOf),
    anyOf: schemas(schema.anyOf),
    oneOf: schemas(schema.oneOf),
    rules: rules(schema['x-kubernetes-validations']),
  };
  for (const limit of LIMITS) {
    const value = schema[limit];
    if (typeof value === 'number') {
      node.limits[limit] = value;
    }
  }
  if (schema.default !== undefined) {
    node.default = schema.default;
  }
  if (isRecord(schema.additionalProperties)) {
    node.additional = readSchema(schema.additionalProperties);
  } else if (schema.additionalProperties === true) {
    node.additional = true;
  }
  if (isRecord(schema.items)) {
    node.items = readSchema(schema.items);
  }
  if (Array.isArray(schema.enum)) {
    node.enumeration = schema.enum;
  }
  if (pattern !== undefined) {
    node.pattern = { text: pattern, expression: new RegExp(pattern) };
  }
  if (isRecord(schema.not)) {
    node.not = readSchema(schema.not);
  }
  return node;
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function schemas(value: unknown): SchemaNode[] {
  return Array.isArray(value) ? value.map(readSchema) : [];
}

function rules(value: unknown): ValidationRule[] {
  if (!Array.isArray(value)) {
    return [];
  }
  return value.filter(isRecord).map(entry => {
    const rule: ValidationRule = { rule: String(entry.rule) };
    for (const field of [
      'message',
      'messageExpression',
      'reason',
      'fieldPath',
    ] as const) {
      const given = entry[field];
      if (typeof given === 'string') {
        // The API server trims messages, which YAML block texts end with a line break.
        rule[field] = given.trim();
      }
    }
    return rule;
  });
}
