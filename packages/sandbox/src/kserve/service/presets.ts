import { KubeObject } from '../../cluster/ClusterStore';
import { Container, PodSpec, Probe } from '../kinds';
import { EnginePort, startScript } from './startScript';

/** Namespace of the controller, its presets and the gateway. */
export const KSERVE_NAMESPACE = 'kserve';

/** Images that the presets run. */
export const IMAGES = {
  engine: 'ghcr.io/llm-d/llm-d-cuda:v0.9.0',
  sidecar: 'ghcr.io/llm-d/llm-d-router-disagg-sidecar:v0.10.0',
  scheduler: 'ghcr.io/llm-d/llm-d-router-endpoint-picker:v0.10.0',
  storageInitializer: 'kserve/storage-initializer:v0.20.0',
} as const;

/** Names of the presets, as the controller looks them up. */
export const PRESETS = {
  single: 'kserve-config-llm-template',
  decode: 'kserve-config-llm-decode-template',
  prefill: 'kserve-config-llm-prefill-template',
  worker: 'kserve-config-llm-worker-data-parallel',
  decodeWorker: 'kserve-config-llm-decode-worker-data-parallel',
  prefillWorker: 'kserve-config-llm-prefill-worker-data-parallel',
  workerPipeline: 'kserve-config-llm-worker-pipeline-parallel',
  decodeWorkerPipeline: 'kserve-config-llm-decode-worker-pipeline-parallel',
  prefillWorkerPipeline: 'kserve-config-llm-prefill-worker-pipeline-parallel',
  scheduler: 'kserve-config-llm-scheduler',
  route: 'kserve-config-llm-router-route',
} as const;

const DECODE_TENSOR = '{{ TensorParallel .Spec.Parallelism }}';
const PREFILL_TENSOR = '{{ TensorParallel .Spec.Prefill.Parallelism }}';

/** The presets that a KServe installation ships; those for pipeline parallelism are not among them. */
export function presetConfigs(): KubeObject[] {
  const decodePod = enginePod(8001, DECODE_TENSOR, 'FallbackToLogsOnError');
  const prefillPod = enginePod(8000, PREFILL_TENSOR, 'File');
  const singlePod = enginePod(8000, DECODE_TENSOR, 'FallbackToLogsOnError');
  return [
    preset(PRESETS.single, { template: singlePod }),
    preset(PRESETS.decode, { template: withSidecar(decodePod) }),
    preset(PRESETS.prefill, { prefill: { template: prefillPod } }),
    preset(PRESETS.worker, { worker: workerPod(singlePod) }),
    preset(PRESETS.decodeWorker, { worker: workerPod(decodePod) }),
    preset(PRESETS.prefillWorker, {
      prefill: { worker: workerPod(prefillPod) },
    }),
    preset(PRESETS.scheduler, {
      router: { scheduler: { template: schedulerPod() } },
    }),
    preset(PRESETS.route, {
      router: { route: { http: { spec: routeSpec() } } },
    }),
  ];
}

function preset(name: string, spec: Record<string, unknown>): KubeObject {
  return {
    apiVersion: 'serving.kserve.io/v1alpha2',
    kind: 'LLMInferenceServiceConfig',
    metadata: { name, namespace: KSERVE_NAMESPACE },
    spec,
  };
}

function enginePod(
  port: EnginePort,
  tensorParallel: string,
  terminationMessagePolicy: string,
): PodSpec {
  return {
    containers: [
      {
        name: 'main',
        image: IMAGES.engine,
        imagePullPolicy: 'IfNotPresent',
        command: ['/bin/bash', '-c', startScript(port, tensorParallel), '--'],
        env: [
          { name: 'HOME', value: '/home' },
          { name: 'VLLM_LOGGING_LEVEL', value: 'INFO' },
          { name: 'HF_HUB_CACHE', value: '/models' },
        ],
        ports: [{ containerPort: port, protocol: 'TCP' }],
        resources: {},
        livenessProbe: healthProbe(port, 10, 10),
        readinessProbe: healthProbe(port, 1, 2),
        startupProbe: healthProbe(port, 10, 60),
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
          readOnlyRootFilesystem: false,
          runAsNonRoot: true,
          seccompProfile: { type: 'RuntimeDefault' },
        },
        lifecycle: { preStop: { exec: { command: ['/bin/sleep', '15'] } } },
        terminationMessagePath: '/dev/termination-log',
        terminationMessagePolicy,
        volumeMounts: [
          { mountPath: '/home', name: 'home' },
          { mountPath: '/tmp', name: 'tmp-dir' },
          { mountPath: '/dev/shm', name: 'dshm' },
          { mountPath: '/models', name: 'model-cache' },
        ],
      },
    ],
    volumes: [
      { name: 'home', emptyDir: {} },
      { name: 'tmp-dir', emptyDir: {} },
      { name: 'dshm', emptyDir: { medium: 'Memory', sizeLimit: '1Gi' } },
      { name: 'model-cache', emptyDir: {} },
      {
        name: 'tls-certs',
        secret: {
          secretName:
            '{{ ChildName .ObjectMeta.Name `-kserve-self-signed-certs` }}',
          defaultMode: 420,
        },
      },
    ],
    terminationGracePeriodSeconds: 60,
  };
}

