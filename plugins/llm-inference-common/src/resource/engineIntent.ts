import type { EnvironmentVariable } from './environment';
import { findArgument, type EngineArgument } from './engineArguments';
import { parseUcxTransports } from './ucxTransports';
import { asNumber, asRecord } from './unknown';

/** What shows that a pool is meant to use RDMA, other than requesting a device. @public */
export interface RdmaIntent {
  /** The field, for example `KSERVE_INFER_ROCE=true`. */
  sign: string;
}

/**
 * Signs that RDMA is meant: `KSERVE_INFER_ROCE`, `UCX_TLS` that names RDMA transports and excludes TCP, or a
 * networks annotation. They prove nothing about its use.
 *
 * @param environment - of the container `main`
 * @param networks - the pool's networks annotation, if any
 * @public
 */
export function findRdmaIntent(
  environment: ReadonlyMap<string, EnvironmentVariable>,
  networks: string | undefined,
): RdmaIntent | undefined {
  if (environment.get('KSERVE_INFER_ROCE')?.value === 'true') {
    return { sign: 'KSERVE_INFER_ROCE=true' };
  }
  const list = environment.get('UCX_TLS')?.value;
  const transports = parseUcxTransports(list);
  if (
    transports &&
    !transports.denylist &&
    transports.rdma &&
    !transports.tcp
  ) {
    return { sign: `UCX_TLS=${list}` };
  }
  return networks
    ? { sign: `k8s.v1.cni.cncf.io/networks: ${networks}` }
    : undefined;
}

/** Tensor parallelism of a pool, from `parallelism.tensor` or the engine's arguments; 1 by default. @public */
export function tensorParallelism(
  parallelism: unknown,
  engineArguments: readonly EngineArgument[],
): number {
  const declared = asNumber(asRecord(parallelism).tensor);
  const argument = findArgument(engineArguments, '--tensor-parallel-size');
  const parsed = Number(argument?.value);
  const size = declared ?? (Number.isInteger(parsed) ? parsed : 1);
  return Math.max(1, size);
}

/**
 * Says why two tensor parallel sizes cannot exchange KV blocks over NIXL, or nothing. Models with multi-head
 * latent attention are exempt, which cannot be seen in a resource.
 *
 * @public
 */
export function findParallelismProblem(
  decodeTensor: number,
  prefillTensor: number,
): string | undefined {
  if (prefillTensor > decodeTensor) {
    return `prefill has tensor parallelism ${prefillTensor}, more than decode with ${decodeTensor}`;
  }
  return decodeTensor % prefillTensor === 0
    ? undefined
    : `decode has tensor parallelism ${decodeTensor}, which is not a multiple of prefill's ${prefillTensor}`;
}
