import { KubeObject } from '../../cluster/ClusterStore';
import { timestamp } from '../../cluster/objectMetadata';
import { ResourceRequest } from '../ApiContext';
import { afterUpdate, Writer } from '../apply/managedFields';
import {
  builtInMergeType,
  MergeType,
  schemaMergeType,
} from '../apply/mergeTypes';
import { apiVersionOf } from './representation';

/** Who writes: the fieldManager that the request names, or the program in its User-Agent. */
export function writerOf(request: ResourceRequest): Writer {
  const { context, kind, version, query, subresource } = request;
  const [agent] = (request.request.headers['user-agent'] ?? 'unknown').split(
    '/',
  );
  return {
    manager: query.get('fieldManager') || agent,
    apiVersion: apiVersionOf(kind, version),
    time: timestamp(context.store.clock.now()),
    ...(subresource && { subresource }),
  };
}

/** How server-side apply merges the kind of a request. */
export function mergeTypeOf({
  context,
  kind,
  version,
}: ResourceRequest): MergeType {
  return kind.custom
    ? schemaMergeType(context.schemas?.find(kind, version)?.schema)
    : builtInMergeType();
}

/** The object with managedFields that tell what this write changed. */
export function withManagedFields(
  request: ResourceRequest,
  before: KubeObject | undefined,
  after: KubeObject,
): KubeObject {
  const managedFields = afterUpdate(
    before,
    after,
    writerOf(request),
    mergeTypeOf(request),
  );
  return { ...after, metadata: { ...after.metadata, managedFields } };
}
