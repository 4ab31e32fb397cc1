import { badRequest } from '../../cluster/ApiError';
import { KubeObject } from '../../cluster/ClusterStore';
import { jsonEqual } from '../../cluster/json';
import { ResourceRequest } from '../ApiContext';
import { toServed, toStored } from '../conversion/served';
import { checkObject } from '../validation/checkObject';
import { admitCreate } from './admission';
import { withManagedFields } from './fieldManager';
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
  const { managedFields: _, ...metadata } = object.metadata;
  sendObject(request, 201, storeNew(request, { ...object, metadata }));
}

/** Completes, checks and stores a new object in the version of the request; a dry run stops before storing. */
export function storeNew(
  request: ResourceRequest,
  object: KubeObject,
): KubeObject {
  const { context, kind, version, query } = request;
  const admitted = admitCreate(
    context.store,
    kind,
    checkObject(request, object),
  );
  const managed = admitted.metadata.managedFields
    ? admitted
    : withManagedFields(request, undefined, admitted);
  return context.store.create(kind.resource, toStored(kind, version, managed), {
    dryRun: query.get('dryRun') === 'All',
  });
}

/** PUT of an object or of its status. */
export async function replaceObject(request: ResourceRequest): Promise<void> {
  const object = await readObject(request);
  const { name = '' } = request;
  object.metadata.name ||= name;
  if (object.metadata.name !== name) {
    throw badRequest(
      `the name of the object (${object.metadata.name}) does not match the name on the URL (${name})`,
    );
  }
  const current = currentObject(request);
  sendObject(request, 200, storeChanged(request, current, object));
}

/**
 * Stores a new state of an existing object, given in the version of the request; of a status request only the status
 * counts, of any other everything but the status.
 */
export function storeChanged(
  request: ResourceRequest,
  current: KubeObject,
  object: KubeObject,
  { isManaged = false } = {},
): KubeObject {
  const { context, kind, version, query, subresource } = request;
  const before = toServed(kind, version, current);
  const checked = checkObject(
    request,
    onlyWritable(request, before, object),
    before,
  );
  const managed = isManaged
    ? checked
    : withManagedFields(request, before, checked);
  const stored = toStored(
    kind,
    version,
    jsonEqual(before, managed) ? before : managed,
  );
  const options = { dryRun: query.get('dryRun') === 'All' };
  return subresource === 'status'
    ? context.store.updateStatus(kind.resource, stored, options)
    : context.store.update(kind.resource, stored, options);
}

/** What the request may not change comes from the current object. */
function onlyWritable(
  { kind, subresource }: ResourceRequest,
  current: KubeObject,
  object: KubeObject,
): KubeObject {
  if (subresource === 'status') {
    const { resourceVersion, uid, managedFields } = object.metadata;
    return {
      ...current,
      metadata: {
        ...current.metadata,
        ...(managedFields !== undefined && { managedFields }),
        ...(resourceVersion && { resourceVersion }),
        ...(uid && { uid }),
      },
      status: object.status,
    };
  }
  if (!kind.subresources.includes('status')) {
    return object;
  }
  const { status: _, ...rest } = object;
  return (
    current.status === undefined ? rest : { ...rest, status: current.status }
  ) as KubeObject;
}
