import { defaultTransports } from './FabricSpec';
import type { PdServiceSpec } from './PdServiceSpec';
import type { PoolSpec } from './PoolSpec';

/** Tensor parallel ranks talk through /dev/shm; below this NCCL fails with a bus error. */
export const SHARED_MEMORY_FOR_TENSOR_PARALLELISM = '8Gi';

/** Whose GPUs a pool uses. */
export function gpuVendor(pool: PoolSpec): 'nvidia' | 'amd' | 'none' {
  if (!pool.gpu) return 'none';
  return pool.gpu.resource.startsWith('amd.com/') ? 'amd' : 'nvidia';
}

/** Fills in what follows from the rest of the spec. */
export function completeSpec(spec: PdServiceSpec): PdServiceSpec {
  const efa = spec.fabric.kind === 'efa';
  const tensor = Math.max(
    spec.decode.parallelism.tensor,
    spec.prefill.parallelism.tensor,
  );
  const { fabric, kvTransfer, pods } = spec;
  return withoutUndefined({
    ...spec,
    fabric: {
      ...fabric,
      count: fabric.kind === 'none' ? undefined : fabric.count ?? 1,
      transports:
        fabric.transports ??
        defaultTransports(fabric.kind, gpuVendor(spec.decode)),
    },
    kvTransfer: {
      ...kvTransfer,
      backends: kvTransfer.backends ?? (efa ? ['LIBFABRIC'] : undefined),
      bufferDevice:
        kvTransfer.bufferDevice ?? (spec.decode.gpu ? undefined : 'cpu'),
    },
    pods: {
      ...pods,
      antiAffinity: efa ? 'required' : pods.antiAffinity,
      sharedMemory:
        pods.sharedMemory ??
        (tensor > 1 ? SHARED_MEMORY_FOR_TENSOR_PARALLELISM : undefined),
    },
  });
}

/** A field that is there with the value undefined would make equal specs differ. */
function withoutUndefined<T>(value: T): T {
  if (Array.isArray(value)) {
    return value.map(withoutUndefined) as T;
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => [key, withoutUndefined(item)]),
    ) as T;
  }
  return value;
}
