import { MAIN_CONTAINER, SIDECAR_CONTAINER } from '../../resource/containers';
import { findParallelismProblem } from '../../resource/engineIntent';
import type { Facts, PoolFacts } from '../facts/Facts';
import { analyzeKvPath } from '../kv/analyzeKvPath';
import { evidence } from '../quote';
import type { CauseDefinition, Finding } from './CauseDefinition';
import { betweenPools } from './betweenPools';
import {
  HANDSHAKE_FAILED,
  INCOMPATIBLE,
  OLDER_HANDSHAKE_FAILED,
  UNANSWERED,
} from './handshake';
import {
  findInLogs,
  fromLog,
  isOverByCount,
  type LogMatch,
} from './engineLogs';

const REMOTE_HOST = /'remote_host': '([^']+)'/i;
const ENGINE_MISMATCH =
  /Remote NIXL agent engine ID mismatch\. Expected \S+?,\s?received \S+/i;
const DISCONNECTED = [
  /NIXL_ERR_REMOTE_DISCONNECT/i,
  /UCX AM send failed with status -80 \(Endpoint timeout\)/i,
];
const TRANSFER_FAILED = [
  /NIXL transfer failure: (transfer_setup_failed|transfer_failed|transfer_exception|notification_failed)/i,
  /NIXL_ERR_BACKEND/i,
];
const PREFILL_REQUEST_FAILED = /prefill request failed/i;

function isLocal(host: string | undefined): boolean {
  return host === undefined || /^(?:localhost|127\.|::1$)/.test(host);
}

/** Host of the peer in a line, or in the failure that it belongs to a few lines above. */
function remoteHost({ lines, index }: LogMatch): string | undefined {
  for (let at = index; at >= Math.max(0, index - 5); at--) {
    const host = REMOTE_HOST.exec(lines[at])?.[1];
    if (host) {
      return host;
    }
  }
  return undefined;
}

const TRACEBACK_LINES = 40;

/** Whether a real peer did not answer. A line without its address counts where the traceback shows the network. */
function isUnanswered(match: LogMatch): boolean {
  const host = remoteHost(match);
  const { lines, index } = match;
  return host === undefined
    ? lines
        .slice(index, index + TRACEBACK_LINES)
        .some(line => UNANSWERED.test(line))
    : !isLocal(host);
}

const KV_PARALLEL = [
  /Local block size \d+ is not divisible by remote block size/i,
];
const NEAR_NIXL = /AssertionError|IndexError: list index out of range|KeyError/;

/** Errors without words of their own, within five lines of nixl code. */
function findParallelErrors(
  facts: Facts,
  decode: PoolFacts,
  prefill: PoolFacts,
): Finding[] {
  const sizes = findParallelismProblem(
    decode.engine?.tensor ?? 1,
    prefill.engine?.tensor ?? 1,
  );
  const direct = findInLogs(facts, [decode, prefill], KV_PARALLEL);
  const indirect = sizes
    ? findInLogs(facts, [decode, prefill], [NEAR_NIXL]).filter(
        ({ lines, index }) =>
          lines
            .slice(Math.max(0, index - 5), index + 6)
            .some(line => /nixl/i.test(line)),
      )
    : [];
  return [...direct, ...indirect].map(match =>
    fromLog(match, {
      detail: {
        sizes,
        decode: String(decode.engine?.tensor ?? 1),
        prefill: String(prefill.engine?.tensor ?? 1),
      },
    }),
  );
}

function findStaleAgents(
  facts: Facts,
  decode: PoolFacts,
  prefill: PoolFacts,
): Finding[] {
  const replaced = findInLogs(facts, [decode], [ENGINE_MISMATCH]).filter(
    match => !isLocal(remoteHost(match)),
  );
  const disconnected =
    (prefill.ready ?? 0) > 0 ? findInLogs(facts, [decode], DISCONNECTED) : [];
  const youngest = Math.max(
    ...prefill.current.map(({ createdAt }) => createdAt ?? 0),
    0,
  );
  const oldest = Math.min(
    ...decode.current.map(({ createdAt }) => createdAt ?? Infinity),
    Infinity,
  );
  const afterRestart =
    youngest > oldest
      ? findInLogs(facts, [decode], TRANSFER_FAILED).filter(({ pod }) =>
          isFailingNow(facts, pod.name),
        )
      : [];
  return [...replaced, ...disconnected, ...afterRestart].map(match =>
    fromLog(match),
  );
}

