import type { Facts } from '../facts/Facts';
import { evidence } from '../quote';
import type { Evidence, KvTransferHealth } from '../ServingHealth';
import type { KvMeasurements } from './measurements';

/** Whether KV transfer does what it is there for, by measurement. */
export interface EffectivenessFinding {
  effectiveness: KvTransferHealth['effectiveness'];
  evidence: Evidence[];
  /** Why, in words; present for Suspect and Bypassed. */
  reason?: string;
  /** The same as data: a code and the count in it. */
  words?: Record<string, string>;
}

/** Judges a window of measurements; see the thresholds for every number. */
export function judgeEffectiveness(
  counts: KvMeasurements,
  facts: Facts,
  decider: string | undefined,
): EffectivenessFinding {
  const judgement = judge(counts, facts, decider);
  return { ...judgement, evidence: describe(counts, judgement.effectiveness) };
}

type Judgement = Omit<EffectivenessFinding, 'evidence'>;

function judge(
  counts: KvMeasurements,
  facts: Facts,
  decider: string | undefined,
): Judgement {
  const { thresholds } = facts;
  const { transfers, routed, decodeOnly = 0, answered, tokens } = counts;
  if (
    counts.measured.length === 0 ||
    (transfers === undefined && tokens === undefined)
  ) {
    return { effectiveness: 'Unmeasurable' };
  }
  // What a pod that was not read has answered, is not known; the scheduler counts for all.
  const known = [
    routed === undefined ? undefined : routed + decodeOnly,
    counts.complete ? answered : undefined,
  ].filter((count): count is number => count !== undefined);
  if (known.length > 0 && known.every(n => n < thresholds.idleRequests)) {
    return { effectiveness: 'Idle' };
  }
  const shares = tokenShares(tokens);
  const expected = routed ?? answered;
  const perRequest =
    transfers === undefined || !expected
      ? undefined
      : transfers / (expected * (1 - (shares?.cached ?? 0)) || expected);
  const effective =
    (perRequest ?? 0) >= thresholds.effectiveTransfers ||
    (shares?.external ?? 0) >= thresholds.effectiveExternal;
  if (!counts.complete) {
    return { effectiveness: effective ? 'Effective' : 'Unmeasurable' };
  }
  return (
    findBypass(counts, facts, decider, shares, perRequest) ??
    findDoubt(counts, facts, decider, shares, perRequest) ?? {
      effectiveness: effective ? 'Effective' : 'Unmeasurable',
    }
  );
}

interface TokenShares {
  external: number;
  local: number;
  cached: number;
}

/** Shares of prompt tokens; what decode had in its own cache needed no transfer and is left out. */
function tokenShares(
  tokens: KvMeasurements['tokens'],
): TokenShares | undefined {
  if (!tokens) {
    return undefined;
  }
  const total = tokens.local + tokens.external;
  const all = total + tokens.cached;
  return total > 0
    ? {
        external: tokens.external / total,
        local: tokens.local / total,
        cached: all > 0 ? tokens.cached / all : 0,
      }
    : undefined;
}

function findBypass(
  { routed, decodeOnly = 0, answered }: KvMeasurements,
  facts: Facts,
  decider: string | undefined,
  shares: TokenShares | undefined,
  perRequest: number | undefined,
): Judgement | undefined {
  const { thresholds } = facts;
  const enough = (count: number | undefined) =>
    (count ?? 0) >= thresholds.bypassRequests;
  const requests = routed === undefined ? answered : routed + decodeOnly;
  if (!enough(requests)) {
    return undefined;
  }
  if (
    enough(routed) &&
    perRequest !== undefined &&
    perRequest <= thresholds.bypassTransfers
  ) {
    return {
      effectiveness: 'Bypassed',
      reason: `${routed} requests were sent through prefill, but decode fetched nothing`,
      words: { code: 'nothingFetched', count: String(routed) },
    };
  }
  if (
    shares &&
    shares.external <= thresholds.bypassExternal &&
    shares.local >= thresholds.bypassLocal &&
    (routed === undefined || enough(routed))
  ) {
    return {
      effectiveness: 'Bypassed',
      reason: 'decode computed its prompts itself',
      words: { code: 'computedItself' },
    };
  }
  return isDecodeOnly(routed, decodeOnly, facts) &&
    decider === 'always-disagg-pd-decider'
    ? {
        effectiveness: 'Bypassed',
        reason: `the scheduler sent ${decodeOnly} requests to decode alone although prefill is ready`,
        words: { code: 'decodeAlone', count: String(decodeOnly) },
      }
    : undefined;
}

