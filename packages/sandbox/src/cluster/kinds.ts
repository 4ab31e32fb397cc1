/** Parts of a cluster that are not everywhere; a cluster option leaves them out, and the API answers 404. */
export type OptionalPart =
  | 'kserve'
  | 'gateway-api'
  | 'inference-pool'
  | 'inference-pool-alpha'
  | 'leader-worker-set'
  | 'network-attachments'
  | 'prometheus-operator'
  | 'argo-cd'
  | 'flux';

/** One row of the table of kinds. */
export interface ResourceKind {
  /** `<plural>` for the core group, `<plural>.<group>` otherwise. */
  resource: string;
  plural: string;
  singular: string;
  kind: string;
  group: string;
  /** Served versions, the preferred and stored one first. */
  versions: string[];
  namespaced: boolean;
  shortNames: string[];
  categories: string[];
  /** Subresources besides the object itself. */
  subresources: string[];
  /** Whether metadata.generation is kept: where a controller acts on a spec. */
  generation: boolean;
  /** Defined by a CustomResourceDefinition; a built-in kind otherwise. */
  custom: boolean;
  /** Which optional part of the cluster brings the kind. */
  part?: OptionalPart;
}

type Extras = Partial<
  Pick<
    ResourceKind,
    | 'shortNames'
    | 'categories'
    | 'subresources'
    | 'generation'
    | 'namespaced'
    | 'custom'
    | 'part'
  >
>;

function row(
  groupVersions: string,
  kind: string,
  plural: string,
  extras: Extras = {},
): ResourceKind {
  const slash = groupVersions.indexOf('/');
  const group = slash < 0 ? '' : groupVersions.slice(0, slash);
  return {
    resource: group ? `${plural}.${group}` : plural,
    plural,
    singular: kind.toLowerCase(),
    kind,
    group,
    versions: groupVersions.slice(slash + 1).split(','),
    namespaced: true,
    shortNames: [],
    categories: [],
    subresources: [],
    generation: false,
    custom: false,
    ...extras,
  };
}

const cluster = { namespaced: false };
const workload = {
  categories: ['all'],
  subresources: ['status', 'scale'],
  generation: true,
};

function custom(part: OptionalPart | undefined, extras: Extras = {}): Extras {
  return { custom: true, generation: true, part, ...extras };
}

const status = { subresources: ['status'] };

