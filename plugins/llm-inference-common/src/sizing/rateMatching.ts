import { positive } from './units';

/** Share of its measured throughput that a prefill replica can be loaded with. */
const PREFILL_LOAD = 0.9;

/** Share of its measured throughput that a decode replica can be loaded with. */
const DECODE_LOAD = 0.92;

/** Queueing at the target load: time to first token is this many times the time of one prefill. */
const QUEUEING = 1.8;

/** What is asked of a service. @public */
export interface Workload {
  /** Tokens of a prompt. */
  promptTokens?: number;
  /** Tokens of a response. */
  outputTokens?: number;
  /** Tokens of a prompt that prefill finds in its prefix cache. */
  cachedTokens?: number;
  /** Tokens of a prompt that decode holds already and need not be moved. */
  cachedOnDecodeTokens?: number;
  requestsPerSecond?: number;
}

/** What was measured on one replica of each pool. @public */
export interface MeasuredThroughput {
  /** Prompt tokens per second of one prefill replica. */
  prefillTokensPerSecond?: number;
  /** Output tokens per second of one decode replica, over all its requests. */
  decodeTokensPerSecond?: number;
  /** Seconds of one decode step at that throughput: the inter-token latency. */
  decodeStepSeconds?: number;
}

/** Replicas by rate matching. @public */
export interface PoolRatio {
  /** Prefill replicas per decode replica. */
  ratio?: number;
  /** Replicas needed for the request rate, as a fraction and rounded up. */
  prefill?: { exact: number; replicas: number };
  decode?: { exact: number; replicas: number };
}

function need(
  requestsPerSecond: number | undefined,
  tokens: number | undefined,
  tokensPerSecond: number | undefined,
  load: number,
) {
  if (!requestsPerSecond || !tokens || !tokensPerSecond) return undefined;
  const exact = (requestsPerSecond * tokens) / (tokensPerSecond * load);
  // A sum that is whole but for the last bits must not ask for one more replica.
  return { exact, replicas: Math.max(1, Math.ceil(exact - 1e-9)) };
}

/** Tokens of a prompt that prefill has to compute; undefined without a prompt length. */
export function uncachedTokens(workload: Workload): number | undefined {
  const prompt = positive(workload.promptTokens);
  return prompt === undefined
    ? undefined
    : Math.max(0, prompt - (positive(workload.cachedTokens) ?? 0));
}

/**
 * Replicas of both pools so that neither waits for the other. Throughputs are measured inputs: without
 * them nothing is estimated; without a request rate only the ratio is.
 *
 * @public
 */
export function matchRates(
  workload: Workload,
  throughput: MeasuredThroughput,
): PoolRatio {
  const prompt = uncachedTokens(workload);
  const output = positive(workload.outputTokens);
  const rate = positive(workload.requestsPerSecond);
  const prefillSpeed = positive(throughput.prefillTokensPerSecond);
  const decodeSpeed = positive(throughput.decodeTokensPerSecond);
  return {
    ratio:
      prompt && output && prefillSpeed && decodeSpeed
        ? ((prompt / prefillSpeed / (output / decodeSpeed)) * DECODE_LOAD) /
          PREFILL_LOAD
        : undefined,
    prefill: need(rate, prompt, prefillSpeed, PREFILL_LOAD),
    decode: need(rate, output, decodeSpeed, DECODE_LOAD),
  };
}

/**
 * Seconds to the first token at the target load: queueing and prefill, transfer, one decode step.
 *
 * @public
 */
export function timeToFirstToken(
  promptTokens: number,
  prefillTokensPerSecond: number,
  transferSeconds: number,
  decodeStepSeconds: number,
): number {
  return (
    (QUEUEING * promptTokens) / prefillTokensPerSecond +
    transferSeconds +
    decodeStepSeconds
  );
}
