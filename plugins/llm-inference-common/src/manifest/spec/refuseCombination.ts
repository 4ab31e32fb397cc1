import {
  gpuVendor,
  SHARED_MEMORY_FOR_TENSOR_PARALLELISM,
} from './completeSpec';
import { refuseTransports } from './FabricSpec';
import type { PdServiceSpec } from './PdServiceSpec';
import { refusal, type Problem } from './Problem';
import type { ProblemCode } from './problemCodes';
import { quantityValue } from './quantity';

type Rule = (spec: PdServiceSpec) => Array<Problem | false | undefined>;

const problem = (
  path: string,
  code: ProblemCode,
  message: string,
  words?: Parameters<typeof refusal>[2],
): Problem => ({ path, ...refusal(code, message, words) });

const kserveVersion: Rule = ({ kserveVersion: version }) => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return [
    major === 0 &&
      minor < 18 &&
      problem(
        'kserveVersion',
        'kserveTooOld',
        `KServe ${version} ignores the engine arguments of a service without a word (its presets for one node start vLLM directly), so the KV cache would never move. Services can be created for 0.18 and newer`,
        { version },
      ),
  ];
};

const vendors: Rule = spec => {
  const decode = gpuVendor(spec.decode);
  const prefill = gpuVendor(spec.prefill);
  const resources = {
    decode: spec.decode.gpu?.resource ?? 'none',
    prefill: spec.prefill.gpu?.resource ?? 'none',
  };
  return [
    decode !== prefill &&
      problem(
        'prefill.gpu.resource',
        'gpusDiffer',
        `both pools need GPUs of one kind: decode uses ${resources.decode}, prefill ${resources.prefill}`,
        resources,
      ),
    spec.fabric.kind === 'amd' &&
      decode !== 'amd' &&
      problem(
        'fabric.kind',
        'amdFabricNeedsAmdGpus',
        "fabric 'amd' needs 'amd.com/gpu' in both pools",
      ),
    ['roce', 'infiniband', 'efa'].includes(spec.fabric.kind) &&
      decode === 'amd' &&
      problem(
        'fabric.kind',
        'amdGpusNeedAmdFabric',
        "AMD GPUs need fabric 'amd' or 'none'",
      ),
    decode === 'none' &&
      spec.fabric.kind !== 'none' &&
      problem(
        'fabric.kind',
        'noGpusNeedTcp',
        "a service without GPUs needs fabric 'none' (TCP)",
      ),
  ];
};

const transports: Rule = ({ fabric, decode }) => {
  if (fabric.transports === undefined) return [];
  if (fabric.kind !== 'none') {
    const refused = refuseTransports(fabric.transports, gpuVendor(decode));
    return [refused && { path: 'fabric.transports', ...refused }];
  }
  const expected = { nvidia: 'cuda_copy', amd: 'rocm_copy', none: 'tcp' };
  const tokens = fabric.transports.split(',');
  return [
    (!tokens.includes('tcp') ||
      !tokens.includes(expected[gpuVendor(decode)]) ||
      tokens.some(token => !/^(tcp|sm|self|cuda_\w+|rocm_\w+)$/.test(token))) &&
      problem(
        'fabric.transports',
        'transportsOfTcp',
        "fabric 'none' moves the cache over TCP: leave the transports out",
      ),
  ];
};

const parallelism: Rule = ({ decode, prefill }) => {
  const d = decode.parallelism.tensor;
  const p = prefill.parallelism.tensor;
  return [
    (p > d || d % p !== 0) &&
      problem(
        'prefill.parallelism.tensor',
        'prefillAboveDecode',
        `prefill over ${p} GPUs cannot hand its cache to decode over ${d}: decode must be a multiple of prefill. Give prefill fewer GPUs per replica and more replicas`,
        { prefill: p, decode: d },
      ),
  ];
};

const scaling: Rule = ({ decode, prefill }) => [
  decode.scaling !== undefined &&
    prefill.scaling !== undefined &&
    decode.scaling.mode !== prefill.scaling.mode &&
    problem(
      'prefill.scaling.mode',
      'scalingDiffers',
      `both pools must scale the same way: decode uses '${decode.scaling.mode}', prefill '${prefill.scaling.mode}'`,
      { decode: decode.scaling.mode, prefill: prefill.scaling.mode },
    ),
];

const scalingVersion: Rule = spec => {
  const { kserveVersion: version } = spec;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return (['decode', 'prefill'] as const).map(
    name =>
      spec[name].scaling?.mode === 'keda' &&
      major === 0 &&
      minor <= 20 &&
      problem(
        `${name}.scaling.mode`,
        'kedaTooEarly',
        `KServe ${version} ignores KEDA triggers without a word; it needs 0.21 or newer, or one of the 'wva' modes`,
        { version },
      ),
  );
};

