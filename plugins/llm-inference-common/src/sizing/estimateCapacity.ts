import type {
  CapacityEstimate,
  CapacityPlan,
  LinkUse,
  PoolCapacity,
  PoolPlan,
} from './CapacityPlan';
import type { ModelArchitecture } from './ModelArchitecture';
import { adviseOn, type Advice } from './advice';
import {
  DEFAULT_KV_BYTES,
  kvBytesPerGpu,
  kvBytesPerToken,
  tokensThatFit,
} from './kvCache';
import {
  activationBytes,
  DEFAULT_BLOCK_TOKENS,
  defaultGpuMemoryUtilization,
  nonTorchBytes,
  smallestTensor,
  weightBytesPerGpu,
} from './memory';
import { matchRates, timeToFirstToken, uncachedTokens } from './rateMatching';
import {
  linkNeed,
  LINK_RATES,
  transferTime,
  type TransferEstimate,
} from './transfer';
import { bytesOfType, GB, positive } from './units';

interface Sizes {
  bytesPerNumber: number;
  blockTokens: number;
  maxTokens?: number;
  requestTokens?: number;
}

function kvAvailable(
  model: ModelArchitecture,
  pool: PoolPlan,
  plan: CapacityPlan,
): Pick<
  PoolCapacity,
  'weightBytes' | 'activationBytes' | 'nonTorchBytes' | 'kvAvailableBytes'
> {
  const fixed = positive(pool.kvCacheBytes);
  const weight = weightBytesPerGpu(model, pool);
  if (fixed !== undefined) {
    return { weightBytes: weight, kvAvailableBytes: fixed };
  }
  const activation = positive(plan.activationBytes) ?? activationBytes(model);
  const nonTorch = nonTorchBytes(positive(pool.tensor));
  const gpu = positive(pool.gpuBytes);
  const utilization =
    positive(pool.gpuMemoryUtilization) ??
    defaultGpuMemoryUtilization(plan.vllmVersion);
  return {
    weightBytes: weight,
    activationBytes: activation,
    nonTorchBytes: nonTorch,
    kvAvailableBytes:
      gpu === undefined || weight === undefined
        ? undefined
        : utilization * gpu - weight - activation - nonTorch,
  };
}

function capacityOf(
  model: ModelArchitecture,
  pool: PoolPlan,
  plan: CapacityPlan,
  sizes: Sizes,
): PoolCapacity {
  const ranks = positive(pool.data) ?? 1;
  const memory = kvAvailable(model, pool, plan);
  const available = memory.kvAvailableBytes;
  const held = (tokens: number | undefined) =>
    tokens === undefined
      ? undefined
      : kvBytesPerGpu(model, tokens, pool, sizes.bytesPerNumber);
  const sequences = (bytes: number | undefined) =>
    available === undefined || !bytes
      ? undefined
      : Math.max(0, Math.floor(available / bytes)) * ranks;
  const perToken = held(1);
  const longest = held(sizes.maxTokens);
  let fits: boolean | undefined;
  if (available !== undefined) {
    if (available <= 0) fits = false;
    else if (longest !== undefined) fits = available >= longest;
  }
  const gpu = positive(pool.gpuBytes);
  return {
    gpus: (positive(pool.tensor) ?? 1) * (positive(pool.pipeline) ?? 1) * ranks,
    ...memory,
    blocks:
      available === undefined || !perToken
        ? undefined
        : Math.max(0, Math.floor(available / (perToken * sizes.blockTokens))),
    tokens:
      available === undefined
        ? undefined
        : tokensThatFit(model, available, pool, sizes.bytesPerNumber),
    maxConcurrency: sequences(longest),
    requests: sequences(held(sizes.requestTokens)),
    fits,
    smallestTensor:
      gpu === undefined
        ? undefined
        : smallestTensor(model, gpu, positive(plan.gpusPerNode)),
  };
}

function linkOf(plan: CapacityPlan): { rate?: number; rdma?: boolean } {
  const known = plan.link?.kind ? LINK_RATES[plan.link.kind] : undefined;
  return {
    // The low end of a range: a plan should hold on the slower of two links.
    rate: positive(plan.link?.gigabytesPerSecond) ?? known?.low,
    rdma: plan.link?.rdma ?? known?.rdma,
  };
}

function ports(pool: PoolPlan, capacity: PoolCapacity, plan: CapacityPlan) {
  return (
    (positive(pool.replicas) ?? 1) * (plan.link?.portPerGpu ? capacity.gpus : 1)
  );
}

function missing(model: ModelArchitecture, plan: CapacityPlan): string[] {
  const unknown: string[] = [];
  if (!model.kv || model.kvLayers === undefined) {
    unknown.push(
      'layers, KV heads and head size of the model: KV cache and transfer time',
    );
  }
  if (weightBytesPerGpu(model) === undefined) {
    unknown.push('size of the weights: memory left for the KV cache');
  }
  const pools = [plan.decode, ...(plan.prefill ? [plan.prefill] : [])];
  if (pools.some(pool => !pool.gpuBytes && !pool.kvCacheBytes)) {
    unknown.push('memory of one GPU: what fits');
  }
  if (plan.prefill && linkOf(plan).rate === undefined) {
    unknown.push('rate of the link between the pools: transfer time');
  }
  const { prefillTokensPerSecond, decodeTokensPerSecond } =
    plan.throughput ?? {};
  if (plan.prefill && !(prefillTokensPerSecond && decodeTokensPerSecond)) {
    unknown.push(
      'measured throughput of one replica of each pool: prefill to decode ratio',
    );
  }
  return unknown;
}

