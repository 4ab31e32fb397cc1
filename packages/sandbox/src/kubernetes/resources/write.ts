import { badRequest } from '../../cluster/ApiError';
import { KubeObject } from '../../cluster/ClusterStore';
import { ResourceRequest } from '../ApiContext';
import { admitCreate } from './admission';
import { currentObject, sendObject } from './get';
import { readObject } from './readObject';

/** POST to a collection. */
export async function createObject(request: ResourceRequest): Promise<void> {
  const object = await readObject(request);
  if (object.metadata.resourceVersion) {
    throw badRequest(
      'resourceVersion should not be set on objects to be created',
    );
  }
  sendObject(request, 201, storeNew(request, object));
}

/** Completes, checks and stores a new object, or, in a dry run, only what comes before storing. */
export function storeNew(
  { context, kind, query }: ResourceRequest,
  object: KubeObject,
): KubeObject {
  const admitted = admitCreate(context.store, kind, object);
  return query.get('dryRun') === 'All'
    ? admitted
    : context.store.create(kind.resource, admitted);
}

/** PUT of an object or of its status. */
export async function replaceObject(request: ResourceRequest): Promise<void> {
  const object = await readObject(request);
  if (!object.metadata.name) {
    object.metadata.name = request.name ?? '';
  }
  if (object.metadata.name !== request.name) {
    throw badRequest(
      `the name of the object (${object.metadata.name}) does not match the name on the URL (${request.name})`,
    );
  }
  currentObject(request);
  sendObject(request, 200, storeChanged(request, object));
}

/** Stores a new state of an existing object; of a status request only the status. */
export function storeChanged(
  { context, kind, query, subresource }: ResourceRequest,
  object: KubeObject,
): KubeObject {
  if (query.get('dryRun') === 'All') {
    return object;
  }
  return subresource === 'status'
    ? context.store.updateStatus(kind.resource, object)
    : context.store.update(kind.resource, object);
}
