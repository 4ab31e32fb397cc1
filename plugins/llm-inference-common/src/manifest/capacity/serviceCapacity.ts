import type { CapacityEstimate, PoolPlan } from '../../sizing/CapacityPlan';
import { estimateCapacity } from '../../sizing/estimateCapacity';
import type { ModelArchitecture } from '../../sizing/ModelArchitecture';
import type { Workload } from '../../sizing/rateMatching';
import { GIB } from '../../sizing/units';
import type { OfferedProfile } from '../profile/profileSchema';
import type { PdServiceSpec } from '../spec/PdServiceSpec';
import type { PoolName } from '../generate/names';

/**
 * Estimates what a service can hold and how fast its cache moves, on the hardware of its profile.
 *
 * @param architecture - numbers of the spec's model, from a reference table or its own configuration
 * @public
 */
export function serviceCapacity(
  spec: PdServiceSpec,
  profile: OfferedProfile,
  architecture: ModelArchitecture,
  workload?: Workload,
): CapacityEstimate {
  const number = (value: unknown) =>
    typeof value === 'number' ? value : undefined;
  const pool = (name: PoolName): PoolPlan => {
    const { parallelism, replicas, scaling, gpu, cpuKvCacheGiB } = spec[name];
    return {
      tensor: parallelism.tensor,
      pipeline: parallelism.pipeline,
      data: parallelism.data,
      expert: parallelism.expert,
      replicas: replicas ?? scaling?.minReplicas,
      gpuBytes: gpu && profile.pool.gpu && profile.pool.gpu.memoryGiB * GIB,
      gpuMemoryUtilization: number(
        spec[name].arguments['gpu-memory-utilization'],
      ),
      kvCacheBytes: cpuKvCacheGiB && cpuKvCacheGiB * GIB,
    };
  };
  return estimateCapacity(architecture, {
    decode: pool('decode'),
    prefill: pool('prefill'),
    workload,
    maxModelTokens: number(spec.engine['max-model-len']),
    kvCacheType: String(spec.engine['kv-cache-dtype'] ?? 'auto'),
    blockTokens: number(spec.engine['block-size']),
    vllmVersion: vllmVersionOf(spec.pods.image),
    gpusPerNode: profile.limits.maxGpusPerPod,
    link: profile.linkGBps
      ? {
          gigabytesPerSecond: profile.linkGBps,
          rdma: spec.fabric.kind !== 'none',
        }
      : { kind: spec.fabric.kind === 'none' ? 'tcp-pod-network' : undefined },
  });
}

/** The version in the tag of vLLM's own image; other builds number themselves differently, so theirs is not known. */
function vllmVersionOf(image: string | undefined): string | undefined {
  return /(^|\/)vllm-openai:v?(\d+\.\d+[^@]*)@/.exec(image ?? '')?.[2];
}
