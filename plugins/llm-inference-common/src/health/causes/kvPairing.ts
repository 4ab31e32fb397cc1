import { SIDECAR_CONTAINER } from '../../resource/containers';
import { findRdmaIntent } from '../../resource/engineIntent';
import { readSideChannelHost } from '../../resource/environment';
import {
  findTransferConnector,
  isNixlConnector,
} from '../../resource/kvTransferConfig';
import { EFA_RESOURCE } from '../../resource/resourceNames';
import { findUcxTransportsProblem } from '../../resource/ucxTransports';
import { enginePools, type Facts, type PoolFacts } from '../facts/Facts';
import { analyzeKvPath } from '../kv/analyzeKvPath';
import { evidence } from '../quote';
import type { Evidence } from '../ServingHealth';
import type { CauseDefinition, Finding } from './CauseDefinition';
import { asksForRdma, findInLogs } from './engineLogs';
import { mainOf, specOf, templateOf, word } from './words';

/** What a pool is called in a finding: its workload, or the resource where it has none. */
function subjectOf(pool: PoolFacts, facts: Facts): string {
  return pool.workload
    ? `${pool.workload.kind}/${pool.workload.name}`
    : `LLMInferenceService/${facts.service.name}`;
}

const NO_CONNECTOR = /Got kv_transfer_params, but no KVConnector found/i;
const NO_PARAMETERS =
  /missing 'kv_transfer_params' field in prefiller response/i;

const connectorFlag = (role: string) =>
  `--kv-transfer-config '{"kv_connector":"NixlConnector","kv_role":"${role}"}'`;

function findMissingConnector(facts: Facts): Finding[] {
  const { decode, prefill } = facts;
  if (!prefill) {
    return [];
  }
  const { pairing, configurationEvidence } = analyzeKvPath(facts);
  const missing = new Set<PoolFacts>();
  if (/^(?:None|PrefillOnly)$/.test(pairing.configuration)) {
    missing.add(decode);
  }
  if (/^(?:None|DecodeOnly)$/.test(pairing.configuration)) {
    missing.add(prefill);
  }
  const proof: Evidence[] = [];
  for (const { pool, pod, line } of findInLogs(
    facts,
    enginePools(facts),
    [NO_CONNECTOR],
    { lasting: true },
  )) {
    missing.add(pool);
    proof.push(evidence('Log', `Pod/${pod.name}`, line));
  }
  for (const { pod, line } of findInLogs(facts, [decode], [NO_PARAMETERS], {
    container: SIDECAR_CONTAINER,
  })) {
    missing.add(prefill);
    proof.push(evidence('Log', `Pod/${pod.name}`, line));
  }
  if (missing.size === 0) {
    return [];
  }
  const pools = [decode, prefill].filter(pool => missing.has(pool));
  const [only] = pools;
  return [
    {
      pool: pools.length === 1 ? only.name : undefined,
      subjects: pools.map(pool => subjectOf(pool, facts)),
      evidence: [...proof, ...configurationEvidence],
      detail: {
        pools: pools.length === 1 ? only.name : 'both pools',
        missing: pools.length === 1 ? only.name : 'both',
        remedy: pools
          .map(pool =>
            pool === decode
              ? `${connectorFlag('kv_consumer')} in spec.template`
              : `${connectorFlag('kv_producer')} in spec.prefill.template`,
          )
          .join(', and '),
      },
    },
  ];
}

const LOCAL_HOST =
  /NIXL transfer failure.*'remote_host': '(?:localhost|127\.0\.0\.1|::1)'/i;
const ENGINE_MISMATCH =
  /Remote NIXL agent engine ID mismatch\. Expected \S+?,\s?received \S+/i;

