import { badRequest } from '../../cluster/ApiError';
import { KubeMetadata, KubeObject } from '../../cluster/ClusterStore';
import { isRecord, JsonRecord } from '../../cluster/json';
import { ResourceRequest } from '../ApiContext';
import { contentType, parseBody, readBody } from '../http/requestBody';
import { apiVersionOf } from './representation';

/** Reads the object of a create or update from the body. */
export async function readObject(
  request: ResourceRequest,
): Promise<KubeObject> {
  const body = parseBody(
    await readBody(request.request),
    contentType(request.request),
  );
  return asObject(request, body);
}

/**
 * Takes unknown data as an object of the kind, version and place of the request; what is missing comes from the path.
 * @throws ApiError 400 where the data says it is something else
 */
export function asObject(request: ResourceRequest, body: unknown): KubeObject {
  const { kind, version, namespace } = request;
  const apiVersion = apiVersionOf(kind, version);
  if (!isRecord(body)) {
    throw badRequest(
      'the object provided is unrecognized (must be an object with apiVersion and kind)',
    );
  }
  if (typeof body.kind !== 'string' || typeof body.apiVersion !== 'string') {
    throw badRequest(
      `Object 'Kind' is missing in '${JSON.stringify(body).slice(0, 200)}'`,
    );
  }
  if (body.kind !== kind.kind || body.apiVersion !== apiVersion) {
    throw badRequest(
      `${body.kind} in version "${body.apiVersion}" cannot be handled as a ${kind.kind}: the API version in the data (${body.apiVersion}) does not match the expected API version (${apiVersion})`,
    );
  }
  const given: JsonRecord = isRecord(body.metadata) ? body.metadata : {};
  if (given.namespace && given.namespace !== namespace) {
    throw badRequest(
      namespace
        ? 'the namespace of the provided object does not match the namespace sent on the request'
        : 'namespace may not be set on a cluster-scoped object',
    );
  }
  checkTexts(request, given.labels, 'ObjectMeta.metadata.labels');
  checkTexts(request, given.annotations, 'ObjectMeta.metadata.annotations');
  if (kind.resource === 'configmaps') {
    checkTexts(request, body.data, 'ConfigMap.data');
  }
  const metadata: KubeMetadata = {
    ...given,
    name: typeof given.name === 'string' ? given.name : '',
    ...(namespace && { namespace }),
  };
  if (metadata.creationTimestamp === null) {
    delete metadata.creationTimestamp;
  }
  return { ...body, apiVersion, kind: kind.kind, metadata };
}

/** Values that YAML reads as numbers or booleans are a common slip where texts are wanted. */
function checkTexts(
  { kind, version }: ResourceRequest,
  map: unknown,
  field: string,
): void {
  for (const value of Object.values(isRecord(map) ? map : {})) {
    if (typeof value !== 'string' && value !== null) {
      const type = typeof value === 'boolean' ? 'bool' : typeof value;
      throw badRequest(
        `${kind.kind} in version "${version}" cannot be handled as a ${kind.kind}: json: cannot unmarshal ${type} into Go struct field ${field} of type string`,
      );
    }
  }
}