/** Every kind that a cluster of the sandbox can serve. */
export const KINDS: readonly ResourceKind[] = [
  row('v1', 'Namespace', 'namespaces', {
    ...cluster,
    ...status,
    shortNames: ['ns'],
  }),
  row('v1', 'Node', 'nodes', { ...cluster, ...status, shortNames: ['no'] }),
  row('v1', 'Pod', 'pods', {
    shortNames: ['po'],
    categories: ['all'],
    subresources: ['status', 'log', 'proxy'],
  }),
  row('v1', 'Service', 'services', {
    ...status,
    shortNames: ['svc'],
    categories: ['all'],
  }),
  row('v1', 'ServiceAccount', 'serviceaccounts', {
    shortNames: ['sa'],
    subresources: ['token'],
  }),
  row('v1', 'Secret', 'secrets'),
  row('v1', 'ConfigMap', 'configmaps', { shortNames: ['cm'] }),
  row('v1', 'Event', 'events', { shortNames: ['ev'] }),
  row('v1', 'PersistentVolumeClaim', 'persistentvolumeclaims', {
    ...status,
    shortNames: ['pvc'],
  }),
  row('v1', 'ResourceQuota', 'resourcequotas', {
    ...status,
    shortNames: ['quota'],
  }),
  row('apps/v1', 'Deployment', 'deployments', {
    ...workload,
    shortNames: ['deploy'],
  }),
  row('apps/v1', 'ReplicaSet', 'replicasets', {
    ...workload,
    shortNames: ['rs'],
  }),
  row('apps/v1', 'StatefulSet', 'statefulsets', {
    ...workload,
    shortNames: ['sts'],
  }),
  row('networking.k8s.io/v1', 'NetworkPolicy', 'networkpolicies', {
    shortNames: ['netpol'],
    generation: true,
  }),
  row('rbac.authorization.k8s.io/v1', 'Role', 'roles'),
  row('rbac.authorization.k8s.io/v1', 'RoleBinding', 'rolebindings'),
  row('rbac.authorization.k8s.io/v1', 'ClusterRole', 'clusterroles', cluster),
  row(
    'rbac.authorization.k8s.io/v1',
    'ClusterRoleBinding',
    'clusterrolebindings',
    cluster,
  ),
  row('autoscaling/v2', 'HorizontalPodAutoscaler', 'horizontalpodautoscalers', {
    ...status,
    shortNames: ['hpa'],
    categories: ['all'],
  }),
  row(
    'apiextensions.k8s.io/v1',
    'CustomResourceDefinition',
    'customresourcedefinitions',
    {
      ...cluster,
      ...status,
      shortNames: ['crd', 'crds'],
      categories: ['api-extensions'],
      generation: true,
    },
  ),
  row(
    'serving.kserve.io/v1alpha2,v1alpha1',
    'LLMInferenceService',
    'llminferenceservices',
    custom('kserve', { ...status, shortNames: ['llmisvc'] }),
  ),
  row(
    'serving.kserve.io/v1alpha2,v1alpha1',
    'LLMInferenceServiceConfig',
    'llminferenceserviceconfigs',
    custom('kserve', status),
  ),
  row(
    'gateway.networking.k8s.io/v1,v1beta1',
    'GatewayClass',
    'gatewayclasses',
    custom('gateway-api', {
      ...cluster,
      ...status,
      shortNames: ['gc'],
      categories: ['gateway-api'],
    }),
  ),
  row(
    'gateway.networking.k8s.io/v1,v1beta1',
    'Gateway',
    'gateways',
    custom('gateway-api', {
      ...status,
      shortNames: ['gtw'],
      categories: ['gateway-api'],
    }),
  ),
  row(
    'gateway.networking.k8s.io/v1,v1beta1',
    'HTTPRoute',
    'httproutes',
    custom('gateway-api', { ...status, categories: ['gateway-api'] }),
  ),
  row(
    'inference.networking.k8s.io/v1',
    'InferencePool',
    'inferencepools',
    custom('inference-pool', { ...status, shortNames: ['infpool'] }),
  ),
  row(
    'inference.networking.x-k8s.io/v1alpha2',
    'InferencePool',
    'inferencepools',
    custom('inference-pool-alpha', { ...status, shortNames: ['xinfpool'] }),
  ),
  row(
    'leaderworkerset.x-k8s.io/v1',
    'LeaderWorkerSet',
    'leaderworkersets',
    custom('leader-worker-set', {
      subresources: ['status', 'scale'],
      shortNames: ['lws'],
    }),
  ),
  row(
    'k8s.cni.cncf.io/v1',
    'NetworkAttachmentDefinition',
    'network-attachment-definitions',
    {
      ...custom('network-attachments'),
      shortNames: ['net-attach-def'],
    },
  ),
  row(
    'monitoring.coreos.com/v1',
    'PodMonitor',
    'podmonitors',
    custom('prometheus-operator', { shortNames: ['pmon'] }),
  ),
  row(
    'monitoring.coreos.com/v1',
    'PrometheusRule',
    'prometheusrules',
    custom('prometheus-operator', { shortNames: ['promrule'] }),
  ),
  // Argo CD writes spec and status in one: the kind has no status subresource.
  row(
    'argoproj.io/v1alpha1',
    'Application',
    'applications',
    custom('argo-cd', { shortNames: ['app', 'apps'] }),
  ),
  row(
    'kustomize.toolkit.fluxcd.io/v1',
    'Kustomization',
    'kustomizations',
    custom('flux', { ...status, shortNames: ['ks'] }),
  ),
  row(
    'helm.toolkit.fluxcd.io/v2',
    'HelmRelease',
    'helmreleases',
    custom('flux', { ...status, shortNames: ['hr'] }),
  ),
  row(
    'source.toolkit.fluxcd.io/v1',
    'GitRepository',
    'gitrepositories',
    custom('flux', { ...status, shortNames: ['gitrepo'] }),
  ),
];

/** The stored apiVersion of a kind. */
export function storedApiVersion(kind: ResourceKind): string {
  return kind.group ? `${kind.group}/${kind.versions[0]}` : kind.versions[0];
}