function findUnsetSideChannel(facts: Facts): Finding[] {
  const { prefill, decode } = facts;
  const connector = findTransferConnector(prefill?.kvConfig);
  if (
    !prefill?.engine ||
    prefill.engine.source === 'Spec' ||
    !connector ||
    !isNixlConnector(connector.name)
  ) {
    return [];
  }
  const host = readSideChannelHost(prefill.engine.environment);
  // 0.0.0.0 is bound, not advertised as such by every version; without a failed handshake it is left alone.
  const wrong =
    host.state === 'Unset' ||
    (host.state === 'Literal' && host.value !== '0.0.0.0');
  if (host.state === 'PodIp' || host.state === 'Other') {
    return [];
  }
  const proof = findInLogs(facts, [decode], [LOCAL_HOST, ENGINE_MISMATCH]);
  if (!wrong && proof.length === 0) {
    return [];
  }
  const shown =
    host.state === 'Literal'
      ? `VLLM_NIXL_SIDE_CHANNEL_HOST=${host.value}`
      : 'VLLM_NIXL_SIDE_CHANNEL_HOST is not set, so localhost is advertised';
  return [
    {
      pool: 'prefill',
      subjects: [subjectOf(prefill, facts)],
      severity: proof.length > 0 ? undefined : 'Warning',
      evidence: [
        ...proof.map(({ pod, line }) =>
          evidence('Log', `Pod/${pod.name}`, line),
        ),
        evidence('Spec', prefill.engine.object, shown),
      ],
      detail: {
        value: host.state === 'Literal' ? host.value : undefined,
      },
    },
  ];
}

function findMisconfiguredTransports(facts: Facts): Finding[] {
  return enginePools(facts).flatMap(pool => {
    const { engine } = pool;
    if (!engine || !facts.disaggregated || !asksForRdma(pool)) {
      return [];
    }
    const list = engine.environment.get('UCX_TLS')?.value;
    const efa = engine.devices.some(({ name }) => name === EFA_RESOURCE);
    const problem = findUcxTransportsProblem(list, efa);
    return problem
      ? [
          {
            pool: pool.name,
            subjects: [subjectOf(pool, facts)],
            severity: problem.kind === 'NoNetwork' ? 'Critical' : undefined,
            evidence: [evidence('Spec', engine.object, `UCX_TLS=${list}`)],
            detail: {
              problem: problem.problem,
              code: problem.kind,
              list,
              efa: efa ? 'yes' : undefined,
            },
          },
        ]
      : [];
  });
}

function findUnrequestedRdma(facts: Facts): Finding[] {
  const { decode, prefill } = facts;
  if (!decode.engine || !prefill?.engine) {
    return [];
  }
  const pools = [decode, prefill];
  // What a base config or preset adds does not show in the resource itself.
  if (pools.some(({ engine }) => engine?.source === 'Spec')) {
    return [];
  }
  const other = (pool: PoolFacts) => (pool === decode ? prefill : decode);
  return pools.flatMap(pool => {
    const { engine } = pool;
    if (!engine || asksForRdma(pool)) {
      return [];
    }
    const intent = findRdmaIntent(engine.environment, engine.networks);
    const oneSided = asksForRdma(other(pool));
    if (!intent && !oneSided) {
      return [];
    }
    const sign = intent?.sign ?? `${other(pool).name} requests an RDMA device`;
    return [
      {
        pool: pool.name,
        subjects: [subjectOf(pool, facts)],
        evidence: [
          evidence(
            'Spec',
            engine.object,
            `${sign}; container main requests ${
              engine.devices.map(({ name }) => name).join(', ') || 'no device'
            }`,
          ),
        ],
        detail: { sign, other: intent ? undefined : other(pool).name },
      },
    ];
  });
}

