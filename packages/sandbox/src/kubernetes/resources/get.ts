import { notFound } from '../../cluster/ApiError';
import { KubeObject } from '../../cluster/ClusterStore';
import { ResourceRequest } from '../ApiContext';
import { sendJsonText } from '../http/respond';
import { tableOf } from '../table/tableOf';
import { metadataJson, objectJson, requestedForm } from './objectForm';

/** GET of one object. */
export function getObject(request: ResourceRequest): void {
  sendObject(request, 200, currentObject(request));
}

/** The object that the path names. @throws ApiError 404 */
export function currentObject({
  context,
  kind,
  name = '',
  namespace,
}: ResourceRequest): KubeObject {
  const object = context.store.get(kind.resource, name, namespace);
  if (!object) {
    throw notFound(kind, name);
  }
  return object;
}

/** Answers with an object in the form that the caller wants. */
export function sendObject(
  request: ResourceRequest,
  code: number,
  object: KubeObject,
): void {
  const { kind, version, response } = request;
  switch (requestedForm(request.request)) {
    case 'metadata':
      sendJsonText(response, code, metadataJson(object));
      return;
    case 'table': {
      const table = tableOf(request, [object]);
      sendJsonText(
        response,
        code,
        `{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"${
          object.metadata.resourceVersion
        }"},"columnDefinitions":${JSON.stringify(
          table.columns,
        )},"rows":[${table.rows.join(',')}]}`,
      );
      return;
    }
    default:
      sendJsonText(response, code, objectJson(kind, version, object));
  }
}
