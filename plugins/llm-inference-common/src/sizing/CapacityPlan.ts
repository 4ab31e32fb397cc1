import type { Advice } from './advice';
import type { ReplicaParallelism } from './memory';
import type { MeasuredThroughput, PoolRatio, Workload } from './rateMatching';
import type { LinkId, TransferEstimate } from './transfer';

/** One pool of a plan. @public */
export interface PoolPlan extends ReplicaParallelism {
  /** Replicas of the pool; 1 where absent. */
  replicas?: number;
  /** Memory of one GPU in bytes, as the driver reports it (an H100 with 80 GB has 79.2 GiB). */
  gpuBytes?: number;
  /** Share of the GPU that the engine takes (`--gpu-memory-utilization`). */
  gpuMemoryUtilization?: number;
  /** Fixed KV cache space in bytes, for CPU engines (`VLLM_CPU_KVCACHE_SPACE`) or a fixed size. */
  kvCacheBytes?: number;
}

/** What is to be estimated. Whatever is absent is left out of the estimate, not guessed. @public */
export interface CapacityPlan {
  decode: PoolPlan;
  /** Absent for a service that is not disaggregated. */
  prefill?: PoolPlan;
  workload?: Workload;
  /** Longest sequence, in tokens (`--max-model-len`); the model's own context where absent. */
  maxModelTokens?: number;
  /** Data type of the KV cache; bf16 where absent or `auto`. */
  kvCacheType?: string;
  /** Tokens of one KV block; 16 where absent. */
  blockTokens?: number;
  vllmVersion?: string;
  gpusPerNode?: number;
  /** Link between the pools: its kind, or a measured rate of one port in GB/s. */
  link?: {
    kind?: LinkId;
    gigabytesPerSecond?: number;
    /** Whether the link is RDMA, where its kind does not say so. */
    rdma?: boolean;
    /** Whether every GPU has a port of its own. */
    portPerGpu?: boolean;
  };
  throughput?: MeasuredThroughput;
  /** Latency targets in seconds. */
  targets?: { ttftSeconds?: number; itlSeconds?: number };
  /** Activation memory of one GPU in bytes, where measured. */
  activationBytes?: number;
}

/** What one pool can hold. Bytes are of one GPU; counts are of one replica. @public */
export interface PoolCapacity {
  /** GPUs of one replica. */
  gpus: number;
  weightBytes?: number;
  activationBytes?: number;
  nonTorchBytes?: number;
  /** Bytes left for the KV cache; negative where the weights do not fit. */
  kvAvailableBytes?: number;
  /** KV blocks of one GPU. */
  blocks?: number;
  /** Tokens that the KV cache of one data-parallel rank holds in one sequence. */
  tokens?: number;
  /** Sequences of the longest length that fit, over all data-parallel ranks. */
  maxConcurrency?: number;
  /** Requests of the workload's prompt and output length that fit. */
  requests?: number;
  /** Whether the weights and one sequence of the longest length fit. */
  fits?: boolean;
  /** Smallest tensor parallelism that leaves room for the KV cache. */
  smallestTensor?: number;
}

/** How the transfers load the link. @public */
export interface LinkUse {
  /** Bytes per second over all pairs. */
  bytesPerSecond: number;
  /** Share of the busiest side's ports. */
  share: number;
}

/** The estimate for a plan. A field is absent where what it needs is not known. @public */
export interface CapacityEstimate {
  /** Bytes of KV cache of one token over the whole model. */
  kvBytesPerToken?: number;
  decode: PoolCapacity;
  prefill?: PoolCapacity;
  transfer?: TransferEstimate;
  link?: LinkUse;
  ratio: PoolRatio;
  /** Time to first token at the target load, in seconds. */
  ttftSeconds?: number;
  advice: Advice[];
  /** What is not known and keeps parts of the estimate away, in words. */
  unknown: string[];
}
