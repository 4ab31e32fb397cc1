import * as fc from 'fast-check';

import type { FabricKind } from '../spec/FabricSpec';
import { refuseText } from '../spec/inspectText';
import { parsePdServiceSpec } from '../spec/parsePdServiceSpec';
import type { PdServiceSpec } from '../spec/PdServiceSpec';

const name = fc.stringMatching(/^[a-z]([-a-z0-9]{0,36}[a-z0-9])?$/);
const label = fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,20}[a-z0-9])?$/);
const word = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,20}$/);
const digest = fc
  .stringMatching(/^[0-9a-f]{64}$/)
  .map(hex => `ghcr.io/llm-d/llm-d-cuda@sha256:${hex}`);
/** Any words that a person might write, markup and all. */
const prose = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 80 })
  .map(text => text.normalize('NFC').trim())
  .filter(text => text.length > 0 && refuseText(text) === undefined);

function maybe<T>(arbitrary: fc.Arbitrary<T>) {
  return fc.option(arbitrary, { nil: undefined });
}

const modelUri = fc.oneof(
  fc.tuple(word, word).map(([a, b]) => `hf://${a}/${b}`),
  fc.tuple(label, word).map(([a, b]) => `s3://bucket-${a}/${b}`),
  fc.tuple(label, word).map(([a, b]) => `pvc://${a}/${b}`),
  fc.tuple(label, word).map(([a, b]) => `oci://ghcr.io/${a}:${b}`),
);

const scaling = fc.oneof(
  fc.record({
    mode: fc.constantFrom('wva-hpa', 'wva-keda'),
    minReplicas: fc.integer({ min: 1, max: 3 }),
    maxReplicas: fc.integer({ min: 3, max: 9 }),
    variantCost: maybe(fc.constantFrom('10.0', '7')),
  }),
  fc.record({
    mode: fc.constant('keda'),
    minReplicas: fc.integer({ min: 1, max: 3 }),
    maxReplicas: fc.integer({ min: 3, max: 9 }),
    triggers: fc.constant([
      {
        type: 'prometheus',
        metadata: {
          serverAddress: 'http://prometheus.monitoring:9090',
          query: 'sum(vllm:num_requests_waiting{namespace="llm"})',
          threshold: '5',
        },
      },
    ]),
  }),
);

const size = fc.oneof(
  fc.record({ replicas: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ scaling }),
);

const poolArguments = fc.record(
  {
    'gpu-memory-utilization': fc.constantFrom(0.5, 0.85, 0.95),
    'max-num-seqs': fc.integer({ min: 1, max: 4096 }),
    'max-num-batched-tokens': fc.constantFrom(2048, 8192),
    'enable-prefix-caching': fc.constant(true as const),
    'enforce-eager': fc.constant(true as const),
    'tool-call-parser': fc.constantFrom('hermes', 'llama3_json'),
    'enable-auto-tool-choice': fc.constant(true as const),
    seed: fc.nat(99),
  },
  { requiredKeys: [] },
);

const engine = fc.record(
  {
    'max-model-len': fc.constantFrom(4096, 32768, 131072),
    'kv-cache-dtype': fc.constantFrom('auto', 'fp8'),
    'block-size': fc.constantFrom(16, 64, 128),
    dtype: fc.constantFrom('auto', 'bfloat16'),
    quantization: fc.constantFrom('fp8', 'awq'),
    'attention-backend': fc.constantFrom('FLASH_ATTN', 'FLASHINFER'),
  },
  { requiredKeys: [] },
);

const pods = fc.record({
  image: maybe(digest),
  startupBudgetSeconds: maybe(
    fc.integer({ min: 20, max: 240 }).map(n => n * 30),
  ),
  antiAffinity: fc.constantFrom('preferred', 'required'),
  topologySpread: maybe(
    fc.constant([{ topologyKey: 'topology.kubernetes.io/zone', maxSkew: 2 }]),
  ),
  nodeSelector: maybe(fc.dictionary(label, word, { minKeys: 1, maxKeys: 3 })),
  tolerations: maybe(
    fc.constant([
      { key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' },
    ]),
  ),
  sharedMemory: maybe(fc.constantFrom('8Gi', '16Gi')),
  huggingFaceToken: maybe(
    fc.record({ secret: label, key: fc.constantFrom('HF_TOKEN', 'token') }),
  ),
  imagePullSecrets: maybe(fc.array(label, { minLength: 1, maxLength: 2 })),
  serviceAccount: maybe(label),
  priorityClass: maybe(label),
  queue: maybe(label),
});

const FABRICS: Record<FabricKind, fc.Arbitrary<Record<string, unknown>>> = {
  roce: fc.record({
    kind: fc.constant('roce'),
    resource: fc.constantFrom('rdma/roce_gdr', 'rdma/hca_shared_devices_a'),
    count: maybe(fc.integer({ min: 1, max: 8 })),
    networks: maybe(
      fc.constantFrom(['roce-p2'], ['net/roce-a', 'roce-b@net2']),
    ),
    gidIndex: maybe(fc.constant(3)),
  }),
  infiniband: fc.record({
    kind: fc.constant('infiniband'),
    resource: fc.constantFrom('rdma/ib', 'rdma/shared_ib'),
    transports: maybe(
      fc.constantFrom('rc,sm,self,cuda_copy,cuda_ipc,gdr_copy'),
    ),
    netDevices: maybe(fc.constantFrom('mlx5_0:1', 'mlx5_0:1,mlx5_1:1')),
  }),
  efa: fc.record({
    kind: fc.constant('efa'),
    resource: fc.constant('vpc.amazonaws.com/efa'),
    count: fc.constantFrom(1, 4),
  }),
  amd: fc.record({
    kind: fc.constant('amd'),
    resource: fc.constant('rdma/hca_shared_devices_a'),
    networks: maybe(fc.constant(['ionic-a'])),
  }),
  none: fc.record({ kind: fc.constant('none') }),
};

/** Parallelism of both pools that fits together, on one node or on several. */
const shapes = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(1, 2, 4),
      fc.constantFrom(1, 2),
      maybe(fc.constant(2)),
      maybe(fc.constant(true as const)),
    )
    .map(([tensor, factor, pipeline, expert]) => ({
      decode: { tensor: tensor * factor, expert },
      prefill: { tensor, pipeline, expert },
    })),
  fc
    .tuple(fc.constantFrom(2, 4, 8), fc.constantFrom(2, 4), fc.boolean())
    .map(([dataLocal, nodes, mixed]) => ({
      decode: {
        tensor: 1,
        data: dataLocal * nodes,
        dataLocal,
        expert: true as const,
      },
      prefill: mixed
        ? { tensor: 1 }
        : { tensor: 1, data: dataLocal * 2, dataLocal, expert: true as const },
    })),
);

