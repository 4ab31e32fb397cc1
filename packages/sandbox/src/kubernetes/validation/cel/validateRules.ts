import { isCelError } from '@bufbuild/cel';
import { isRecord, jsonEqual } from '../../../cluster/json';
import { childPath, FieldError } from '../structural/fieldErrors';
import { SchemaNode, ValidationRule } from '../structural/SchemaNode';
import { celValue } from './celValue';
import { evaluateRule } from './evaluateRule';

/**
 * What the CEL rules of a schema find wrong with a value.
 * @param before the value before an update, for rules over `oldSelf`
 */
export function validateRules(
  value: unknown,
  schema: SchemaNode,
  before?: unknown,
  path = '',
): FieldError[] {
  if (value === undefined || value === null) {
    return [];
  }
  return [
    ...ownRules(value, schema, before, path),
    ...childRules(value, schema, before, path),
  ];
}

function childRules(
  value: unknown,
  schema: SchemaNode,
  before: unknown,
  path: string,
): FieldError[] {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items
      ? value.flatMap((item: unknown, index) =>
          validateRules(
            item,
            items,
            itemBefore(item, schema, before),
            `${path}[${index}]`,
          ),
        )
      : [];
  }
  if (!isRecord(value)) {
    return [];
  }
  const old = isRecord(before) ? before : {};
  return Object.entries(value).flatMap(([name, field]) => {
    const property = schema.properties.get(name);
    if (property) {
      return validateRules(field, property, old[name], childPath(path, name));
    }
    return schema.additional && schema.additional !== true
      ? validateRules(field, schema.additional, old[name], `${path}[${name}]`)
      : [];
  });
}

/** Only items of keyed lists can be told apart, so only they have a state before. */
function itemBefore(
  item: unknown,
  { listType, listKeys }: SchemaNode,
  before: unknown,
): unknown {
  if (listType !== 'map' || !Array.isArray(before) || !isRecord(item)) {
    return undefined;
  }
  return before.find(
    (other: unknown) =>
      isRecord(other) &&
      listKeys.every(key => jsonEqual(other[key], item[key])),
  );
}

function ownRules(
  value: unknown,
  schema: SchemaNode,
  before: unknown,
  path: string,
): FieldError[] {
  if (schema.rules.length === 0) {
    return [];
  }
  const self = celValue(value, schema);
  return schema.rules.flatMap(rule => {
    const isTransition = /\boldSelf\b/.test(rule.rule);
    if (isTransition && before === undefined) {
      return [];
    }
    const oldSelf = isTransition ? celValue(before, schema) : null;
    const result = evaluateRule(rule.rule, self, oldSelf);
    if (result === true) {
      return [];
    }
    const type = schema.type ?? 'object';
    if (isCelError(result)) {
      return [
        ruleError(path, rule, type, `rule evaluation error: ${result.message}`),
      ];
    }
    const computed = rule.messageExpression
      ? evaluateRule(rule.messageExpression, self, oldSelf)
      : undefined;
    const message =
      typeof computed === 'string'
        ? computed
        : rule.message ?? `failed rule: ${rule.rule}`;
    return [ruleError(path, rule, type, message)];
  });
}

const REASON_WORDS: Record<string, string> = {
  FieldValueRequired: 'Required value',
  FieldValueForbidden: 'Forbidden',
  FieldValueDuplicate: 'Duplicate value',
};

function ruleError(
  path: string,
  { reason = 'FieldValueInvalid', fieldPath = '' }: ValidationRule,
  type: string,
  message: string,
): FieldError {
  const words = REASON_WORDS[reason];
  const withValue = reason === 'FieldValueDuplicate' ? `: "${type}"` : '';
  return {
    reason,
    message: words
      ? `${words}${withValue}: ${message}`
      : `Invalid value: "${type}": ${message}`,
    field: `${path}${fieldPath}`,
  };
}
