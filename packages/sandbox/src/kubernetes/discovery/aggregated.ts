import { IncomingMessage } from 'node:http';
import { ResourceKind } from '../../cluster/kinds';
import { groupsOf, questionsOf, subresourceType, VERBS } from './groups';

/** The version of aggregated discovery that the caller accepts, if any. */
export function wantsAggregated(
  request: IncomingMessage,
): 'v2' | 'v2beta1' | undefined {
  const accept = request.headers.accept ?? '';
  if (!accept.includes('as=APIGroupDiscoveryList')) {
    return undefined;
  }
  return accept.includes('v=v2;') ? 'v2' : 'v2beta1';
}

/** All groups, versions and resources in one answer. */
export function aggregatedDiscovery(
  kinds: readonly ResourceKind[],
  core: boolean,
  version: 'v2' | 'v2beta1',
) {
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: `apidiscovery.k8s.io/${version}`,
    metadata: {},
    items: groupsOf(kinds)
      .filter(({ group }) => (group === '') === core)
      .map(({ group, versions }) => ({
        metadata: { ...(group && { name: group }), creationTimestamp: null },
        versions: versions.map(served => ({
          version: served,
          freshness: 'Current',
          resources: [
            ...kinds
              .filter(
                kind => kind.group === group && kind.versions.includes(served),
              )
              .map(kind => resourceOf(kind, served)),
            ...questionsOf(group).map(question => ({
              resource: question.name,
              responseKind: { group, version: served, kind: question.kind },
              scope: 'Cluster',
              singularResource: question.singularName,
              verbs: question.verbs,
            })),
          ],
        })),
      })),
  };
}

function resourceOf(kind: ResourceKind, version: string) {
  return {
    resource: kind.plural,
    responseKind: { group: kind.group, version, kind: kind.kind },
    scope: kind.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: kind.singular,
    verbs: VERBS,
    ...(kind.shortNames.length > 0 && { shortNames: kind.shortNames }),
    ...(kind.categories.length > 0 && { categories: kind.categories }),
    subresources: kind.subresources.map(subresource => {
      const type = subresourceType(kind, subresource);
      return {
        subresource,
        responseKind: {
          group: 'group' in type ? type.group : kind.group,
          version: 'version' in type ? type.version : version,
          kind: type.kind,
        },
        verbs: type.verbs,
      };
    }),
  };
}
