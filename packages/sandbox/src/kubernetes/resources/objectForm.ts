import { IncomingMessage } from 'node:http';
import { KubeObject } from '../../cluster/ClusterStore';
import { ResourceKind } from '../../cluster/kinds';
import { toServed } from '../conversion/served';
import { apiVersionOf, cachedJson } from './representation';

/** How the caller wants objects: whole, as rows of a table, or their metadata only. */
export type ObjectForm = 'object' | 'table' | 'metadata';

/** Reads the Accept header; the first form that we know wins, as in the API server. */
export function requestedForm(request: IncomingMessage): ObjectForm {
  for (const part of (request.headers.accept ?? '').split(',')) {
    const [type, ...parameters] = part.split(';').map(text => text.trim());
    if (type === 'application/json' || type === '*/*' || type === '') {
      const as = parameters.find(parameter => parameter.startsWith('as='));
      if (as === 'as=Table') {
        return 'table';
      }
      if (
        as === 'as=PartialObjectMetadata' ||
        as === 'as=PartialObjectMetadataList'
      ) {
        return 'metadata';
      }
      return 'object';
    }
  }
  return 'object';
}

/** The JSON of a whole object in one version. */
export function objectJson(
  kind: ResourceKind,
  version: string,
  object: KubeObject,
): string {
  const apiVersion = apiVersionOf(kind, version);
  return cachedJson(object, apiVersion, stored =>
    toServed(kind, version, stored),
  );
}

/** The JSON of an object's metadata alone. */
export function metadataJson(object: KubeObject): string {
  return cachedJson(object, 'metadata', ({ metadata }) => ({
    kind: 'PartialObjectMetadata',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
  }));
}
