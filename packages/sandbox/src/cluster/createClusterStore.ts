import { bootstrapRoles } from './bootstrapObjects';
import { Clock } from './ClusterStore';
import { createClock } from './clock';
import { definitionObject } from './definitionObject';
import { KINDS, OptionalPart } from './kinds';
import { MemoryClusterStore } from './MemoryClusterStore';

/** How a cluster differs from the ordinary one. */
export interface ClusterStoreOptions {
  /** The machine's own time where nothing is given. */
  clock?: Clock;
  /** Parts that this cluster does not have; their resources are 404. */
  without?: OptionalPart[];
  /** The versions of serving.kserve.io that are served; KServe v0.16 has `v1alpha1` only. */
  kserveVersions?: Array<'v1alpha1' | 'v1alpha2'>;
  /** Changes per resource from which a watch can resume; 5,000 where nothing is given. */
  historyLimit?: number;
}

const SYSTEM_NAMESPACES = [
  'default',
  'kube-node-lease',
  'kube-public',
  'kube-system',
];

/** A cluster with nothing in it but the namespaces that every cluster has. */
export function createClusterStore(
  name: string,
  options: ClusterStoreOptions = {},
): MemoryClusterStore {
  const kinds = KINDS.filter(
    kind => !kind.part || !options.without?.includes(kind.part),
  ).map(kind => {
    const versions = options.kserveVersions;
    return kind.part === 'kserve' && versions
      ? {
          ...kind,
          versions: kind.versions.filter(version =>
            versions.some(served => served === version),
          ),
        }
      : kind;
  });
  const store = new MemoryClusterStore(name, {
    clock: options.clock ?? createClock(),
    kinds,
    historyLimit: options.historyLimit ?? 5_000,
  });
  for (const namespace of SYSTEM_NAMESPACES) {
    store.create('namespaces', namespaceObject(namespace));
  }
  for (const kind of kinds.filter(({ custom }) => custom)) {
    store.create(
      'customresourcedefinitions.apiextensions.k8s.io',
      definitionObject(kind, store.clock.now()),
    );
  }
  for (const { resource, object } of bootstrapRoles()) {
    store.create(resource, object);
  }
  return store;
}

/** A namespace as the API server completes it. */
export function namespaceObject(name: string) {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  };
}
