import { pageNotFound } from '../../cluster/ApiError';
import { ResourceKind } from '../../cluster/kinds';

export const VERBS = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];

/** Groups that only answer questions and store nothing. */
const SELF_SERVICE: Array<[string, string[]]> = [
  ['authorization.k8s.io', ['v1']],
  ['authentication.k8s.io', ['v1']],
];

/** A group of the API and its versions, the preferred one first. */
export interface GroupVersions {
  group: string;
  versions: string[];
}

export function groupsOf(kinds: readonly ResourceKind[]): GroupVersions[] {
  const groups = new Map<string, Set<string>>();
  for (const kind of kinds) {
    const versions = groups.get(kind.group) ?? new Set();
    kind.versions.forEach(version => versions.add(version));
    groups.set(kind.group, versions);
  }
  for (const [group, versions] of SELF_SERVICE) {
    groups.set(group, new Set(versions));
  }
  return [...groups].map(([group, versions]) => ({
    group,
    versions: [...versions],
  }));
}

export function apiGroup({ group, versions }: GroupVersions) {
  const described = versions.map(version => ({
    groupVersion: `${group}/${version}`,
    version,
  }));
  return { name: group, versions: described, preferredVersion: described[0] };
}

export function apiGroupList(kinds: readonly ResourceKind[]) {
  return {
    kind: 'APIGroupList',
    apiVersion: 'v1',
    groups: groupsOf(kinds)
      .filter(row => row.group !== '')
      .map(apiGroup),
  };
}

/** What a group has in one version. @throws ApiError 404 */
export function apiResourceList(
  kinds: readonly ResourceKind[],
  group: string,
  version: string,
) {
  const known = groupsOf(kinds).some(
    row => row.group === group && row.versions.includes(version),
  );
  if (!known) {
    throw pageNotFound();
  }
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: group ? `${group}/${version}` : version,
    resources: [
      ...kinds
        .filter(kind => kind.group === group && kind.versions.includes(version))
        .flatMap(kind => [
          {
            name: kind.plural,
            singularName: kind.singular,
            namespaced: kind.namespaced,
            kind: kind.kind,
            verbs: VERBS,
            ...(kind.shortNames.length > 0 && { shortNames: kind.shortNames }),
            ...(kind.categories.length > 0 && { categories: kind.categories }),
          },
          ...kind.subresources.map(subresource => ({
            name: `${kind.plural}/${subresource}`,
            singularName: '',
            namespaced: kind.namespaced,
            ...subresourceType(kind, subresource),
          })),
        ]),
      ...questionsOf(group),
    ],
  };
}

/** The verbs and the type of a subresource. */
export function subresourceType(kind: ResourceKind, subresource: string) {
  switch (subresource) {
    case 'scale':
      return {
        group: 'autoscaling',
        version: 'v1',
        kind: 'Scale',
        verbs: ['get', 'patch', 'update'],
      };
    case 'log':
      return { kind: kind.kind, verbs: ['get'] };
    case 'proxy':
      return {
        kind: 'PodProxyOptions',
        verbs: ['create', 'delete', 'get', 'patch', 'update'],
      };
    case 'token':
      return {
        group: 'authentication.k8s.io',
        version: 'v1',
        kind: 'TokenRequest',
        verbs: ['create'],
      };
    default:
      return { kind: kind.kind, verbs: ['get', 'patch', 'update'] };
  }
}

/** The kinds of the groups that only answer questions. */
export function questionsOf(group: string) {
  const kinds: Record<string, string[]> = {
    'authorization.k8s.io': [
      'SelfSubjectAccessReview',
      'SelfSubjectRulesReview',
    ],
    'authentication.k8s.io': ['SelfSubjectReview'],
  };
  return (kinds[group] ?? []).map(kind => ({
    name: `${kind.toLowerCase()}s`,
    singularName: kind.toLowerCase(),
    namespaced: false,
    kind,
    verbs: ['create'],
  }));
}
