import { KubeObject } from './ClusterStore';

const RBAC = 'rbac.authorization.k8s.io';

interface BootstrapRole {
  name: string;
  rules: object[];
  groups: string[];
}

const DISCOVERY_PATHS = [
  '/api',
  '/api/*',
  '/apis',
  '/apis/*',
  '/healthz',
  '/livez',
  '/openapi',
  '/openapi/*',
  '/readyz',
  '/version',
  '/version/',
];

/** The roles that every cluster comes with and that the sandbox needs. */
const ROLES: BootstrapRole[] = [
  {
    name: 'cluster-admin',
    rules: [
      { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
      { nonResourceURLs: ['*'], verbs: ['*'] },
    ],
    groups: ['system:masters'],
  },
  {
    name: 'system:discovery',
    rules: [{ nonResourceURLs: DISCOVERY_PATHS, verbs: ['get'] }],
    groups: ['system:authenticated'],
  },
  {
    name: 'system:public-info-viewer',
    rules: [
      {
        nonResourceURLs: [
          '/healthz',
          '/livez',
          '/readyz',
          '/version',
          '/version/',
        ],
        verbs: ['get'],
      },
    ],
    groups: ['system:authenticated', 'system:unauthenticated'],
  },
  {
    name: 'system:basic-user',
    rules: [
      {
        apiGroups: ['authorization.k8s.io'],
        resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
        verbs: ['create'],
      },
      {
        apiGroups: ['authentication.k8s.io'],
        resources: ['selfsubjectreviews'],
        verbs: ['create'],
      },
    ],
    groups: ['system:authenticated'],
  },
];

/** Cluster roles and their bindings, by resource. */
export function bootstrapRoles(): Array<{
  resource: string;
  object: KubeObject;
}> {
  return ROLES.flatMap(({ name, rules, groups }) => [
    {
      resource: `clusterroles.${RBAC}`,
      object: {
        apiVersion: `${RBAC}/v1`,
        kind: 'ClusterRole',
        metadata: { name },
        rules,
      },
    },
    {
      resource: `clusterrolebindings.${RBAC}`,
      object: {
        apiVersion: `${RBAC}/v1`,
        kind: 'ClusterRoleBinding',
        metadata: { name },
        roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name },
        subjects: groups.map(group => ({
          apiGroup: RBAC,
          kind: 'Group',
          name: group,
        })),
      },
    },
  ]);
}
