import type { CauseId } from './CauseId';
import { CAUSE_IDS } from './CauseId';

/** One row of the precedence table. */
export interface Precedence {
  left: readonly CauseId[];
  right: readonly CauseId[];
  /** Whether left must be about the same pool as right. A cause without a pool is about all of them. */
  samePool: boolean;
}

const START_FAILURES: readonly CauseId[] = [
  ...CAUSE_IDS.schedulingAndAdmission,
  ...CAUSE_IDS.networkAttachment.filter(
    id => id !== 'rdma-device-not-attached',
  ),
  ...CAUSE_IDS.imageAndConfiguration,
  ...CAUSE_IDS.model,
  ...CAUSE_IDS.engine,
  'nixl-unavailable',
  'memlock-limit',
  'ucx-device-unavailable',
  'ucx-transport-unavailable',
];

const IMAGE: readonly CauseId[] = [
  'image-rate-limited',
  'image-pull-unauthorized',
  'image-not-found',
  'image-pull-failed',
];

const MODEL: readonly CauseId[] = [
  'model-access-denied',
  'model-not-found',
  'model-storage-full',
  'model-download-failed',
];

const same = (
  left: readonly CauseId[],
  right: readonly CauseId[],
): Precedence => ({ left, right, samePool: true });

const any = (
  left: readonly CauseId[],
  right: readonly CauseId[],
): Precedence => ({ left, right, samePool: false });

/** Causes on the left hide those on the right: they explain them. */
export const HIDES: readonly Precedence[] = [
  same(
    [
      ...START_FAILURES,
      'node-not-ready',
      'pod-evicted',
      'selector-immutable',
      'presets-not-combined',
      'controller-error',
    ],
    ['prefill-unavailable', 'decode-unavailable', 'pool-below-desired'],
  ),
  same(['rollout-stalled'], ['pool-below-desired']),
  same(
    [
      'network-attachment-missing',
      'secondary-network-ip-exhausted',
      'cni-plugin-missing',
    ],
    ['secondary-network-failed', 'sandbox-stuck'],
  ),
  ...chain(IMAGE),
  ...chain(['model-access-denied', 'model-not-found', 'model-download-failed']),
  same(['model-storage-full'], ['model-download-failed']),
  same(MODEL, ['engine-crash', 'startup-budget-exceeded']),
  same(
    ['host-memory-exceeded'],
    ['startup-budget-exceeded', 'probe-misconfigured', 'engine-crash'],
  ),
  same(['gpu-not-empty', 'kv-cache-too-small'], ['gpu-memory-exceeded']),
  same(
    ['memlock-limit'],
    [
      'ucx-device-unavailable',
      'ucx-transport-unavailable',
      'kv-transfer-failing',
      'gpu-memory-exceeded',
    ],
  ),
  same(
    ['ucx-device-unavailable', 'ucx-transport-unavailable'],
    ['kv-transfer-failing'],
  ),
  any(
    ['kv-connector-missing'],
    [
      'kv-role-mismatch',
      'prefill-bypassed',
      'side-channel-host-unset',
      'rdma-not-requested',
    ],
  ),
  any(
    ['side-channel-host-unset'],
    ['stale-kv-agent', 'side-channel-unreachable', 'kv-transfer-failing'],
  ),
  any(
    ['kv-compatibility-mismatch'],
    [
      'side-channel-unreachable',
      'kv-transfer-failing',
      'kv-parallelism-unsupported',
    ],
  ),
  any(
    ['kv-parallelism-unsupported', 'stale-kv-agent'],
    ['side-channel-unreachable'],
  ),
  any(['scheduler-profile-stale', 'scheduler-missing'], ['prefill-bypassed']),
  any(
    ['presets-not-combined'],
    ['config-reference-missing', 'controller-error'],
  ),
  any(
    [
      'selector-immutable',
      'quota-exceeded',
      'pod-security-violation',
      'extended-resource-invalid',
    ],
    ['controller-error'],
  ),
  any(
    ['gateway-not-ready'],
    ['route-not-accepted', 'inference-pool-not-accepted'],
  ),
  any(['route-not-accepted'], ['inference-pool-not-accepted']),
  same(['node-not-ready', 'pod-evicted'], ['engine-crash']),
  same(
    ['tensor-parallel-indivisible', 'kv-cache-too-small'],
    ['engine-argument-invalid'],
  ),
  same(
    ['scheduler-config-invalid', ...START_FAILURES, 'node-not-ready'],
    ['scheduler-unavailable'],
  ),
  same(['scheduler-config-invalid'], ['engine-crash']),
  same(
    [
      ...CAUSE_IDS.engine.filter(id => id !== 'engine-crash'),
      ...CAUSE_IDS.kvTransfer,
    ],
    ['engine-crash'],
  ),
];

/** Causes on the left stand right before those on the right, whatever their severity: they explain them, and both stay. */
export const STANDS_BEFORE: readonly Precedence[] = [
  any(['mixed-pool-versions'], ['kv-compatibility-mismatch']),
  same(
    [...START_FAILURES, 'pod-evicted', 'node-not-ready'],
    ['rollout-stalled'],
  ),
  any(
    [
      'rdma-not-requested',
      'rdma-device-not-attached',
      'ucx-transports-misconfigured',
    ],
    ['rdma-fallback-tcp'],
  ),
];

/** Each id of a list hides all that follow. */
function chain(ids: readonly CauseId[]): Precedence[] {
  return ids.slice(0, -1).map((id, index) => same([id], ids.slice(index + 1)));
}
