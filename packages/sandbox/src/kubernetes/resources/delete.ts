import { badRequest } from '../../cluster/ApiError';
import { isRecord } from '../../cluster/json';
import { DeleteOptions } from '../../cluster/planDeletion';
import { ResourceRequest } from '../ApiContext';
import { readOptionalBody } from '../http/requestBody';
import { sendJson } from '../http/respond';
import { currentObject, sendObject } from './get';
import { writeList } from './listWriter';
import { selectionOf } from './selection';

/** DELETE of one object. */
export async function deleteObject(request: ResourceRequest): Promise<void> {
  const { context, kind, name = '', namespace, query, response } = request;
  const options = await deleteOptions(request);
  const object = currentObject(request);
  if (query.get('dryRun') === 'All') {
    sendObject(request, 200, object);
    return;
  }
  const deleted = context.store.delete(kind.resource, name, namespace, options);
  if (context.store.get(kind.resource, name, namespace)) {
    // Held by finalizers or a grace period: the answer is the object with its marks.
    sendObject(request, 200, deleted);
    return;
  }
  sendJson(response, 200, {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: {
      name,
      ...(kind.group && { group: kind.group }),
      kind: kind.plural,
      uid: object.metadata.uid,
    },
  });
}

/** DELETE of a collection: what the selectors match. */
export async function deleteCollection(
  request: ResourceRequest,
): Promise<void> {
  const { context, kind, namespace, query } = request;
  const options = await deleteOptions(request);
  const matches = selectionOf(request);
  const objects = context.store
    .list(kind.resource, namespace)
    .filter(object => !matches || matches(object));
  if (query.get('dryRun') !== 'All') {
    for (const { metadata } of objects) {
      // Deleting one may have taken another with it.
      if (context.store.get(kind.resource, metadata.name, metadata.namespace)) {
        context.store.delete(
          kind.resource,
          metadata.name,
          metadata.namespace,
          options,
        );
      }
    }
  }
  await writeList(request, { version: context.store.version, objects });
}

const POLICIES = ['Background', 'Foreground', 'Orphan'] as const;

async function deleteOptions(request: ResourceRequest): Promise<DeleteOptions> {
  const body = await readOptionalBody(request.request);
  const given = isRecord(body) ? body : {};
  const grace =
    request.query.get('gracePeriodSeconds') ?? given.gracePeriodSeconds;
  const policy =
    request.query.get('propagationPolicy') ?? given.propagationPolicy;
  const preconditions = isRecord(given.preconditions)
    ? given.preconditions
    : {};
  const propagationPolicy = POLICIES.find(known => known === policy);
  if (policy && !propagationPolicy) {
    throw badRequest(
      `DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Unsupported value: "${policy}": supported values: "Foreground", "Background", "Orphan", "nil"`,
    );
  }
  return {
    gracePeriodSeconds:
      grace === undefined || grace === null ? undefined : Number(grace),
    propagationPolicy:
      propagationPolicy ??
      (given.orphanDependents === true ? 'Orphan' : undefined),
    preconditions: {
      ...(typeof preconditions.uid === 'string' && { uid: preconditions.uid }),
      ...(typeof preconditions.resourceVersion === 'string' && {
        resourceVersion: preconditions.resourceVersion,
      }),
    },
  };
}