/** Specs over every scheme, topology, connector, fabric and way of scaling; each one is valid. */
export const arbitrarySpec: fc.Arbitrary<PdServiceSpec> = fc
  .record({
    identity: fc.record({
      name,
      namespace: label,
      cluster: word.filter(text => /^[A-Za-z0-9-]*[A-Za-z0-9]$/.test(text)),
      kserveVersion: fc.constantFrom('0.18', '0.19.1', '0.20', '0.21'),
      profile: maybe(label),
      title: maybe(prose),
      description: maybe(prose),
      owner: fc.constantFrom('group:default/ml', 'search-team', 'user:jo/ann'),
      system: maybe(label),
      lifecycle: fc.constantFrom('experimental', 'production'),
      stopped: maybe(fc.constant(true as const)),
    }),
    others: maybe(
      fc.constantFrom(
        [{ cluster: 'other-1' }],
        [{ cluster: 'other-1', prefillReplicas: 3 }, { cluster: 'other_2' }],
      ),
    ),
    model: fc.record({
      uri: modelUri,
      name: fc.tuple(word, word).map(([a, b]) => `${a}/${b}`),
      lora: maybe(
        fc.constant({
          adapters: [
            { name: 'sql', uri: 'hf://org/sql-lora' },
            { name: 'chat.v2', uri: 's3://loras/chat' },
          ],
          maxRank: 64,
        }),
      ),
    }),
    fabric: fc
      .constantFrom(...(Object.keys(FABRICS) as FabricKind[]))
      .chain(kind => FABRICS[kind]),
    gpus: fc.boolean(),
    shapes,
    sizes: fc.tuple(size, size),
    arguments: fc.tuple(poolArguments, poolArguments),
    engine,
    pods,
    kvTransfer: fc.record({
      loadFailurePolicy: maybe(fc.constantFrom('fail', 'recompute')),
      sideChannelPort: fc.constantFrom(5600, 5600, 20000),
      offloading: maybe(fc.constantFrom({ cpu: '10Gi' }, { cpu: '20Gi' })),
    }),
    router: fc.record({
      gateways: maybe(fc.constant([{ name: 'public', namespace: 'gateways' }])),
      splitAboveUncachedTokens: maybe(fc.constantFrom(256, 2048)),
    }),
  })
  .map(parts => parsePdServiceSpec(assemble(parts as unknown as Parts)))
  .filter(parsed => parsed.ok)
  .map(parsed => (parsed as { value: PdServiceSpec }).value);

interface Parts {
  identity: Record<string, unknown>;
  others?: object[];
  fabric: Record<string, unknown>;
  gpus: boolean;
  shapes: { decode: Shape; prefill: Shape };
  sizes: [object, object];
  arguments: [object, object];
  [part: string]: unknown;
}

interface Shape {
  tensor: number;
  pipeline?: number;
  data?: number;
  dataLocal?: number;
  expert?: true;
}

function assemble(parts: Parts): unknown {
  const { identity, others, gpus, shapes: both, sizes, arguments: own } = parts;
  const { fabric, ...rest } = parts;
  const onCpu = fabric.kind === 'none' && !gpus;
  const vendor = fabric.kind === 'amd' ? 'amd.com/gpu' : 'nvidia.com/gpu';
  const pool = (shape: Shape, index: 0 | 1) => ({
    ...sizes[index],
    parallelism: onCpu ? { tensor: 1 } : shape,
    multiNode: !onCpu && shape.data ? true : undefined,
    gpu: onCpu
      ? undefined
      : {
          resource: vendor,
          count: shape.tensor * (shape.pipeline ?? 1) * (shape.dataLocal ?? 1),
        },
    cpu: { request: '2', limit: '4' },
    memory: { request: '64Gi', limit: '128Gi' },
    cpuKvCacheGiB: onCpu ? 4 : undefined,
    arguments: own[index],
  });
  return JSON.parse(
    JSON.stringify({
      ...identity,
      otherClusters: others,
      model: rest.model,
      engine: rest.engine,
      pods: rest.pods,
      kvTransfer: rest.kvTransfer,
      router: rest.router,
      fabric,
      decode: pool(both.decode, 0),
      prefill: pool(both.prefill, 1),
    }),
  );
}
