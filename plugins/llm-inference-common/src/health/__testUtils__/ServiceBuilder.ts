import type { KubernetesObject } from '../../resource/KubernetesObject';
import type { MetricReading, Observation } from '../Observation';

/** An object of a fixture: as free to be changed as anything that JSON holds. */
export type Fixture = ReturnType<JSON['parse']>;

/** Parts of a service that run pods. */
export type Part = 'decode' | 'prefill' | 'scheduler';

export const NOW = '2026-11-22T10:00:00Z';
export const NAME = 'qwen';
export const NAMESPACE = 'llm';

const SUFFIXES: Record<Part, string> = {
  decode: '-kserve',
  prefill: '-kserve-prefill',
  scheduler: '-kserve-router-scheduler',
};

const COMPONENTS: Record<Part, string> = {
  decode: 'llminferenceservice-workload',
  prefill: 'llminferenceservice-workload-prefill',
  scheduler: 'llminferenceservice-router-scheduler',
};

const ROLES: Record<Part, string> = {
  decode: 'kv_consumer',
  prefill: 'kv_producer',
  scheduler: '',
};

const DIGEST = `sha256:${'5e18bd57'.repeat(8)}`;

/** Time that many minutes before the observation. */
export function ago(minutes: number): string {
  return new Date(Date.parse(NOW) - minutes * 60_000).toISOString();
}

const DAYS = 9 * 24 * 60;

/**
 * A healthy service, two prefill pods and one decode pod, of which a scenario states only what differs. Texts
 * that a scenario adds are those of real clusters, not made up to match.
 */
export class ServiceBuilder {
  readonly resource: Fixture;
  readonly workloads: Record<Part, Fixture>;
  readonly pods: Record<Part, Fixture[]>;
  readonly replicaSets: Record<Part, Fixture[]>;
  readonly route: Fixture;
  readonly inferencePool: Fixture;
  readonly gateway: Fixture;
  /** Events, and whatever else a scenario adds. */
  readonly more: Fixture[] = [];
  readonly logs: Record<string, string> = {};
  readonly metrics: Record<string, MetricReading[]> = {};
  access: Observation['access'];
  history: Observation['history'];

  constructor(counts: { decode?: number; prefill?: number } = {}) {
    const sizes = { decode: 1, prefill: 2, scheduler: 1, ...counts };
    this.resource = makeResource(sizes);
    const parts = ['decode', 'prefill', 'scheduler'] as const;
    const make = <T>(one: (part: Part) => T) =>
      Object.fromEntries(parts.map(part => [part, one(part)])) as Record<
        Part,
        T
      >;
    this.workloads = make(part => makeDeployment(part, sizes[part]));
    this.replicaSets = make(part => [makeReplicaSet(part, sizes[part])]);
    this.pods = make(part =>
      Array.from({ length: sizes[part] }, (_, index) => makePod(part, index)),
    );
    this.route = makeRoute();
    this.inferencePool = makeInferencePool();
    this.gateway = makeGateway();
  }

  /** The observation as it stands; pods are counted into their workloads first. */
  observe(): Observation {
    for (const part of ['decode', 'prefill', 'scheduler'] as const) {
      countPods(this.workloads[part], this.pods[part]);
    }
    return {
      now: NOW,
      service: { cluster: 'demo', namespace: NAMESPACE, name: NAME },
      objects: [
        this.resource,
        ...Object.values(this.workloads),
        ...Object.values(this.replicaSets).flat(),
        ...Object.values(this.pods).flat(),
        this.inferencePool,
        this.route,
        this.gateway,
        ...this.more,
      ] as KubernetesObject[],
      logs: this.logs,
      metrics: this.metrics,
      access: this.access,
      history: this.history,
    };
  }

  /** The first pod of a part. */
  pod(part: Part, index = 0): Fixture {
    return this.pods[part][index];
  }

