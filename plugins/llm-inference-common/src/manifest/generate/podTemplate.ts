import { formatEngineArguments } from '../spec/EngineArguments';
import type { PdServiceSpec } from '../spec/PdServiceSpec';
import { kvTransferConfig, kvTransferJson } from './kvTransferConfig';
import { componentsOf, type PoolName } from './names';

type EnvironmentVariable =
  | { name: string; value: string }
  | { name: string; valueFrom: Record<string, unknown> };

/** vLLM arguments that KServe's start script appends to its own, through an `eval`. */
export function additionalArguments(
  spec: PdServiceSpec,
  name: PoolName,
): string {
  const pool = spec[name];
  const { pipeline, expert } = pool.parallelism;
  return [
    formatEngineArguments({ ...spec.engine, ...pool.arguments }),
    pipeline ? `--pipeline-parallel-size ${pipeline}` : '',
    expert && !pool.multiNode ? '--enable-expert-parallel' : '',
    `--kv-transfer-config '${kvTransferJson(
      kvTransferConfig(spec.kvTransfer, name),
    )}'`,
  ]
    .filter(Boolean)
    .join(' ');
}

function huggingFaceToken(spec: PdServiceSpec): EnvironmentVariable[] {
  const token = spec.pods.huggingFaceToken;
  return token
    ? [
        {
          name: 'HF_TOKEN',
          valueFrom: { secretKeyRef: { name: token.secret, key: token.key } },
        },
      ]
    : [];
}

function environment(
  spec: PdServiceSpec,
  name: PoolName,
): EnvironmentVariable[] {
  const { fabric, kvTransfer } = spec;
  const pool = spec[name];
  const value = (key: string, text: string | number | undefined) =>
    text === undefined ? [] : [{ name: key, value: String(text) }];
  return [
    ...value('KSERVE_INFER_ROCE', fabric.kind === 'roce' ? 'true' : undefined),
    {
      name: 'VLLM_NIXL_SIDE_CHANNEL_HOST',
      valueFrom: { fieldRef: { fieldPath: 'status.podIP' } },
    },
    ...value(
      'VLLM_NIXL_SIDE_CHANNEL_PORT',
      kvTransfer.sideChannelPort === 5600
        ? undefined
        : kvTransfer.sideChannelPort,
    ),
    ...value('VLLM_ADDITIONAL_ARGS', additionalArguments(spec, name)),
    ...value('UCX_TLS', fabric.transports),
    ...value('UCX_NET_DEVICES', fabric.netDevices),
    ...value('UCX_IB_GID_INDEX', fabric.gidIndex),
    ...value('UCX_PROTO_INFO', fabric.transports ? 'y' : undefined),
    ...value('VLLM_CPU_KVCACHE_SPACE', pool.cpuKvCacheGiB),
    ...huggingFaceToken(spec),
  ];
}

function resources(spec: PdServiceSpec, name: PoolName) {
  const { gpu, cpu, memory } = spec[name];
  const { fabric } = spec;
  // Extended resources cannot be overcommitted: limits and requests are equal.
  const devices = {
    ...(gpu && { [gpu.resource]: String(gpu.count) }),
    ...(fabric.resource && { [fabric.resource]: String(fabric.count ?? 1) }),
  };
  return {
    limits: { cpu: cpu.limit, memory: memory.limit, ...devices },
    requests: { cpu: cpu.request, memory: memory.request, ...devices },
  };
}

function affinity(spec: PdServiceSpec, name: PoolName) {
  const other: PoolName = name === 'decode' ? 'prefill' : 'decode';
  const term = {
    labelSelector: {
      matchLabels: { 'app.kubernetes.io/name': spec.name },
      matchExpressions: [
        {
          key: 'app.kubernetes.io/component',
          operator: 'In',
          values: componentsOf(spec[other], other),
        },
      ],
    },
    topologyKey: 'kubernetes.io/hostname',
  };
  return {
    podAntiAffinity:
      spec.pods.antiAffinity === 'required'
        ? { requiredDuringSchedulingIgnoredDuringExecution: [term] }
        : {
            preferredDuringSchedulingIgnoredDuringExecution: [
              { weight: 100, podAffinityTerm: term },
            ],
          },
  };
}

function topologySpread(spec: PdServiceSpec, name: PoolName) {
  return spec.pods.topologySpread?.map(constraint => ({
    ...constraint,
    labelSelector: {
      matchLabels: {
        'app.kubernetes.io/name': spec.name,
        'app.kubernetes.io/component': componentsOf(spec[name], name)[0],
      },
    },
  }));
}

/** KServe hands the token to its downloader only since 0.20; before, it has to come from the service account. */
function downloaderTakesToken({ kserveVersion }: PdServiceSpec): boolean {
  const [major = 0, minor = 0] = kserveVersion.split('.').map(Number);
  return major > 0 || minor >= 20;
}

/**
 * The pod of a pool, as far as it differs from KServe's preset. Prefill inherits nothing from decode, so both are
 * complete.
 *
 * @param role - the pod that serves HTTP, or a further node of a replica
 */
export function podTemplate(
  spec: PdServiceSpec,
  name: PoolName,
  role: 'serving' | 'worker',
): Record<string, unknown> {
  const { pods } = spec;
  const token = huggingFaceToken(spec);
  return {
    ...(pods.serviceAccount && { serviceAccountName: pods.serviceAccount }),
    // Decode keeps its token: the routing sidecar reads the InferencePool with it.
    ...(name === 'prefill' &&
      !pods.serviceAccount &&
      !spec.prefill.multiNode && { automountServiceAccountToken: false }),
    ...(pods.priorityClass && { priorityClassName: pods.priorityClass }),
    ...(pods.imagePullSecrets && {
      imagePullSecrets: pods.imagePullSecrets.map(secret => ({ name: secret })),
    }),
    ...(pods.nodeSelector && { nodeSelector: pods.nodeSelector }),
    ...(pods.tolerations && { tolerations: pods.tolerations }),
    affinity: affinity(spec, name),
    ...(pods.topologySpread && {
      topologySpreadConstraints: topologySpread(spec, name),
    }),
    ...(token.length > 0 &&
      role === 'serving' &&
      downloaderTakesToken(spec) && {
        initContainers: [{ name: 'storage-initializer', env: token }],
      }),
    containers: [
      {
        name: 'main',
        ...(pods.image && { image: pods.image }),
        env: environment(spec, name),
        resources: resources(spec, name),
        ...(pods.startupBudgetSeconds !== undefined &&
          role === 'serving' && {
            startupProbe: {
              periodSeconds: 30,
              failureThreshold: pods.startupBudgetSeconds / 30,
            },
          }),
        terminationMessagePolicy: 'FallbackToLogsOnError',
      },
    ],
    ...(pods.sharedMemory && {
      volumes: [
        {
          name: 'dshm',
          emptyDir: { medium: 'Memory', sizeLimit: pods.sharedMemory },
        },
      ],
    }),
  };
}