function isDecodeOnly(
  routed: number | undefined,
  decodeOnly: number,
  { prefill, thresholds }: Facts,
): boolean {
  return (
    routed !== undefined &&
    decodeOnly >= thresholds.bypassRequests &&
    decodeOnly / (decodeOnly + routed) >= thresholds.bypassDecodeOnly &&
    (prefill?.ready ?? 0) > 0
  );
}

function findDoubt(
  counts: KvMeasurements,
  facts: Facts,
  decider: string | undefined,
  shares: TokenShares | undefined,
  perRequest: number | undefined,
): Judgement | undefined {
  const { thresholds, kvBaseline } = facts;
  const { routed, decodeOnly = 0, answered, observations } = counts;
  const suspect = (reason: string, code: string, count: number): Judgement => ({
    effectiveness: 'Suspect',
    reason,
    words: { code, count: String(count) },
  });
  const expected = routed ?? answered ?? 0;
  if (
    perRequest !== undefined &&
    expected >= thresholds.idleRequests &&
    perRequest < thresholds.effectiveTransfers &&
    (shares?.external ?? 0) < thresholds.effectiveExternal
  ) {
    const percent = Math.round(perRequest * 100);
    return suspect(
      `only ${percent} % of the requests came with a KV transfer`,
      'fewTransfers',
      percent,
    );
  }
  const failed = counts.failedTransfers ?? 0;
  if (
    observations !== undefined &&
    failed >= thresholds.failedTransfers &&
    failed > thresholds.failedTransfersCritical * (observations + failed)
  ) {
    return suspect(`${failed} KV transfers failed`, 'failed', failed);
  }
  if (
    isDecodeOnly(routed, decodeOnly, facts) &&
    decider !== 'always-disagg-pd-decider'
  ) {
    return suspect(
      `the scheduler sent ${decodeOnly} requests to decode alone, perhaps because they were short`,
      'decodeAloneShort',
      decodeOnly,
    );
  }
  const rate = transferRate(counts);
  if (
    rate !== undefined &&
    kvBaseline !== undefined &&
    observations !== undefined &&
    observations >= thresholds.slowFabricTransfers &&
    rate < kvBaseline * thresholds.baselineShare
  ) {
    const percent = Math.round((100 * rate) / kvBaseline);
    return suspect(
      `KV transfers run at ${percent} % of this service's usual rate`,
      'slow',
      percent,
    );
  }
  return undefined;
}

/** Bytes per second of transfer time; absent where nothing was transferred. */
export function transferRate({
  bytes,
  transferSeconds,
}: KvMeasurements): number | undefined {
  return bytes !== undefined &&
    transferSeconds !== undefined &&
    transferSeconds > 0
    ? bytes / transferSeconds
    : undefined;
}

/** The counts as they go into the judgement; series names, so that a person can look them up. */
function describe(
  counts: KvMeasurements,
  effectiveness: KvTransferHealth['effectiveness'],
): Evidence[] {
  if (effectiveness === 'Unmeasurable') {
    return [];
  }
  const list: Evidence[] = [];
  const add = (pods: readonly string[], series: string, value?: number) => {
    if (value !== undefined && pods.length > 0) {
      list.push(
        evidence(
          'Metric',
          pods.map(pod => `Pod/${pod}`).join(', '),
          `${series} +${Number(value.toFixed(3))}`,
        ),
      );
    }
  };
  add(
    counts.schedulers,
    'llm_d_epp_disagg_decision_total{decision_type="prefill-decode"}',
    counts.routed,
  );
  add(
    counts.schedulers,
    'llm_d_epp_disagg_decision_total{decision_type="decode-only"}',
    counts.decodeOnly,
  );
  add(
    counts.measured,
    'vllm:nixl_xfer_time_seconds_count',
    counts.observations,
  );
  add(
    counts.measured,
    'vllm:prompt_tokens_by_source_total{source="external_kv_transfer"}',
    counts.tokens?.external,
  );
  add(
    counts.measured,
    'vllm:prompt_tokens_by_source_total{source="local_compute"}',
    counts.tokens?.local,
  );
  return list;
}
