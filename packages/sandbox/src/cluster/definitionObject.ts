import { KubeObject } from './ClusterStore';
import { ResourceKind } from './kinds';
import { timestamp } from './objectMetadata';

/** The CustomResourceDefinition of a custom kind, as it lists in a cluster; without its schema, which is long. */
export function definitionObject(kind: ResourceKind, now: Date): KubeObject {
  const { plural, singular, group, shortNames, categories } = kind;
  const names = {
    plural,
    singular,
    kind: kind.kind,
    listKind: `${kind.kind}List`,
    ...(shortNames.length > 0 && { shortNames }),
    ...(categories.length > 0 && { categories }),
  };
  const condition = (type: string, reason: string, message: string) => ({
    type,
    status: 'True',
    reason,
    message,
    lastTransitionTime: timestamp(now),
  });
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: kind.resource },
    spec: {
      group,
      names,
      scope: kind.namespaced ? 'Namespaced' : 'Cluster',
      conversion: { strategy: 'None' },
      versions: kind.versions.map((name, index) => ({
        name,
        served: true,
        storage: index === 0,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            'x-kubernetes-preserve-unknown-fields': true,
          },
        },
        ...(kind.subresources.includes('status') && {
          subresources: { status: {} },
        }),
      })),
    },
    status: {
      acceptedNames: names,
      storedVersions: [kind.versions[0]],
      conditions: [
        condition('NamesAccepted', 'NoConflicts', 'no conflicts found'),
        condition(
          'Established',
          'InitialNamesAccepted',
          'the initial names have been accepted',
        ),
      ],
    },
  };
}