/** Data-parallel workers run headless: nothing to probe. */
function workerPod(leader: PodSpec): PodSpec {
  return {
    ...leader,
    containers: leader.containers.map(container => {
      const worker = { ...container };
      delete worker.livenessProbe;
      delete worker.readinessProbe;
      delete worker.startupProbe;
      delete worker.lifecycle;
      return worker;
    }),
  };
}

function withSidecar(pod: PodSpec): PodSpec {
  const probe = { httpGet: { path: '/health', port: 8000, scheme: 'HTTP' } };
  const sidecar: Container = {
    name: 'llm-d-routing-sidecar',
    image: IMAGES.sidecar,
    imagePullPolicy: 'IfNotPresent',
    restartPolicy: 'Always',
    command: [
      '/app/pd-sidecar',
      '--port=8000',
      '--vllm-port=8001',
      '--kv-connector=nixlv2',
      '--enable-ssrf-protection=true',
      '--pool-group=inference.networking.x-k8s.io',
      '--inference-pool={{ .ObjectMeta.Namespace }}/{{ ChildName .ObjectMeta.Name `-inference-pool` }}',
      '--secure-proxy=false',
    ],
    env: [
      {
        name: 'INFERENCE_POOL_NAMESPACE',
        valueFrom: {
          fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' },
        },
      },
    ],
    ports: [{ containerPort: 8000, protocol: 'TCP' }],
    resources: {},
    livenessProbe: {
      ...probe,
      initialDelaySeconds: 10,
      periodSeconds: 10,
      timeoutSeconds: 10,
      successThreshold: 1,
      failureThreshold: 3,
    },
    readinessProbe: {
      ...probe,
      initialDelaySeconds: 10,
      periodSeconds: 10,
      timeoutSeconds: 5,
      successThreshold: 1,
      failureThreshold: 10,
    },
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'FallbackToLogsOnError',
  };
  return { ...pod, initContainers: [sidecar] };
}

function healthProbe(
  port: number,
  periodSeconds: number,
  failureThreshold: number,
): Probe {
  return {
    httpGet: { path: '/health', port, scheme: 'HTTP' },
    timeoutSeconds: 1,
    successThreshold: 1,
    periodSeconds,
    failureThreshold,
  };
}

function schedulerPod(): PodSpec {
  const probe = {
    periodSeconds: 10,
    timeoutSeconds: 1,
    successThreshold: 1,
    failureThreshold: 3,
  };
  return {
    containers: [
      {
        name: 'main',
        image: IMAGES.scheduler,
        imagePullPolicy: 'IfNotPresent',
        command: [
          '/app/epp',
          '--pool-name',
          '{{ ChildName .ObjectMeta.Name `-inference-pool` }}',
          '--pool-namespace',
          '{{ .ObjectMeta.Namespace }}',
          '--zap-encoder',
          'json',
          '--grpc-port',
          '9002',
          '--grpc-health-port',
          '9003',
        ],
        ports: [
          { name: 'grpc', containerPort: 9002, protocol: 'TCP' },
          { name: 'grpc-health', containerPort: 9003, protocol: 'TCP' },
          { name: 'metrics', containerPort: 9090, protocol: 'TCP' },
          { name: 'zmq', containerPort: 5557, protocol: 'TCP' },
        ],
        resources: {
          limits: { cpu: '6', memory: '16Gi' },
          requests: { cpu: '1', memory: '2Gi' },
        },
        livenessProbe: {
          grpc: { port: 9003, service: 'liveness' },
          initialDelaySeconds: 5,
          ...probe,
        },
        readinessProbe: {
          grpc: { port: 9003, service: 'readiness' },
          initialDelaySeconds: 30,
          ...probe,
        },
        terminationMessagePath: '/dev/termination-log',
        terminationMessagePolicy: 'FallbackToLogsOnError',
      },
    ],
    terminationGracePeriodSeconds: 60,
  };
}

function routeSpec() {
  const path = '/{{ .ObjectMeta.Namespace }}/{{ .ObjectMeta.Name }}';
  const toPool = ['completions', 'chat/completions', 'responses', 'messages'];
  return {
    parentRefs: [
      {
        group: 'gateway.networking.k8s.io',
        kind: 'Gateway',
        name: 'kserve-ingress-gateway',
        namespace: KSERVE_NAMESPACE,
      },
    ],
    rules: [
      ...toPool.map(operation => ({
        matches: [
          { path: { type: 'PathPrefix', value: `${path}/v1/${operation}` } },
        ],
        filters: [rewrite(`/v1/${operation}`)],
        backendRefs: [
          {
            group: 'inference.networking.k8s.io',
            kind: 'InferencePool',
            name: '{{ ChildName .ObjectMeta.Name `-inference-pool` }}',
            port: 8000,
            weight: 1,
          },
        ],
        timeouts: { backendRequest: '0s', request: '0s' },
      })),
      {
        matches: [{ path: { type: 'PathPrefix', value: path } }],
        filters: [rewrite('/')],
        backendRefs: [
          {
            group: '',
            kind: 'Service',
            name: '{{ ChildName .ObjectMeta.Name `-kserve-workload-svc` }}',
            port: 8000,
            weight: 1,
          },
        ],
        timeouts: { backendRequest: '0s', request: '0s' },
      },
    ],
  };
}

function rewrite(prefix: string) {
  return {
    type: 'URLRewrite',
    urlRewrite: {
      path: { type: 'ReplacePrefixMatch', replacePrefixMatch: prefix },
    },
  };
}
