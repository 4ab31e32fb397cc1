import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { celEnv, CelScalar, isCelError, parse, plan } from '@bufbuild/cel';
import type { CelInput, CelResult } from '@bufbuild/cel';
import { strings } from '@bufbuild/cel/ext';
import { parseAllDocuments } from 'yaml';

interface Schema {
  type?: string;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  items?: Schema;
  required?: string[];
  enum?: unknown[];
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  'x-kubernetes-int-or-string'?: boolean;
  'x-kubernetes-preserve-unknown-fields'?: boolean;
  'x-kubernetes-validations'?: Array<{ rule: string; message?: string }>;
}

const FILE = 'serving.kserve.io_llminferenceservices.yaml';

/** Folder with the real CRDs; without it the checks against them are skipped. */
export const CRDS_DIR = process.env.KSERVE_CRDS_DIR;

/**
 * Checks objects against the real LLMInferenceService v1alpha2: strict structure and CEL rules, written
 * independently of the generator that is tested with it. Rules over `oldSelf` do not apply to creation.
 */
export function loadCrdCheck(): (object: unknown) => string[] {
  const path = join(CRDS_DIR ?? '', FILE);
  if (!existsSync(path)) throw new Error(`KSERVE_CRDS_DIR has no ${FILE}`);
  const [definition] = parseAllDocuments(readFileSync(path, 'utf8'));
  const version = definition
    .toJS()
    .spec.versions.find(({ name }: { name: string }) => name === 'v1alpha2');
  const schema: Schema = version.schema.openAPIV3Schema;
  return object => {
    const errors: string[] = [];
    check(object, schema, '', errors);
    return errors;
  };
}

function check(
  value: unknown,
  schema: Schema,
  path: string,
  errors: string[],
): void {
  const fail = (what: string) => errors.push(`${path || '.'}: ${what}`);
  if (schema['x-kubernetes-int-or-string']) {
    if (typeof value !== 'string' && !Number.isInteger(value)) {
      fail('must be an integer or a text');
    }
  } else if (schema.type && schema.type !== typeOf(value, schema.type)) {
    fail(`must be ${schema.type}, is ${JSON.stringify(value)}`);
    return;
  }
  if (schema.enum && !schema.enum.includes(value)) {
    fail(`must be one of ${schema.enum.join(', ')}`);
  }
  if (typeof value === 'string') checkText(value, schema, fail);
  if (typeof value === 'number') {
    if (value < (schema.minimum ?? -Infinity)) fail('is too small');
    if (value > (schema.maximum ?? Infinity)) fail('is too large');
  }
  if (Array.isArray(value)) {
    if (value.length < (schema.minItems ?? 0)) fail('has too few items');
    if (value.length > (schema.maxItems ?? Infinity))
      fail('has too many items');
    value.forEach((item, index) =>
      check(item, schema.items ?? {}, `${path}[${index}]`, errors),
    );
  } else if (typeof value === 'object' && value !== null) {
    checkObject(value as Record<string, unknown>, schema, path, errors);
  }
  for (const { rule, message } of schema['x-kubernetes-validations'] ?? []) {
    if (!rule.includes('oldSelf')) {
      const result = evaluate(rule, celOf(value));
      if (result !== true) fail(`${message ?? rule} (${String(result)})`);
    }
  }
}

function checkText(
  value: string,
  schema: Schema,
  fail: (what: string) => void,
): void {
  if (schema.pattern && !new RegExp(schema.pattern).test(value)) {
    fail(`'${value}' does not match ${schema.pattern}`);
  }
  if (value.length < (schema.minLength ?? 0)) fail('is too short');
  if (value.length > (schema.maxLength ?? Infinity)) fail('is too long');
}

function checkObject(
  value: Record<string, unknown>,
  schema: Schema,
  path: string,
  errors: string[],
): void {
  for (const name of schema.required ?? []) {
    if (!(name in value)) errors.push(`${path}.${name}: is required`);
  }
  for (const [name, item] of Object.entries(value)) {
    const property = schema.properties?.[name];
    const { additionalProperties } = schema;
    if (property) {
      check(item, property, `${path}.${name}`, errors);
    } else if (typeof additionalProperties === 'object') {
      check(item, additionalProperties, `${path}.${name}`, errors);
    } else if (
      schema.properties &&
      !schema['x-kubernetes-preserve-unknown-fields']
    ) {
      errors.push(`${path}.${name}: is an unknown field`);
    }
  }
}

function typeOf(value: unknown, wanted: string): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value !== 'number') return typeof value;
  return wanted === 'integer' && !Number.isInteger(value) ? 'number' : wanted;
}

const ENVIRONMENT = celEnv({
  variables: { self: CelScalar.DYN },
  funcs: strings,
});
type Program = (bindings: { self: CelInput }) => CelResult;

const PROGRAMS = new Map<string, Program>();

function evaluate(rule: string, self: CelInput): unknown {
  let program = PROGRAMS.get(rule);
  if (!program) {
    program = plan(ENVIRONMENT, parse(rule));
    PROGRAMS.set(rule, program);
  }
  const result = program({ self });
  return isCelError(result) ? result.message : result;
}

function celOf(value: unknown): CelInput {
  if (typeof value === 'number') {
    return Number.isInteger(value) ? BigInt(value) : value;
  }
  if (Array.isArray(value)) return value.map(celOf);
  if (typeof value === 'object' && value !== null) {
    return new Map(
      Object.entries(value).map(([key, item]) => [key, celOf(item)]),
    );
  }
  return value as CelInput;
}