/** Whether failed transfers are counted for a pod now, as opposed to one line in a log. */
function isFailingNow(facts: Facts, pod: string): boolean {
  const metrics = facts.metrics.read(pod);
  return (
    metrics.state === 'Window' &&
    metrics.window.increases.some(
      ({ name, value }) =>
        name === 'vllm:nixl_num_failed_transfers' &&
        (value ?? 0) >= facts.thresholds.failedTransfers,
    )
  );
}

function findFailingTransfers(facts: Facts, decode: PoolFacts): Finding[] {
  const { thresholds } = facts;
  const { measurements } = analyzeKvPath(facts);
  const failed =
    (measurements.failedTransfers ?? 0) +
    (measurements.failedNotifications ?? 0);
  const total = (measurements.observations ?? 0) + failed;
  const counted =
    // Of how many, is not known otherwise.
    measurements.observations !== undefined &&
    failed >= thresholds.failedTransfers &&
    failed > thresholds.failedTransfersWarning * total;
  const lines = findInLogs(facts, [decode], TRANSFER_FAILED).filter(({ pod }) =>
    pod.containers.some(
      ({ name, state }) => name === MAIN_CONTAINER && state?.kind === 'running',
    ),
  );
  const sidecar = findInLogs(facts, [decode], [PREFILL_REQUEST_FAILED], {
    container: SIDECAR_CONTAINER,
  });
  const policy = decode.kvConfig?.fields.kv_load_failure_policy ?? 'fail';
  const severe =
    counted &&
    policy === 'fail' &&
    failed > thresholds.failedTransfersCritical * total;
  const severity = severe ? ('Critical' as const) : undefined;
  const findings = [...lines, ...sidecar].map(match =>
    fromLog(match, { severity }),
  );
  if (counted) {
    findings.push({
      pool: 'decode',
      subjects: measurements.measured.map(pod => `Pod/${pod}`),
      severity,
      evidence: [
        evidence(
          'Metric',
          measurements.measured.map(pod => `Pod/${pod}`).join(', '),
          `vllm:nixl_num_failed_transfers_total +${failed} of ${total}`,
        ),
      ],
    });
  }
  return findings;
}

const EXPIRED = 'vllm:nixl_num_kv_expired_reqs';

function findExpiredBlocks(facts: Facts, prefill: PoolFacts): Finding[] {
  const findings = findInLogs(
    facts,
    [prefill],
    [/Releasing expired KV blocks for request \S+ .*retrieved by (\d+)/i],
  )
    .filter(match => !isOverByCount(match, EXPIRED, facts))
    .map(match => fromLog(match));
  const { expired = 0 } = analyzeKvPath(facts).measurements;
  if (expired > 0) {
    findings.push({
      pool: 'prefill',
      subjects: prefill.current.map(({ name }) => `Pod/${name}`),
      evidence: [
        evidence(
          'Metric',
          prefill.current.map(({ name }) => `Pod/${name}`).join(', '),
          `vllm:nixl_num_kv_expired_reqs_total +${expired}`,
        ),
      ],
    });
  }
  return findings;
}