  /** The container `main` of every pod of a part, and of its template. */
  eachMain(part: Part, change: (container: Fixture) => void) {
    const specs = [
      ...this.pods[part].map(pod => pod.spec),
      this.workloads[part].spec.template.spec,
    ];
    for (const spec of specs) {
      change(spec.containers.find((c: Fixture) => c.name === 'main'));
    }
  }

  /** Sets or removes a variable of every `main` of a part. */
  setEnv(part: Part, name: string, value: string | undefined) {
    this.eachMain(part, container => {
      container.env = container.env.filter((e: Fixture) => e.name !== name);
      if (value !== undefined) {
        container.env.push({ name, value });
      }
    });
  }

  /** Adds an event about an object. */
  event(
    object: Fixture,
    reason: string,
    message: string,
    { type = 'Warning', minutes = 1 }: { type?: string; minutes?: number } = {},
  ) {
    this.more.push({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: {
        name: `${object.metadata.name}.${this.more.length}`,
        namespace: NAMESPACE,
      },
      involvedObject: {
        kind: object.kind,
        name: object.metadata.name,
        namespace: NAMESPACE,
        uid: object.metadata.uid,
      },
      reason,
      message,
      type,
      count: 3,
      firstTimestamp: ago(minutes + 5),
      lastTimestamp: ago(minutes),
    });
  }

  /** The log of a container of a pod. */
  log(pod: Fixture, text: string, container = 'main') {
    this.logs[`${pod.metadata.name}/${container}`] = text;
  }

  /** A condition of the resource. */
  condition(type: string, status: string, reason = '', message = '') {
    const { conditions } = this.resource.status;
    const rest = conditions.filter((c: Fixture) => c.type !== type);
    this.resource.status.conditions = [
      ...rest,
      { type, status, reason, message, lastTransitionTime: ago(60) },
    ];
  }

  /** Makes the whole service that many minutes old, started for the first time. */
  firstStart(minutes: number) {
    this.resource.metadata.creationTimestamp = ago(minutes);
    for (const part of ['decode', 'prefill', 'scheduler'] as const) {
      this.workloads[part].metadata.creationTimestamp = ago(minutes);
      for (const pod of this.pods[part]) {
        pod.metadata.creationTimestamp = ago(minutes);
      }
    }
  }
}

function makeResource({ decode, prefill }: Record<string, number>): Fixture {
  return {
    apiVersion: 'serving.kserve.io/v1alpha2',
    kind: 'LLMInferenceService',
    metadata: {
      name: NAME,
      namespace: NAMESPACE,
      uid: 'uid-service',
      generation: 2,
      creationTimestamp: ago(DAYS),
      annotations: { 'k8s.v1.cni.cncf.io/networks': 'roce-p2' },
    },
    spec: {
      model: { uri: 'hf://Qwen/Qwen2.5-7B-Instruct', name: 'Qwen/Qwen2.5-7B' },
      replicas: decode,
      template: { containers: [makeMain('decode')] },
      prefill: {
        replicas: prefill,
        template: { containers: [makeMain('prefill')] },
      },
      router: { route: {}, gateway: {}, scheduler: {} },
    },
    status: {
      observedGeneration: 2,
      url: 'http://203.0.113.14/llm/qwen',
      conditions: [
        'PresetsCombined',
        'Ready',
        'WorkloadsReady',
        'MainWorkloadReady',
        'PrefillWorkloadReady',
        'RouterReady',
        'SchedulerWorkloadReady',
        'InferencePoolReady',
        'HTTPRoutesReady',
      ].map(type => ({
        type,
        status: 'True',
        lastTransitionTime: ago(DAYS - 6),
      })),
      workloads: {
        primary: { kind: 'Deployment', name: `${NAME}${SUFFIXES.decode}` },
        prefill: { kind: 'Deployment', name: `${NAME}${SUFFIXES.prefill}` },
        scheduler: { kind: 'Deployment', name: `${NAME}${SUFFIXES.scheduler}` },
      },
      addresses: [
        { name: 'gateway-external', url: 'http://203.0.113.14/llm/qwen' },
      ],
    },
  };
}

