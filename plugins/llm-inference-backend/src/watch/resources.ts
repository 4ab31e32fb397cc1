import type {
  AccessKey,
  KubernetesObject,
} from 'backstage-plugin-llm-inference-common';
import {
  projectApplication,
  projectGitRepository,
  projectHelmRelease,
  projectKustomization,
} from '../store/projection/gitops';
import {
  projectDeployment,
  projectEvent,
  projectLeaderWorkerSet,
  projectObject,
  projectReplicaSet,
  projectService,
} from '../store/projection/others';

/** One kind of object that is watched in every cluster. */
export interface WatchedResource {
  /** Name in the API and in the log: the plural, with its group where two groups serve the same plural. */
  id: string;
  /** Empty for the core group. */
  group: string;
  /** Newest first; a later one is tried where an earlier one is not served. */
  versions: string[];
  plural: string;
  kind: string;
  /** Key under which health hears that it could not be read. */
  access?: AccessKey;
  labelSelector?: string;
  /** Reduces an object to what health reads; pods are packed on a way of their own. */
  project(object: KubernetesObject): KubernetesObject;
  /** Without it nothing can be said of a service: its state is the cluster's state. */
  core?: boolean;
  /** Read after everything else, so that what it speaks of is known. */
  last?: boolean;
  /** Needs a role of its own (`docs/rbac/<role>.yaml`); that it is not given is nothing to report. */
  optionalRole?: 'gitops';
}

/** Every object that KServe makes for a service carries this label; foreign objects never reach memory. */
const MANAGED = 'app.kubernetes.io/part-of=llminferenceservice';

/** What health is judged from. A table, so that the least-privilege role can be read off it. */
export const WATCHED_RESOURCES: readonly WatchedResource[] = [
  {
    id: 'llminferenceservices',
    group: 'serving.kserve.io',
    // v1alpha1 loses most of the status; it is read only where KServe serves nothing newer (0.16).
    versions: ['v1alpha2', 'v1alpha1'],
    plural: 'llminferenceservices',
    kind: 'LLMInferenceService',
    access: 'llminferenceservices',
    project: projectService,
    core: true,
  },
  {
    id: 'llminferenceserviceconfigs',
    group: 'serving.kserve.io',
    versions: ['v1alpha2', 'v1alpha1'],
    plural: 'llminferenceserviceconfigs',
    kind: 'LLMInferenceServiceConfig',
    project: projectService,
  },
  {
    id: 'pods',
    group: '',
    versions: ['v1'],
    plural: 'pods',
    kind: 'Pod',
    access: 'pods',
    labelSelector: MANAGED,
    project: projectObject,
    core: true,
  },
  {
    id: 'deployments',
    group: 'apps',
    versions: ['v1'],
    plural: 'deployments',
    kind: 'Deployment',
    access: 'deployments',
    labelSelector: MANAGED,
    project: projectDeployment,
  },
  {
    id: 'replicasets',
    group: 'apps',
    versions: ['v1'],
    plural: 'replicasets',
    kind: 'ReplicaSet',
    access: 'replicasets',
    labelSelector: MANAGED,
    project: projectReplicaSet,
  },
  {
    id: 'leaderworkersets',
    group: 'leaderworkerset.x-k8s.io',
    versions: ['v1'],
    plural: 'leaderworkersets',
    kind: 'LeaderWorkerSet',
    access: 'leaderworkersets',
    labelSelector: MANAGED,
    project: projectLeaderWorkerSet,
  },
  {
    id: 'inferencepools',
    group: 'inference.networking.k8s.io',
    versions: ['v1'],
    plural: 'inferencepools',
    kind: 'InferencePool',
    access: 'inferencepools',
    project: projectObject,
  },
  {
    id: 'inferencepools.inference.networking.x-k8s.io',
    group: 'inference.networking.x-k8s.io',
    versions: ['v1alpha2'],
    plural: 'inferencepools',
    kind: 'InferencePool',
    project: projectObject,
  },
  {
    id: 'httproutes',
    group: 'gateway.networking.k8s.io',
    versions: ['v1', 'v1beta1'],
    plural: 'httproutes',
    kind: 'HTTPRoute',
    access: 'httproutes',
    project: projectObject,
  },
  {
    id: 'gateways',
    group: 'gateway.networking.k8s.io',
    versions: ['v1', 'v1beta1'],
    plural: 'gateways',
    kind: 'Gateway',
    access: 'gateways',
    project: projectObject,
  },
  {
    id: 'horizontalpodautoscalers',
    group: 'autoscaling',
    versions: ['v2'],
    plural: 'horizontalpodautoscalers',
    kind: 'HorizontalPodAutoscaler',
    access: 'horizontalpodautoscalers',
    labelSelector: MANAGED,
    project: projectObject,
  },
  {
    id: 'events',
    group: '',
    versions: ['v1'],
    plural: 'events',
    kind: 'Event',
    access: 'events',
    project: projectEvent,
    last: true,
  },
];

/** What GitOps controllers say of what they apply; read where they are installed and the role for it is given. */
const GITOPS_RESOURCES: readonly WatchedResource[] = [
  {
    id: 'applications',
    group: 'argoproj.io',
    versions: ['v1alpha1'],
    plural: 'applications',
    kind: 'Application',
    project: projectApplication,
    optionalRole: 'gitops',
  },
  {
    id: 'kustomizations',
    group: 'kustomize.toolkit.fluxcd.io',
    versions: ['v1', 'v1beta2'],
    plural: 'kustomizations',
    kind: 'Kustomization',
    project: projectKustomization,
    optionalRole: 'gitops',
  },
  {
    id: 'helmreleases',
    group: 'helm.toolkit.fluxcd.io',
    versions: ['v2', 'v2beta2'],
    plural: 'helmreleases',
    kind: 'HelmRelease',
    project: projectHelmRelease,
    optionalRole: 'gitops',
  },
  {
    id: 'gitrepositories',
    group: 'source.toolkit.fluxcd.io',
    versions: ['v1', 'v1beta2'],
    plural: 'gitrepositories',
    kind: 'GitRepository',
    project: projectGitRepository,
    optionalRole: 'gitops',
  },
];

/** Everything that is watched. */
export const ALL_RESOURCES: readonly WatchedResource[] = [
  ...WATCHED_RESOURCES,
  ...GITOPS_RESOURCES,
];

/** Paths of a collection, newest API version first; one namespace or the whole cluster. */
export function collectionPaths(
  resource: WatchedResource,
  namespace?: string,
): string[] {
  return resource.versions.map(version => {
    const base = resource.group
      ? `/apis/${resource.group}/${version}`
      : `/api/${version}`;
    const scope = namespace
      ? `/namespaces/${encodeURIComponent(namespace)}`
      : '';
    return `${base}${scope}/${resource.plural}`;
  });
}