function latencies(
  plan: CapacityPlan,
  transfer: TransferEstimate | undefined,
): { ttftSeconds?: number; advice: Advice[] } {
  const prompt = positive(plan.workload?.promptTokens);
  const speed = positive(plan.throughput?.prefillTokensPerSecond);
  const step = positive(plan.throughput?.decodeStepSeconds);
  const targetStep = positive(plan.targets?.itlSeconds);
  const target = positive(plan.targets?.ttftSeconds);
  const advice: Advice[] = [];
  const inMs = (seconds: number) => String(Math.round(seconds * 1000));
  const milliseconds = (seconds: number) => `${inMs(seconds)} ms`;
  if (step !== undefined && targetStep !== undefined && step > targetStep) {
    advice.push({
      id: 'itl-missed',
      leaning: 'neutral',
      words: { step: inMs(step), target: inMs(targetStep) },
      text: `One decode step takes ${milliseconds(
        step,
      )}, the target is ${milliseconds(
        targetStep,
      )}: give decode more tensor parallelism or fewer requests per replica.`,
    });
  }
  // Unmeasured, a step is taken to be as long as it may be.
  const decodeStep = step ?? targetStep;
  if (!prompt || !speed || !transfer || decodeStep === undefined) {
    return { advice };
  }
  const ttftSeconds = timeToFirstToken(
    prompt,
    speed,
    transfer.seconds,
    decodeStep,
  );
  if (target !== undefined && ttftSeconds > target) {
    advice.push({
      id: 'ttft-missed',
      leaning: 'neutral',
      words: { first: inMs(ttftSeconds), target: inMs(target) },
      text: `The first token comes after about ${milliseconds(
        ttftSeconds,
      )}, the target is ${milliseconds(
        target,
      )}: faster prefill replicas are needed (more tensor parallelism); more replicas only shorten the queue.`,
    });
  }
  return { ttftSeconds, advice };
}

/**
 * Estimates what a plan of pools can hold and how fast the KV cache moves between them. Pure; whatever
 * is not known is absent from the result and named in `unknown`. Numbers that are not finite and above
 * zero are taken as not known.
 *
 * Sources: vLLM, llm-d-planner, aiconfigurator, DistServe, Splitwise and Dynamo.
 *
 * @public
 */
export function estimateCapacity(
  model: ModelArchitecture,
  plan: CapacityPlan,
): CapacityEstimate {
  const workload = plan.workload ?? {};
  const throughput = plan.throughput ?? {};
  const prompt = positive(workload.promptTokens);
  const sizes: Sizes = {
    bytesPerNumber: bytesOfType(plan.kvCacheType ?? '') ?? DEFAULT_KV_BYTES,
    blockTokens: positive(plan.blockTokens) ?? DEFAULT_BLOCK_TOKENS,
    maxTokens: positive(plan.maxModelTokens) ?? positive(model.contextTokens),
    requestTokens:
      prompt === undefined
        ? undefined
        : prompt + (positive(workload.outputTokens) ?? 0),
  };
  const decode = capacityOf(model, plan.decode, plan, sizes);
  const prefill = plan.prefill && capacityOf(model, plan.prefill, plan, sizes);
  const { rate, rdma } = linkOf(plan);
  const moved =
    prompt === undefined
      ? undefined
      : Math.max(0, prompt - (positive(workload.cachedOnDecodeTokens) ?? 0));
  const transfer =
    plan.prefill && rate !== undefined && moved !== undefined
      ? transferTime(model, moved, rate, {
          decodeTensor: plan.decode.tensor,
          portPerGpu: plan.link?.portPerGpu,
          bytesPerNumber: sizes.bytesPerNumber,
        })
      : undefined;
  const perSecond = positive(workload.requestsPerSecond);
  let link: LinkUse | undefined;
  if (transfer && rate && perSecond && plan.prefill && prefill) {
    const bytesPerSecond = linkNeed(perSecond, transfer.bytes);
    const fewest = Math.min(
      ports(plan.decode, decode, plan),
      ports(plan.prefill, prefill, plan),
    );
    link = { bytesPerSecond, share: bytesPerSecond / (fewest * rate * GB) };
  }
  const ratio = matchRates(workload, throughput);
  const latency = latencies(plan, transfer);
  const speed = positive(throughput.prefillTokensPerSecond);
  const uncached = uncachedTokens(workload);
  return {
    kvBytesPerToken: kvBytesPerToken(model, sizes.bytesPerNumber),
    decode,
    prefill,
    transfer,
    link,
    ratio,
    ttftSeconds: latency.ttftSeconds,
    advice: plan.prefill
      ? [
          ...adviseOn({
            model,
            workload,
            rdma,
            linkUse: link?.share,
            transferSeconds: transfer?.seconds,
            prefillSeconds:
              speed && uncached !== undefined ? uncached / speed : undefined,
            needed:
              ratio.prefill && ratio.decode
                ? {
                    prefill: ratio.prefill.exact,
                    decode: ratio.decode.exact,
                  }
                : undefined,
            gpus: prefill && { prefill: prefill.gpus, decode: decode.gpus },
          }),
          ...latency.advice,
        ]
      : [],
    unknown: missing(model, plan),
  };
}