const backends: Rule = ({ fabric, kvTransfer }) => {
  const backend = kvTransfer.backends?.[0];
  return [
    fabric.kind === 'efa' &&
      backend !== 'LIBFABRIC' &&
      problem(
        'kvTransfer.backends',
        'efaNeedsLibfabric',
        "fabric 'efa' needs the backend LIBFABRIC; UCX reaches EFA only over TCP",
      ),
    fabric.kind !== 'efa' &&
      backend === 'LIBFABRIC' &&
      problem(
        'kvTransfer.backends',
        'libfabricElsewhere',
        'LIBFABRIC is for fabric efa; use UCX',
      ),
  ];
};

const buffer: Rule = ({ decode, kvTransfer }) => [
  !decode.gpu &&
    kvTransfer.bufferDevice !== 'cpu' &&
    problem(
      'kvTransfer.bufferDevice',
      'bufferWithoutGpus',
      "without GPUs it must be 'cpu'",
    ),
];

const ports: Rule = ({ decode, prefill, kvTransfer }) => {
  const first = kvTransfer.sideChannelPort;
  const ranks = Math.max(
    decode.parallelism.data ?? 1,
    prefill.parallelism.data ?? 1,
  );
  const taken = [8000, 8001, 5557, 5555].find(
    port => port >= first && port < first + ranks,
  );
  return [
    taken !== undefined &&
      problem(
        'kvTransfer.sideChannelPort',
        'portTaken',
        `${first} with ${ranks} rank(s) takes port ${taken}, which the engine uses; 5600 is the default`,
        { first, ranks, taken },
      ),
  ];
};

const memory: Rule = ({ decode, prefill, pods, kvTransfer }) =>
  (['decode', 'prefill'] as const).map(name => {
    const pool = { decode, prefill }[name];
    const shared = pods.sharedMemory ?? '1Gi';
    const offloaded = kvTransfer.offloading?.cpu;
    const { limit } = pool.memory;
    return (
      quantityValue(limit) <=
        quantityValue(shared) + quantityValue(offloaded ?? '0') &&
      problem(
        `${name}.memory.limit`,
        offloaded ? 'memoryTakenByCache' : 'memoryTaken',
        `${limit} leaves nothing for the engine: shared memory (${shared})${
          offloaded ? ` and offloaded cache (${offloaded})` : ''
        } count into it`,
        { limit, shared, offloaded },
      )
    );
  });

const sharedMemory: Rule = ({ decode, prefill, pods }) => [
  Math.max(decode.parallelism.tensor, prefill.parallelism.tensor) > 1 &&
    quantityValue(pods.sharedMemory ?? '0') <
      quantityValue(SHARED_MEMORY_FOR_TENSOR_PARALLELISM) &&
    problem(
      'pods.sharedMemory',
      'sharedMemoryTooSmall',
      `tensor parallelism needs at least ${SHARED_MEMORY_FOR_TENSOR_PARALLELISM}`,
      { least: SHARED_MEMORY_FOR_TENSOR_PARALLELISM },
    ),
];

const clusters: Rule = ({ cluster, otherClusters = [] }) => {
  const seen = new Set([cluster]);
  return otherClusters.map((other, index) => {
    const twice = seen.has(other.cluster);
    seen.add(other.cluster);
    return (
      twice &&
      problem(
        `otherClusters.${index}.cluster`,
        'clusterTwice',
        `'${other.cluster}' is named twice`,
        { cluster: other.cluster },
      )
    );
  });
};

const overlays: Rule = ({ otherClusters = [], decode, prefill }) =>
  otherClusters.flatMap(({ decodeReplicas, prefillReplicas }, index) => [
    decodeReplicas !== undefined &&
      decode.scaling !== undefined &&
      problem(
        `otherClusters.${index}.decodeReplicas`,
        'replicasScaled',
        'the decode pool is scaled by load and has no fixed number',
        { pool: 'decode' },
      ),
    prefillReplicas !== undefined &&
      prefill.scaling !== undefined &&
      problem(
        `otherClusters.${index}.prefillReplicas`,
        'replicasScaled',
        'the prefill pool is scaled by load and has no fixed number',
        { pool: 'prefill' },
      ),
  ]);

const RULES: Rule[] = [
  kserveVersion,
  vendors,
  transports,
  parallelism,
  scaling,
  scalingVersion,
  backends,
  buffer,
  ports,
  memory,
  sharedMemory,
  clusters,
  overlays,
];

/** Rules that look at several fields of a complete spec at once. */
export function refuseCombination(spec: PdServiceSpec): Problem[] {
  return RULES.flatMap(rule => rule(spec)).filter((found): found is Problem =>
    Boolean(found),
  );
}