function makeMain(part: Part): Fixture {
  if (part === 'scheduler') {
    return {
      name: 'main',
      image: 'ghcr.io/llm-d/llm-d-router-endpoint-picker:v0.10.0',
      args: [
        '--config-text',
        `plugins:
- type: always-disagg-pd-decider
- type: disagg-profile-handler
schedulingProfiles:
- name: prefill
- name: decode
`,
      ],
    };
  }
  const port = part === 'decode' ? 8001 : 8000;
  const probe = (failureThreshold: number) => ({
    httpGet: { path: '/health', port, scheme: 'HTTP' },
    periodSeconds: 10,
    failureThreshold,
  });
  const devices = { 'nvidia.com/gpu': '1', 'rdma/roce_gdr': '1' };
  return {
    name: 'main',
    image: 'ghcr.io/llm-d/llm-d-cuda:v0.9.0',
    env: [
      { name: 'KSERVE_INFER_ROCE', value: 'true' },
      {
        name: 'VLLM_NIXL_SIDE_CHANNEL_HOST',
        valueFrom: { fieldRef: { fieldPath: 'status.podIP' } },
      },
      {
        name: 'VLLM_ADDITIONAL_ARGS',
        value: `--kv-transfer-config '{"kv_connector":"NixlConnector","kv_role":"${ROLES[part]}"}'`,
      },
      { name: 'UCX_TLS', value: 'rc,sm,self,cuda_copy,cuda_ipc' },
    ],
    resources: {
      limits: { cpu: '8', memory: '64Gi', ...devices },
      requests: { cpu: '4', memory: '64Gi', ...devices },
    },
    startupProbe: probe(60),
    livenessProbe: probe(10),
  };
}

function labelsOf(part: Part): Fixture {
  return {
    'app.kubernetes.io/part-of': 'llminferenceservice',
    'app.kubernetes.io/name': NAME,
    'app.kubernetes.io/component': COMPONENTS[part],
  };
}

function ownedBy(kind: string, name: string): Fixture[] {
  return [{ kind, name, controller: true }];
}

function makePodSpec(part: Part): Fixture {
  const sidecar = {
    name: 'llm-d-routing-sidecar',
    restartPolicy: 'Always',
    command: ['/app/pd-sidecar', '--kv-connector=nixlv2'],
  };
  const storage = { name: 'storage-initializer' };
  const init = {
    decode: [storage, sidecar],
    prefill: [storage],
    scheduler: [],
  };
  return { initContainers: init[part], containers: [makeMain(part)] };
}

function makeDeployment(part: Part, replicas: number): Fixture {
  const name = `${NAME}${SUFFIXES[part]}`;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name,
      namespace: NAMESPACE,
      uid: `uid-${name}`,
      generation: 1,
      creationTimestamp: ago(DAYS),
      labels: labelsOf(part),
      ownerReferences: ownedBy('LLMInferenceService', NAME),
    },
    spec: {
      replicas,
      template: {
        metadata: { labels: labelsOf(part) },
        spec: makePodSpec(part),
      },
    },
    status: {
      observedGeneration: 1,
      replicas,
      updatedReplicas: replicas,
      conditions: [
        {
          type: 'Progressing',
          status: 'True',
          reason: 'NewReplicaSetAvailable',
          message: `ReplicaSet "${name}-new" has successfully progressed.`,
          lastTransitionTime: ago(DAYS),
        },
      ],
    },
  };
}

