import {
  DAYS,
  type Fixture,
  NAME,
  NAMESPACE,
  type Part,
  SUFFIXES,
  ago,
} from './fixtureBasics';

const DIGEST = `sha256:${'5e18bd57'.repeat(8)}`;

const ROLES: Record<Part, string> = {
  decode: 'kv_consumer',
  prefill: 'kv_producer',
  scheduler: '',
};

const COMPONENTS: Record<Part, string> = {
  decode: 'llminferenceservice-workload',
  prefill: 'llminferenceservice-workload-prefill',
  scheduler: 'llminferenceservice-router-scheduler',
};

export function makeMain(part: Part): Fixture {
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

export function ownedBy(kind: string, name: string): Fixture[] {
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

export function makeDeployment(part: Part, replicas: number): Fixture {
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

export function makeReplicaSet(part: Part, replicas: number): Fixture {
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
