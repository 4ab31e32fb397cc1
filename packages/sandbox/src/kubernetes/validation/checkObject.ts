import { badRequest, invalid } from '../../cluster/ApiError';
import { KubeObject } from '../../cluster/ClusterStore';
import { ResourceRequest } from '../ApiContext';
import { withDefaults } from '../resources/defaults';
import { builtInErrors } from './builtInRules';
import { metadataErrors } from './objectNames';
import { FieldError } from './structural/fieldErrors';
import { validateObject } from './validateObject';

/**
 * Completes and checks an object in the version of the request. Unknown fields are taken out with a warning;
 * with `fieldValidation=Strict` they are refused.
 * @param before the object before an update
 * @throws ApiError 400 for unknown fields, 422 for everything else that is wrong
 */
export function checkObject(
  request: ResourceRequest,
  object: KubeObject,
  before?: KubeObject,
): KubeObject {
  const { context, kind, version } = request;
  const errors: FieldError[] = metadataErrors(kind, object.metadata);
  let checked = object;
  const schema = kind.custom ? context.schemas?.find(kind, version) : undefined;
  if (schema) {
    const result = validateObject(schema, object, before);
    reportUnknownFields(request, result.unknownFields);
    checked = result.object;
    errors.push(...result.errors);
  } else {
    errors.push(...builtInErrors(kind, object, before));
    checked = withDefaults(kind, object);
  }
  if (errors.length > 0) {
    throw invalid(
      { group: kind.group, kind: kind.kind, name: object.metadata.name },
      errors,
    );
  }
  return checked;
}

function reportUnknownFields(
  { kind, version, query, response }: ResourceRequest,
  fields: string[],
): void {
  if (fields.length === 0) {
    return;
  }
  const words = fields.map(field => `unknown field "${field}"`);
  switch (query.get('fieldValidation')) {
    case 'Strict':
      throw badRequest(
        `${kind.kind} in version "${version}" cannot be handled as a ${
          kind.kind
        }: strict decoding error: ${words.join(', ')}`,
      );
    case 'Ignore':
      return;
    default:
      response.setHeader(
        'Warning',
        words.map(text => `299 - "${text.replace(/"/g, '\\"')}"`),
      );
  }
}