function makeReplicaSet(part: Part, replicas: number): Fixture {
  const owner = `${NAME}${SUFFIXES[part]}`;
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${owner}-new`,
      namespace: NAMESPACE,
      uid: `uid-${owner}-new`,
      labels: labelsOf(part),
      annotations: { 'deployment.kubernetes.io/revision': '2' },
      ownerReferences: ownedBy('Deployment', owner),
    },
    spec: { replicas },
  };
}

/** A ready pod of a part. */
export function makePod(part: Part, index: number, set = 'new'): Fixture {
  const owner = `${NAME}${SUFFIXES[part]}-${set}`;
  const name = `${owner}-${index}`;
  const since = { startedAt: ago(DAYS - 3) };
  const running = (container: string) => ({
    name: container,
    ready: true,
    started: true,
    restartCount: 0,
    image: 'ghcr.io/llm-d/llm-d-cuda:v0.9.0',
    imageID: `ghcr.io/llm-d/llm-d-cuda@${DIGEST}`,
    state: { running: since },
    lastState: {},
  });
  const storage = {
    ...running('storage-initializer'),
    state: { terminated: { exitCode: 0, reason: 'Completed' } },
  };
  const init = {
    decode: [storage, running('llm-d-routing-sidecar')],
    prefill: [storage],
    scheduler: [],
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: NAMESPACE,
      uid: `uid-${name}`,
      creationTimestamp: ago(DAYS),
      labels: labelsOf(part),
      annotations:
        part === 'scheduler'
          ? {}
          : {
              'k8s.v1.cni.cncf.io/networks': 'roce-p2',
              'k8s.v1.cni.cncf.io/network-status': JSON.stringify([
                { name: 'ovn-kubernetes', default: true },
                { name: 'llm/roce-p2', interface: 'net1' },
              ]),
            },
      ownerReferences: ownedBy('ReplicaSet', owner),
    },
    spec: { ...makePodSpec(part), nodeName: `gpu-node-${index + 1}` },
    status: {
      phase: 'Running',
      podIP: `10.128.0.${index + 10}`,
      conditions: ['PodReadyToStartContainers', 'PodScheduled', 'Ready'].map(
        type => ({ type, status: 'True', lastTransitionTime: ago(DAYS - 5) }),
      ),
      initContainerStatuses: init[part],
      containerStatuses: [running('main')],
    },
  };
}

function makeRoute(): Fixture {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: {
      name: `${NAME}-kserve-route`,
      namespace: NAMESPACE,
      creationTimestamp: ago(DAYS),
      ownerReferences: ownedBy('LLMInferenceService', NAME),
    },
    spec: {
      parentRefs: [{ name: 'kserve-ingress-gateway', namespace: 'kserve' }],
    },
    status: { parents: [acceptedParent()] },
  };
}

function makeInferencePool(): Fixture {
  return {
    apiVersion: 'inference.networking.k8s.io/v1',
    kind: 'InferencePool',
    metadata: {
      name: `${NAME}-inference-pool`,
      namespace: NAMESPACE,
      creationTimestamp: ago(DAYS),
      ownerReferences: ownedBy('LLMInferenceService', NAME),
    },
    spec: { endpointPickerRef: { failureMode: 'FailOpen' } },
    status: { parents: [acceptedParent()] },
  };
}

function acceptedParent(): Fixture {
  return {
    conditions: ['Accepted', 'ResolvedRefs'].map(type => ({
      type,
      status: 'True',
      reason: type,
      lastTransitionTime: ago(DAYS),
    })),
  };
}

function makeGateway(): Fixture {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: {
      name: 'kserve-ingress-gateway',
      namespace: 'kserve',
      creationTimestamp: ago(3 * DAYS),
    },
    spec: {},
    status: {
      conditions: ['Accepted', 'Programmed'].map(type => ({
        type,
        status: 'True',
        reason: type,
        lastTransitionTime: ago(3 * DAYS),
      })),
    },
  };
}

/** What a Deployment's controller would count, unless the scenario wrote its own counts. */
function countPods(workload: Fixture, pods: readonly Fixture[]) {
  const { status } = workload;
  if (!status || 'readyReplicas' in status || workload.kind !== 'Deployment') {
    return;
  }
  const ready = pods.filter(
    pod =>
      !pod.metadata.deletionTimestamp &&
      pod.status?.conditions?.some(
        (c: Fixture) => c.type === 'Ready' && c.status === 'True',
      ),
  ).length;
  status.readyReplicas = ready;
  status.availableReplicas = ready;
}
