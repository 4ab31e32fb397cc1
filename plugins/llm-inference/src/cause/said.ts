import {
  CAUSE_IDS,
  SUMMARY_SAYINGS,
  VERDICTS,
} from 'backstage-plugin-llm-inference-common';
import type {
  CauseId,
  SourceState,
  UnmeasuredPod,
} from 'backstage-plugin-llm-inference-common';
import { asSaid } from '../translation/asSaid';

/**
 * The texts of one cause. A text may have variants: `title/claims` is said where there is a word `claims`, and
 * `remedy/reason=Pending` where the word `reason` is `Pending`; the first that fits, else the plain one.
 */
function texts<K extends string = never>(...variants: K[]) {
  return asSaid(['title', 'explanation', 'remedy', ...variants] as const);
}

/** What the backend says of causes. */
const causeTexts = {
  'insufficient-rdma': texts(),
  'insufficient-gpu': texts('title/claims'),
  'insufficient-cpu-memory': texts('title/slots', 'explanation/slots'),
  'node-selector-mismatch': texts(),
  'untolerated-taint': texts(
    'title/taint',
    'explanation/taint',
    'remedy/taint',
  ),
  'anti-affinity-unsatisfied': texts(),
  'volume-not-bound': texts('title/claim', 'remedy/claim'),
  'quota-exceeded': texts(
    'title/missing',
    'explanation/missing',
    'remedy/missing',
  ),
  'pod-security-violation': texts('title/level', 'explanation/what'),
  'extended-resource-invalid': texts('title/resource'),
  'device-allocation-failed': texts('title/device', 'remedy/node'),
  'scheduling-gated': texts(),
  'network-attachment-missing': texts(),
  'secondary-network-failed': texts('title/network'),
  'secondary-network-ip-exhausted': texts(),
  'cni-plugin-missing': texts('remedy/node'),
  'sandbox-stuck': texts('remedy/node'),
  'rdma-device-not-attached': texts(),
  'image-pull-unauthorized': texts('explanation/registry'),
  'image-not-found': texts(),
  'image-rate-limited': texts(),
  'image-pull-failed': texts('remedy/registry'),
  'config-reference-missing': texts(
    'title/name',
    'explanation/key',
    'remedy/kind=Secret',
  ),
  'model-access-denied': texts(),
  'model-not-found': texts('explanation/uri'),
  'model-storage-full': texts(),
  'model-download-slow': texts(),
  'model-download-failed': texts('explanation/code'),
  'host-memory-exceeded': texts(
    'title/evicted',
    'explanation/evicted',
    'explanation/container=main',
    'remedy/evicted',
  ),
  'gpu-memory-exceeded': texts(),
  'gpu-not-empty': texts(),
  'kv-cache-too-small': texts('explanation/needed', 'remedy/suggested'),
  'tensor-parallel-indivisible': texts('explanation/heads', 'remedy/heads'),
  'shared-memory-too-small': texts(),
  'engine-argument-invalid': texts(),
  'startup-budget-exceeded': texts(),
  'probe-misconfigured': texts(
    'explanation/code=port',
    'explanation/code=scheme',
    'explanation/code=kills',
    'remedy/pool=decode',
  ),
  'engine-unresponsive': texts(),
  'engine-crash': texts(
    'title/container=main',
    'explanation/silent',
    'remedy/silent',
  ),
  'kv-connector-missing': texts(
    'title/missing=decode',
    'title/missing=prefill',
    'remedy/missing=decode',
    'remedy/missing=prefill',
  ),
  'kv-role-mismatch': texts(
    'explanation/code=Connectors',
    'explanation/code=Sidecar',
  ),
  'nixl-unavailable': texts(),
  'side-channel-host-unset': texts('title/value'),
  'side-channel-unreachable': texts('explanation/host'),
  'kv-transfer-failing': texts(),
  'kv-compatibility-mismatch': texts(),
  'kv-parallelism-unsupported': texts('explanation/sizes'),
  'kv-blocks-expired': texts(),
  'kv-blocks-invalid': texts(),
  'memlock-limit': texts('explanation/limit'),
  'ucx-device-unavailable': texts('explanation/available'),
  'ucx-transport-unavailable': texts('explanation/available'),
  'ucx-transports-misconfigured': texts(
    'explanation/code=NoNetwork',
    'explanation/code=EfaNeedsLibfabric',
    'explanation/code=NoRdma',
    'explanation/code=NoGpuTransport',
    'explanation/code=TcpFallback',
    'explanation/code=MissesAuxiliary',
    'remedy/efa',
  ),
  'rdma-not-requested': texts('explanation/other'),
  'rdma-fallback-tcp': texts('explanation/list'),
  'roce-inference-failed': texts(),
  'stale-kv-agent': texts(),
  'mixed-pool-versions': texts('title/refused', 'explanation/rolling'),
  'prefill-bypassed': texts(
    'explanation/code=nothingFetched',
    'explanation/code=computedItself',
    'explanation/code=decodeAlone',
  ),
  'presets-not-combined': texts(
    'title/config',
    'explanation/code=ConfigNotFound',
    'explanation/code=CombineBaseError',
    'explanation/code=ValidationUnavailable',
    'remedy/config',
  ),
  'rollout-stalled': texts('title/pool=prefill', 'title/pool=decode'),
  'pool-below-desired': texts(),
  'prefill-unavailable': texts('title/zero', 'explanation/zero', 'remedy/zero'),
  'decode-unavailable': texts('title/zero', 'explanation/zero', 'remedy/zero'),
  'selector-immutable': texts('remedy/deployment'),
  'controller-error': texts(
    'title/frozen',
    'explanation/frozen',
    'remedy/frozen',
  ),
  'scaling-metric-unavailable': texts(),
  'node-not-ready': texts('title/node', 'remedy/node'),
  'pod-evicted': texts('title/resource', 'remedy/resource'),
  'scheduler-unavailable': texts('title/zero', 'explanation/open'),
  'scheduler-config-invalid': texts('explanation/plugin'),
  'scheduler-missing': texts(),
  'scheduler-profile-stale': texts(),
  'inference-pool-not-accepted': texts(),
  'route-not-accepted': texts(
    'title/partial',
    'explanation/partial',
    'remedy/reason=NotAllowedByListeners',
    'remedy/reason=NoMatchingListenerHostname',
    'remedy/reason=NoMatchingParent',
    'remedy/reason=BackendNotFound',
    'remedy/reason=RefNotPermitted',
    'remedy/reason=InvalidKind',
  ),
  'gateway-not-ready': texts('explanation/internal'),
  'access-denied': texts(),
  'cluster-unreachable': texts(),
} satisfies Record<CauseId, object>;