/** What goes wrong between running engines. */
export const kvTransferCauses: CauseDefinition[] = [
  {
    id: 'kv-compatibility-mismatch',
    severity: 'Critical',
    step: 'kvPath',
    title: 'The engines refuse each other',
    podsSummary: 'refuse to exchange KV blocks: the engines are not compatible',
    explanation:
      'Prefill and decode differ in vLLM version, model, data type, KV cache type, attention backend or KV layout, so NIXL refuses the handshake. GPUs of different generations choose different attention backends.',
    remedy:
      'Use the same image digest and the same engine arguments in spec.template and spec.prefill.template. Do not set enforce_handshake_compat: false: it hides the difference and can corrupt answers.',
    findInService: betweenPools((facts, decode, prefill) =>
      findInLogs(facts, [decode, prefill], INCOMPATIBLE).map(match =>
        fromLog(match),
      ),
    ),
  },
  {
    id: 'kv-parallelism-unsupported',
    severity: 'Critical',
    step: 'kvPath',
    title: 'Parallelism of the pools does not fit',
    podsSummary: ({ detail }) =>
      `cannot exchange KV blocks: ${
        detail.sizes ?? 'their block sizes do not fit'
      }`,
    explanation: ({ detail }) =>
      `NIXL cannot map the KV blocks of one pool onto the other${
        detail.sizes ? `: ${detail.sizes}` : ''
      }.`,
    remedy:
      'Make spec.parallelism.tensor (decode) a multiple of spec.prefill.parallelism.tensor, with the GPU limits to match, and use the same --block-size in both pools.',
    findInService: betweenPools(findParallelErrors),
  },
  {
    id: 'stale-kv-agent',
    severity: 'Critical',
    step: 'kvPath',
    title: 'Decode still knows a prefill pod that is gone',
    podsSummary: 'still hold connections to a prefill pod that was replaced',
    explanation:
      'A prefill pod was replaced, and decode pods that were connected to the old one keep its address. Transfers from the new pod fail.',
    remedy:
      'Restart the decode pods that were connected (delete them one by one). Keep kv_load_failure_policy as it is until then.',
    findInService: betweenPools(findStaleAgents),
  },
  {
    id: 'side-channel-unreachable',
    severity: 'Critical',
    step: 'kvPath',
    title: 'Decode cannot reach prefill for the handshake',
    podsSummary: ({ detail }) =>
      `cannot reach prefill${
        detail.host ? ` at ${detail.host}` : ''
      }: the NIXL handshake fails`,
    explanation: ({ detail }) =>
      `Before the first transfer decode asks prefill for its memory layout over TCP, and ${
        detail.host ?? 'prefill'
      } does not answer.`,
    remedy:
      'Allow TCP port 5600 (plus the data parallel rank) between the pods of both pools in NetworkPolicy, and check that the prefill pods are ready.',
    findInService: betweenPools((facts, decode) =>
      findInLogs(facts, [decode], [HANDSHAKE_FAILED, OLDER_HANDSHAKE_FAILED])
        .filter(isUnanswered)
        .map(match => fromLog(match, { detail: { host: remoteHost(match) } })),
    ),
  },
  {
    id: 'kv-transfer-failing',
    severity: 'Warning',
    step: 'kvPath',
    title: 'KV transfers fail',
    podsSummary: 'have failing KV transfers',
    explanation:
      'Some transfers of KV blocks fail. With kv_load_failure_policy fail (the default) their requests fail too, otherwise decode computes the prompt again.',
    remedy:
      'Look at the fabric and the peer named in the quoted line: the RDMA link of both nodes, and whether the prefill pod restarted.',
    findInService: betweenPools((facts, decode) =>
      findFailingTransfers(facts, decode),
    ),
  },
  {
    id: 'kv-blocks-expired',
    severity: 'Warning',
    step: 'kvPath',
    title: 'KV blocks expire before decode fetches them',
    podsSummary: 'released KV blocks that decode had not fetched in time',
    explanation:
      'Prefill keeps the KV blocks of a request for a limited time. Decode fetched them too late, so those prompts are computed again.',
    remedy:
      'Give decode more capacity (spec.replicas), or a longer lease: kv_connector_extra_config.kv_lease_duration from vLLM 0.22 on, before that the variable VLLM_NIXL_ABORT_REQUEST_TIMEOUT in spec.prefill.template.',
    findInService: betweenPools((facts, _, prefill) =>
      findExpiredBlocks(facts, prefill),
    ),
  },
  {
    id: 'kv-blocks-invalid',
    severity: 'Critical',
    step: 'kvPath',
    title: 'Answers may be wrong',
    podsSummary:
      'saw KV blocks fetched after they may have been freed: answers can be wrong although requests succeed',
    explanation:
      'Decode may have read KV blocks that prefill had already freed. Wrong text with HTTP 200 is possible.',
    remedy:
      'Stop sending traffic until this is clear. Set a longer lease (kv_connector_extra_config.kv_lease_duration) in the KV transfer config of both pools and restart them.',
    findInService: betweenPools((facts, decode, prefill) =>
      findInLogs(
        facts,
        [decode, prefill],
        [/Potentially invalid KV blocks for unrecognized request/i],
      ).map(match => fromLog(match)),
    ),
  },
];
