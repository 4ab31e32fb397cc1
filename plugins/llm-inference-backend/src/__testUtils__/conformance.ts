import Ajv from 'ajv/dist/2020';
import type { ValidateFunction } from 'ajv/dist/2020';
import { openApiDocument } from '../openapi/document';

/** Lists what in an answer is not as the OpenAPI document says; empty where all is. */
export function nonconformities(
  method: string,
  path: string,
  status: number,
  body: unknown,
): string[] {
  const operation = operationFor(method, path);
  if (!operation) return [`${method} ${path} is not in the document`];
  const answer = operation.responses[String(status)];
  if (!answer) return [`${method} ${path}: ${status} is not in the document`];
  const ref = answer.content?.['application/json']?.schema.$ref;
  if (!ref) return [];
  const validate = validatorFor(ref);
  if (validate(body)) return [];
  return (validate.errors ?? []).map(
    error => `${error.instancePath} ${error.message}`,
  );
}

interface Operation {
  responses: Record<
    string,
    { content?: Record<string, { schema: { $ref?: string } }> }
  >;
}

const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addSchema(openApiDocument, 'api');
const validators = new Map<string, ValidateFunction>();

function validatorFor(ref: string): ValidateFunction {
  const known = validators.get(ref) ?? ajv.compile({ $ref: `api${ref}` });
  validators.set(ref, known);
  return known;
}

function operationFor(method: string, path: string): Operation | undefined {
  const paths = openApiDocument.paths as unknown as Record<
    string,
    Record<string, Operation>
  >;
  const [pathname] = path.split('?');
  const match = Object.keys(paths).find(template =>
    new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(pathname),
  );
  return match ? paths[match][method.toLowerCase()] : undefined;
}