/** What kind of failure an error of the backend is. */
const FAILURES = ['Refused', 'Denied', 'Missing', 'Away', 'Failed'] as const;

/** Why a pod is not measured. */
const PROBLEMS = [
  'Unmeasured',
  'Forbidden',
  'Unreachable',
  'Unreadable',
] as const satisfies readonly UnmeasuredPod['problem'][];

/** How the connection of a cluster may be. */
const CONNECTIONS = Object.keys({
  Syncing: true,
  Live: true,
  Stale: true,
  Forbidden: true,
  NotServed: true,
  Unreachable: true,
  AuthFailed: true,
  Unsupported: true,
} satisfies Record<SourceState, true>) as SourceState[];

/**
 * What the backend says in English, for other languages to say in theirs. They may use the words of the backend
 * and the names, numbers and codes that come with them.
 */
export const saidTexts = {
  /** Where there is room for a name alone. */
  name: asSaid(Object.values(CAUSE_IDS).flat()),
  cause: causeTexts,
  summary: {
    ...asSaid(SUMMARY_SAYINGS),
    ...asSaid([
      'starting/stage=waitingForNode',
      'starting/stage=downloading',
      'doubt/code=fewTransfers',
      'doubt/code=failed',
      'doubt/code=decodeAloneShort',
      'doubt/code=slow',
    ] as const),
  },
  verdict: asSaid(VERDICTS),
  error: asSaid(FAILURES),
  /** What is wrong with the connection of a cluster. */
  connection: asSaid(CONNECTIONS),
  /** Why a pod is not measured, by the way that its metrics are read. */
  unmeasured: { PodProxy: asSaid(PROBLEMS), Prometheus: asSaid(PROBLEMS) },
};