/** Whether the pools are told the same about KV transfer. */
export const kvPairingCauses: CauseDefinition[] = [
  {
    id: 'kv-connector-missing',
    severity: 'Critical',
    step: 'pairing',
    title: ({ detail }) => `No KV connector in ${detail.pools}`,
    summary: ({ detail }) =>
      `no KV connector in ${detail.pools}: every prompt is computed twice`,
    explanation:
      'Both pools run and requests are answered, but the engines were not told to hand over the KV cache. Decode computes every prompt again, so prefill does nothing useful.',
    remedy: ({ detail }) =>
      `Add ${detail.remedy}, in the variable VLLM_ADDITIONAL_ARGS of container main.`,
    findInService: findMissingConnector,
  },
  {
    id: 'kv-role-mismatch',
    severity: 'Critical',
    step: 'pairing',
    title: 'The KV connectors of the pools do not fit',
    summary: ({ detail }) =>
      `the KV connectors do not fit each other: ${detail.problem}`,
    explanation: ({ detail }) =>
      `The pools cannot hand over the KV cache: ${detail.problem}.`,
    remedy:
      'Use the same connector in both pools, kv_role kv_consumer in spec.template (decode) and kv_producer in spec.prefill.template, in VLLM_ADDITIONAL_ARGS; the routing sidecar needs --kv-connector=nixlv2 for NixlConnector.',
    findInService(facts) {
      if (!facts.prefill) {
        return [];
      }
      const { pairing, configurationEvidence } = analyzeKvPath(facts);
      return pairing.configuration === 'Mismatched'
        ? [
            {
              subjects: [facts.decode, facts.prefill].map(pool =>
                subjectOf(pool, facts),
              ),
              evidence: configurationEvidence,
              detail: { problem: pairing.problem, ...pairing.words },
            },
          ]
        : [];
    },
  },
  {
    id: 'side-channel-host-unset',
    severity: 'Critical',
    step: 'pairing',
    title: 'Prefill advertises the wrong address',
    summary: ({ detail }) =>
      detail.value
        ? `every prefill pod advertises ${detail.value} for KV transfer: decode cannot find the right one`
        : 'prefill advertises localhost for KV transfer: decode shakes hands with itself',
    explanation:
      'Each prefill pod must tell decode its own address. Without VLLM_NIXL_SIDE_CHANNEL_HOST it says localhost, and a fixed value is wrong for all pods but one; VLLM_HOST_IP and POD_IP do not replace it.',
    remedy:
      'Set the variable VLLM_NIXL_SIDE_CHANNEL_HOST from fieldRef status.podIP on container main of both pools (spec.template and spec.prefill.template).',
    findInService: findUnsetSideChannel,
  },
  {
    id: 'ucx-transports-misconfigured',
    severity: 'Warning',
    step: 'pairing',
    title: 'UCX_TLS does not fit RDMA',
    summary: ({ detail }) => `${detail.problem}`,
    explanation: cause =>
      `The ${cause.pool} pods request an RDMA device, but ${word(
        cause,
        'problem',
        '',
      )}.`,
    remedy: cause =>
      cause.detail.efa
        ? `Remove UCX_TLS from ${mainOf(
            cause,
          )}.env and set kv_connector_extra_config.backends to ["LIBFABRIC"] in the KV transfer config of both pools.`
        : `Set UCX_TLS to rc,sm,self,cuda_copy,cuda_ipc on ${mainOf(
            cause,
          )} (AMD: rc,sm,self,rocm_copy,rocm_ipc).`,
    findInService: findMisconfiguredTransports,
  },
  {
    id: 'rdma-not-requested',
    severity: 'Warning',
    step: 'pairing',
    title: cause => `No RDMA device requested for ${cause.pool}`,
    summary: cause =>
      `RDMA is meant but the ${cause.pool} pods request no RDMA device`,
    explanation: ({ detail }) =>
      `RDMA is meant (${detail.sign}), but without a device in its resources the pod cannot use it.`,
    remedy: cause =>
      `Add the RDMA resource of your cluster (for example rdma/roce_gdr: 1) to limits and requests of ${templateOf(
        cause,
      )}.containers[main].resources; both pools need it. Without RDMA, remove the settings that ask for it from ${specOf(
        cause,
      )}.`,
    findInService: findUnrequestedRdma,
  },
];
