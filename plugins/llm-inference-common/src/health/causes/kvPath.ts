import { MAIN_CONTAINER } from '../../resource/containers';
import { findContainerStatus, imageDigest } from '../../resource/pod';
import { enginePools, type Facts, type PoolFacts } from '../facts/Facts';
import { analyzeKvPath } from '../kv/analyzeKvPath';
import { transferRate } from '../kv/effectiveness';
import { evidence } from '../quote';
import type { Evidence } from '../ServingHealth';
import { betweenPools } from './betweenPools';
import type { CauseDefinition, Finding } from './CauseDefinition';
import { asksForRdma, findInLogs, fromLog } from './engineLogs';
import { HANDSHAKE_FAILED, INCOMPATIBLE } from './handshake';

const NO_ROCE = [
  /\[Infer RoCE\] WARNING: No active RoCE HCAs found/i,
  /\[Infer RoCE\] ERROR: No valid IPv4 .*GID_INDEX found/i,
];

function findTcp(facts: Facts, decode: PoolFacts, prefill: PoolFacts) {
  const { fabric, measurements } = analyzeKvPath(facts);
  const names = decode.engine?.environment.get('UCX_TLS')?.value ?? '';
  const asked =
    [decode, prefill].some(
      pool =>
        asksForRdma(pool) ||
        pool.engine?.environment.get('KSERVE_INFER_ROCE')?.value === 'true',
    ) || /(?:^|,)rc/.test(names);
  if (fabric.fabric !== 'Tcp' || !asked) {
    return [];
  }
  const rate = transferRate(measurements);
  const slow: Evidence[] =
    rate === undefined
      ? []
      : [
          evidence(
            'Metric',
            measurements.measured.map(pod => `Pod/${pod}`).join(', '),
            `${Math.round(rate / 1e6)} MB/s of KV transfer`,
          ),
        ];
  return [
    {
      pool: 'decode' as const,
      subjects: [...new Set(fabric.evidence.map(({ object }) => object))],
      evidence: [...fabric.evidence, ...slow],
      detail: { list: names || undefined },
    },
  ];
}

function findMixedVersions(facts: Facts): Finding[] {
  const byDigest = new Map<string, string[]>();
  for (const pool of enginePools(facts)) {
    for (const pod of pool.current) {
      const main = pod.ready
        ? findContainerStatus(pod, MAIN_CONTAINER)
        : undefined;
      const digest = main && imageDigest(main);
      const known = digest && byDigest.get(digest);
      if (known) {
        known.push(pod.name);
      } else if (digest) {
        byDigest.set(digest, [pod.name]);
      }
    }
  }
  if (byDigest.size < 2) {
    return [];
  }
  const rolling = enginePools(facts).some(pool => pool.rolling);
  const refused = findInLogs(facts, enginePools(facts), [
    HANDSHAKE_FAILED,
    ...INCOMPATIBLE,
  ]);
  const groups = [...byDigest].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    {
      subjects: groups.flatMap(([, pods]) => pods.map(pod => `Pod/${pod}`)),
      severity: rolling && refused.length === 0 ? 'Info' : undefined,
      evidence: groups.map(([digest, [pod]]) =>
        evidence('ContainerStatus', `Pod/${pod}`, `main: ${digest}`),
      ),
      detail: {
        count: String(byDigest.size),
        rolling: rolling ? 'yes' : undefined,
        refused: refused.length > 0 ? 'yes' : undefined,
      },
    },
  ];
}

/** Pods of one service that do not belong together: by their images. */
export const versionCauses: CauseDefinition[] = [
  {
    id: 'mixed-pool-versions',
    severity: 'Warning',
    step: 'kvPath',
    title: 'Pods that serve run different images',
    summary: ({ detail }) =>
      `pods that serve run ${detail.count} different engine images${
        detail.refused ? ', and they refuse to exchange KV blocks' : ''
      }`,
    explanation: ({ detail }) =>
      `Ready pods of the two pools run ${
        detail.count
      } different image digests. Engines exchange KV blocks only with an engine of the same build${
        detail.rolling ? '; a rollout is moving, so this may end by itself' : ''
      }${detail.refused ? '' : '. No refusal was seen so far'}.`,
    remedy:
      'Finish the rollout or roll it back, and change the image of both pools (spec.template and spec.prefill.template) in one commit, by the same digest.',
    findInService: betweenPools(findMixedVersions),
  },
];

/** The way the KV blocks take, by logs and measurement. */
export const kvPathCauses: CauseDefinition[] = [
  {
    id: 'rdma-fallback-tcp',
    severity: 'Warning',
    step: 'kvPath',
    title: 'KV transfer runs over TCP instead of RDMA',
    summary: 'KV blocks travel over TCP although RDMA was asked for',
    explanation: ({ detail }) =>
      `RDMA devices are there, but UCX chose TCP between the nodes${
        detail.list ? ` (UCX_TLS=${detail.list})` : ' (UCX_TLS is not set)'
      }. Everything works, and every transfer takes many times longer.`,
    remedy:
      'Set UCX_TLS=rc,sm,self,cuda_copy,cuda_ipc on container main of both pools: then a broken fabric fails aloud instead of being slow in silence. Check that the RDMA interface is in the pods and its port is active.',
    findInService: betweenPools(findTcp),
  },
  {
    id: 'roce-inference-failed',
    severity: 'Warning',
    step: 'kvPath',
    title: 'No usable RoCE device was found',
    podsSummary: 'found no usable RoCE device',
    explanation:
      'KSERVE_INFER_ROCE looks for an active mlx5 port with a RoCE v2 IPv4 address in the pod, and found none. NIXL is then left to guess.',
    remedy:
      'The port must be active and its interface needs an IP address from the network attachment. On InfiniBand, EFA, Broadcom or AMD network cards do not set KSERVE_INFER_ROCE.',
    findInService: facts =>
      findInLogs(facts, enginePools(facts), NO_ROCE, { lasting: true }).map(
        match => fromLog(match),
      ),
  },
  {
    id: 'prefill-bypassed',
    severity: 'Warning',
    step: 'kvPath',
    title: 'Prefill does nothing for decode',
    summary: ({ detail }) => `prefill is bypassed: ${detail.reason}`,
    explanation: ({ detail }) =>
      `By measurement ${detail.reason}. The prefill pods cost GPUs without making decode faster.`,
    remedy:
      'Look for a failed KV connector in the log of container main on decode (NIXL lines) and at the decisions of the scheduler; compare VLLM_ADDITIONAL_ARGS of both pools.',
    findInService: betweenPools(facts => {
      const { effectiveness } = analyzeKvPath(facts);
      return effectiveness.effectiveness === 'Bypassed'
        ? [
            {
              subjects: [`LLMInferenceService/${facts.service.name}`],
              evidence: effectiveness.evidence,
              detail: { reason: effectiveness.reason, ...effectiveness.words },
            },
          ]
        : [];
    }),
  },
];
