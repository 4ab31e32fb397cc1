import { KubeObject } from '../../cluster/ClusterStore';
import { validateRules } from './cel/validateRules';
import { VersionSchema } from './SchemaStore';
import { applyDefaults } from './structural/applyDefaults';
import { blocksRules, FieldError } from './structural/fieldErrors';
import { prune } from './structural/prune';
import { validateStructure } from './structural/validateStructure';

/** What became of an object that met its schema. */
export interface ValidatedObject {
  /** Without unknown fields and with defaults. */
  object: KubeObject;
  /** Paths of the fields that the schema does not know. */
  unknownFields: string[];
  /** What is wrong; empty where the API server takes the object. */
  errors: FieldError[];
}

const RULES_NOT_CHECKED: FieldError = {
  reason: 'FieldValueInvalid',
  message:
    'Invalid value: "null": some validation rules were not checked because the object was invalid; correct the existing errors to complete validation',
  field: '<nil>',
};

/**
 * Does what the API server does with a custom resource: prunes unknown fields, applies defaults, and checks the
 * structural schema and the CEL rules.
 * @param before the object before an update, for rules about changes
 */
export function validateObject(
  { node }: VersionSchema,
  object: KubeObject,
  before?: KubeObject,
): ValidatedObject {
  const unknownFields: string[] = [];
  const pruned = prune(object, node, unknownFields);
  const completed = applyDefaults(pruned, node) as KubeObject;
  const errors = validateStructure(completed, node);
  if (blocksRules(errors)) {
    errors.push(RULES_NOT_CHECKED);
  } else {
    errors.push(...validateRules(completed, node, before));
  }
  return { object: completed, unknownFields, errors };
}
