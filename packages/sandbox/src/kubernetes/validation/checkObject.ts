import { ApiError, badRequest, invalid } from '../../cluster/ApiError';
import { KubeObject } from '../../cluster/ClusterStore';
import { ResourceRequest } from '../ApiContext';
import { withDefaults } from '../resources/defaults';
import { builtInErrors } from './builtInRules';
import { metadataErrors } from './objectNames';
import { FieldError } from './structural/fieldErrors';
import { validateObject } from './validateObject';

/**
 * Completes and checks an object in the version of the request: defaulting webhooks, schema, validating webhooks. Unknown fields are taken out with a warning;
 * with `fieldValidation=Strict` they are refused.
 * @param before the object before an update
 * @throws ApiError 400 for unknown fields, 422 for everything else that is wrong
 */
export function checkObject(
  request: ResourceRequest,
  object: KubeObject,
  before?: KubeObject,
): KubeObject {
  const { context, kind, version, subresource } = request;
  const webhooks =
    subresource === 'status'
      ? []
      : context.webhooks.filter(({ resource }) => resource === kind.resource);
  const mutated = webhooks.reduce(
    (current, webhook) => webhook.mutate(current),
    object,
  );
  const errors: FieldError[] = metadataErrors(kind, mutated.metadata);
  let checked = mutated;
  const schema = kind.custom ? context.schemas?.find(kind, version) : undefined;
  if (schema) {
    const result = validateObject(schema, mutated, before);
    reportUnknownFields(request, result.unknownFields);
    checked = result.object;
    errors.push(...result.errors);
  } else {
    errors.push(...builtInErrors(kind, mutated, before));
    checked = withDefaults(kind, mutated);
  }
  const subject = {
    group: kind.group,
    kind: kind.kind,
    name: object.metadata.name,
  };
  if (errors.length > 0) {
    throw invalid(subject, errors);
  }
  for (const webhook of webhooks) {
    const denied = webhook.validate(checked, before);
    if (denied.length > 0) {
      throw deniedBy(webhook.name, invalid(subject, denied));
    }
  }
  return checked;
}

function deniedBy(webhook: string, { status }: ApiError): ApiError {
  return new ApiError({
    ...status,
    message: `admission webhook "${webhook}" denied the request: ${status.message}`,
  });
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
