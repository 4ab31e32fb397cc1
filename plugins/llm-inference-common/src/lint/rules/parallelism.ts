import { asText } from '../../resource/unknown';
import { joinPath } from '../jsonPath';
import { findRdmaIntent } from '../../resource/engineIntent';
import { parseUcxTransports } from '../../resource/ucxTransports';
import type { LintContext } from '../LintContext';
import type { Rule, Violation } from '../Rule';
import type { Container } from '../service/Container';
import { mayHaveClaims } from '../service/fabric';
import type { Pool } from '../service/Pool';
import type { ServiceManifest } from '../service/ServiceManifest';

function argumentNumber(
  container: Container | undefined,
  flag: string,
): number | undefined {
  const value = Number(container?.argument(flag)?.value);
  return Number.isInteger(value) && value > 0 ? value : undefined;
}

/** GPUs that one pod of a pool needs by its parallelism. */
function gpusByParallelism(pool: Pool): number {
  const data =
    pool.parallel('dataLocal') ??
    argumentNumber(pool.main, '--data-parallel-size-local');
  if (pool.multiNode) return pool.tensor * (data ?? 1);
  const pipeline =
    pool.parallel('pipeline') ??
    argumentNumber(pool.main, '--pipeline-parallel-size') ??
    1;
  const replicas =
    data ?? argumentNumber(pool.main, '--data-parallel-size') ?? 1;
  return pool.tensor * pipeline * replicas;
}

/** What shows something, in words and as a field that is the same in every language. */
interface Sign {
  said: string;
  field: string;
}

function signOf(field: string | undefined): Sign | undefined {
  return field === undefined ? undefined : { said: field, field };
}

/** What shows that GPUs are meant in a container that requests none. */
function gpuSign(
  service: ServiceManifest,
  pool: Pool,
  main: Container,
): Sign | undefined {
  const { tensor } = pool;
  if (tensor > 1) {
    return {
      said: `tensor parallelism ${tensor}`,
      field: `parallelism.tensor=${tensor}`,
    };
  }
  const [rdma] = main.rdmaDevices;
  if (rdma) {
    return { said: `the RDMA resource ${rdma.name}`, field: rdma.name };
  }
  const tls = main.env('UCX_TLS')?.value;
  if (
    parseUcxTransports(tls)?.names.some(name => /^(?:cuda|rocm)/.test(name))
  ) {
    return signOf(`UCX_TLS=${tls}`);
  }
  return service.prefill
    ? signOf(findRdmaIntent(main.environment, pool.networks?.value)?.sign)
    : undefined;
}

function* gpuMismatch(service: ServiceManifest): Generator<Violation> {
  for (const pool of service.pools) {
    const hidden = !service.complete && pool.spec.parallelism === undefined;
    for (const main of pool.mains) {
      const needed = gpusByParallelism(pool);
      const path = joinPath(main.path, 'resources', 'limits');
      const gpus = main.devices.filter(({ kind }) => kind === 'gpu');
      if (gpus.length > 0) {
        if (main.gpus === needed || hidden) continue;
        yield {
          path: joinPath(path, gpus[0].name),
          words: {
            pool: pool.role,
            gpus: main.gpus,
            resource: gpus[0].name,
            needed,
            field: `${pool.path}.parallelism.tensor`,
          },
          message: `A pod of ${pool.title} requests ${main.gpus} of ${gpus[0].name}, but its parallelism needs ${needed}. parallelism.tensor does not set the resource.`,
          fix: `Request ${needed}, or change ${pool.path}.parallelism.tensor.`,
        };
        continue;
      }
      const sign = gpuSign(service, pool, main);
      const mayHave = !service.complete || mayHaveClaims(pool, service);
      if (!sign || mayHave) continue;
      yield {
        path,
        words: { code: 'none', pool: pool.role, sign: sign.field, needed },
        message: `${pool.title} requests no GPU, but ${sign.said} says that GPUs are meant.`,
        fix: `Request ${needed} of the GPU resource, for example nvidia.com/gpu: "${needed}".`,
      };
    }
  }
}

function* indivisible(
  { pools, complete }: ServiceManifest,
  { options: { architecture } }: LintContext,
): Generator<Violation> {
  const heads = architecture?.attentionHeads;
  const kv = architecture?.kv;
  for (const pool of pools) {
    const path = joinPath(pool.path, 'parallelism', 'tensor');
    const { tensor } = pool;
    if (!complete && tensor === 1) continue;
    if (heads !== undefined && heads % tensor !== 0) {
      yield {
        path,
        words: { heads, tensor },
        message: `The model has ${heads} attention heads, which tensor parallelism ${tensor} does not divide.`,
        fix: `Use a divisor of ${heads}.`,
      };
    } else if (kv?.kind === 'heads' && kv.kvHeads < tensor) {
      yield {
        level: 'info',
        path,
        words: { code: 'replicated', heads: kv.kvHeads, tensor },
        message: `The model has ${kv.kvHeads} KV heads; with tensor parallelism ${tensor} they are replicated, and the KV cache gains nothing from it.`,
        fix: 'Nothing, where the weights need it.',
      };
    }
  }
}

/** GPUs, parallelism and the memory that goes with them. */
export const PARALLELISM_RULES: readonly Rule[] = [
  { id: 'gpu-tensor-mismatch', level: 'error', check: gpuMismatch },
  { id: 'tensor-parallel-indivisible', level: 'error', check: indivisible },
  {
    id: 'kv-cache-too-small',
    level: 'error',
    *check({ pools, complete }, { options: { estimate } }) {
      if (!estimate || !complete) return;
      for (const pool of pools) {
        const { main } = pool;
        if (!main) continue;
        const fit = estimate({
          name: pool.name,
          tensor: pool.tensor,
          pipeline: pool.parallel('pipeline') ?? 1,
          data: pool.parallel('data') ?? 1,
          expert: pool.parallelism.expert === true,
          gpus: main.gpus,
          gpuResource: main.devices.find(({ kind }) => kind === 'gpu')?.name,
          maxModelTokens: argumentNumber(main, '--max-model-len'),
          kvCacheType: asText(main.argument('--kv-cache-dtype')?.value),
          gpuMemoryUtilization: shareOf(main),
        });
        if (fit?.fits !== false) continue;
        const left =
          fit.kvAvailableBytes === undefined
            ? undefined
            : (fit.kvAvailableBytes / 2 ** 30).toFixed(1);
        yield {
          path: joinPath(pool.path, 'parallelism', 'tensor'),
          words: {
            code: left === undefined ? undefined : 'left',
            pool: pool.role,
            left,
          },
          message: `The weights and one request of the longest length do not fit into the GPUs of ${
            pool.title
          }${
            fit.kvAvailableBytes === undefined
              ? ''
              : ` (${(fit.kvAvailableBytes / 2 ** 30).toFixed(
                  1,
                )} GiB are left for the KV cache of one GPU)`
          }.`,
          fix: 'Raise parallelism.tensor with the GPUs, lower --max-model-len, or use an fp8 KV cache.',
        };
      }
    },
  },
];

function shareOf(main: Container): number | undefined {
  const share = Number(main.argument('--gpu-memory-utilization')?.value);
  return share > 0 && share <= 1 ? share : undefined;
}
