import { ApiError, forbidden, notFound } from '../../cluster/ApiError';
import { KubeObject } from '../../cluster/ClusterStore';
import { namespaceObject } from '../../cluster/createClusterStore';
import { recordAt } from '../../cluster/json';
import { ResourceKind } from '../../cluster/kinds';
import { MemoryClusterStore } from '../../cluster/MemoryClusterStore';

/**
 * What the API server does to a new object before it stores it: its namespace must be there and stay,
 * and status is not the client's to set.
 */
export function admitCreate(
  store: MemoryClusterStore,
  kind: ResourceKind,
  object: KubeObject,
): KubeObject {
  const { namespace } = object.metadata;
  if (namespace) {
    checkNamespace(store, kind, object, namespace);
  }
  const { status, ...withoutStatus } = object;
  switch (kind.resource) {
    case 'namespaces': {
      const completed = namespaceObject(object.metadata.name);
      return {
        ...completed,
        metadata: {
          ...object.metadata,
          labels: { ...object.metadata.labels, ...completed.metadata.labels },
        },
      };
    }
    case 'pods':
      return {
        ...withoutStatus,
        ...{ status: { phase: 'Pending' } },
      } as KubeObject;
    default:
      return kind.subresources.includes('status')
        ? (withoutStatus as KubeObject)
        : object;
  }
}

function checkNamespace(
  store: MemoryClusterStore,
  kind: ResourceKind,
  { metadata }: KubeObject,
  namespace: string,
): void {
  const owner = store.get('namespaces', namespace);
  if (!owner) {
    throw notFound({ group: '', plural: 'namespaces' }, namespace);
  }
  if (recordAt(owner, 'status').phase === 'Terminating') {
    const error = forbidden(
      kind,
      metadata.name,
      `unable to create new content in namespace ${namespace} because it is being terminated`,
    );
    throw new ApiError({
      ...error.status,
      details: {
        ...error.status.details,
        causes: [
          {
            reason: 'NamespaceTerminating',
            message: `namespace ${namespace} is being terminated`,
            field: 'metadata.namespace',
          },
        ],
      },
    });
  }
}
