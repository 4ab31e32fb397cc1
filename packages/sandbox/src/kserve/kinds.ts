import { KubeObject } from '../cluster/ClusterStore';

/** Names of the resources that are played, as the store knows them. */
export const RESOURCES = {
  service: 'llminferenceservices.serving.kserve.io',
  serviceConfig: 'llminferenceserviceconfigs.serving.kserve.io',
  deployment: 'deployments.apps',
  replicaSet: 'replicasets.apps',
  statefulSet: 'statefulsets.apps',
  leaderWorkerSet: 'leaderworkersets.leaderworkerset.x-k8s.io',
  pod: 'pods',
  node: 'nodes',
  namespace: 'namespaces',
  event: 'events',
  kubeService: 'services',
  serviceAccount: 'serviceaccounts',
  secret: 'secrets',
  persistentVolumeClaim: 'persistentvolumeclaims',
  resourceQuota: 'resourcequotas',
  inferencePool: 'inferencepools.inference.networking.k8s.io',
  httpRoute: 'httproutes.gateway.networking.k8s.io',
  gateway: 'gateways.gateway.networking.k8s.io',
  gatewayClass: 'gatewayclasses.gateway.networking.k8s.io',
  networkAttachment: 'network-attachment-definitions.k8s.cni.cncf.io',
  horizontalPodAutoscaler: 'horizontalpodautoscalers.autoscaling',
} as const;

/** Quantities by resource name, for example `nvidia.com/gpu: "1"`. */
export type ResourceList = Record<string, string | number>;

export interface EnvVar {
  name: string;
  value?: string;
  valueFrom?: Record<string, unknown>;
}

export interface Probe {
  httpGet?: { path?: string; port: number | string; scheme?: string };
  initialDelaySeconds?: number;
  periodSeconds?: number;
  failureThreshold?: number;
  [field: string]: unknown;
}

export interface Container {
  name: string;
  image?: string;
  restartPolicy?: string;
  command?: string[];
  args?: string[];
  env?: EnvVar[];
  resources?: { limits?: ResourceList; requests?: ResourceList };
  livenessProbe?: Probe;
  readinessProbe?: Probe;
  startupProbe?: Probe;
  terminationMessagePolicy?: string;
  [field: string]: unknown;
}

export interface Toleration {
  key?: string;
  operator?: string;
  value?: string;
  effect?: string;
}

export interface Volume {
  name: string;
  persistentVolumeClaim?: { claimName: string; readOnly?: boolean };
  [field: string]: unknown;
}

export interface PodSpec {
  containers: Container[];
  initContainers?: Container[];
  volumes?: Volume[];
  nodeName?: string;
  nodeSelector?: Record<string, string>;
  affinity?: Affinity;
  tolerations?: Toleration[];
  terminationGracePeriodSeconds?: number;
  schedulingGates?: { name: string }[];
  [field: string]: unknown;
}

export interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}

export interface PodAffinityTerm {
  labelSelector?: LabelSelector;
  topologyKey: string;
}

export interface Affinity {
  nodeAffinity?: {
    requiredDuringSchedulingIgnoredDuringExecution?: {
      nodeSelectorTerms: Pick<LabelSelector, 'matchExpressions'>[];
    };
    [field: string]: unknown;
  };
  podAntiAffinity?: {
    requiredDuringSchedulingIgnoredDuringExecution?: PodAffinityTerm[];
    preferredDuringSchedulingIgnoredDuringExecution?: {
      weight: number;
      podAffinityTerm: PodAffinityTerm;
    }[];
  };
  [field: string]: unknown;
}

export interface PodTemplate {
  metadata: {
    labels: Record<string, string>;
    annotations?: Record<string, string>;
  };
  spec: PodSpec;
}

export interface Condition {
  type: string;
  status: string;
  severity?: string;
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
  lastUpdateTime?: string;
  lastProbeTime?: string | null;
  observedGeneration?: number;
}

export interface TerminatedState {
  exitCode: number;
  reason: string;
  message?: string;
  startedAt: string;
  finishedAt: string;
  containerID: string;
}

export interface ContainerState {
  waiting?: { reason: string; message?: string };
  running?: { startedAt: string };
  terminated?: TerminatedState;
}

export interface ContainerStatus {
  name: string;
  image: string;
  imageID: string;
  ready: boolean;
  started: boolean;
  restartCount: number;
  state: ContainerState;
  lastState: ContainerState;
  containerID?: string;
}

export interface PodStatus {
  phase: string;
  qosClass?: string;
  reason?: string;
  message?: string;
  hostIP?: string;
  podIP?: string;
  podIPs?: { ip: string }[];
  startTime?: string;
  conditions: Condition[];
  initContainerStatuses?: ContainerStatus[];
  containerStatuses?: ContainerStatus[];
}

export interface Pod extends KubeObject {
  spec: PodSpec;
  status?: PodStatus;
}

export interface Deployment extends KubeObject {
  spec: {
    replicas?: number;
    selector: { matchLabels: Record<string, string> };
    strategy?: {
      type: string;
      rollingUpdate?: {
        maxSurge?: string | number;
        maxUnavailable?: string | number;
      };
    };
    progressDeadlineSeconds?: number;
    template: PodTemplate;
    [field: string]: unknown;
  };
  status?: {
    observedGeneration?: number;
    replicas?: number;
    updatedReplicas?: number;
    readyReplicas?: number;
    availableReplicas?: number;
    unavailableReplicas?: number;
    conditions?: Condition[];
  };
}

export interface ReplicaSet extends KubeObject {
  spec: {
    replicas: number;
    selector: { matchLabels: Record<string, string> };
    template: PodTemplate;
  };
  status?: {
    replicas: number;
    fullyLabeledReplicas?: number;
    readyReplicas?: number;
    availableReplicas?: number;
    observedGeneration?: number;
    conditions?: Condition[];
  };
}

export interface LeaderWorkerSet extends KubeObject {
  spec: {
    replicas?: number;
    leaderWorkerTemplate: {
      size: number;
      restartPolicy: string;
      leaderTemplate: PodTemplate;
      workerTemplate: PodTemplate;
    };
    [field: string]: unknown;
  };
  status?: {
    replicas?: number;
    readyReplicas?: number;
    updatedReplicas?: number;
    hpaPodSelector?: string;
    conditions?: Condition[];
  };
}

export interface Node extends KubeObject {
  spec: {
    taints?: { key: string; value?: string; effect: string }[];
    unschedulable?: boolean;
    [field: string]: unknown;
  };
  status: {
    allocatable: ResourceList;
    addresses?: { type: string; address: string }[];
    conditions?: Condition[];
    [field: string]: unknown;
  };
}
