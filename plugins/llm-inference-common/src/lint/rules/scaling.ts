import { asNumber, asRecord } from '../../resource/unknown';
import { joinPath } from '../jsonPath';
import type { Rule, Violation } from '../Rule';
import type { Pool } from '../service/Pool';
import type { ServiceManifest } from '../service/ServiceManifest';

/** How a pool is scaled, as the webhook compares it: mode and, under wva, the actuator. */
function scalingMode(pool: Pool): string | undefined {
  const { wva, keda } = asRecord(pool.spec.scaling);
  if (wva !== undefined) {
    const { hpa, keda: actuator } = asRecord(wva);
    if (hpa !== undefined) return 'wva + hpa';
    return actuator === undefined ? 'wva' : 'wva + keda';
  }
  return keda === undefined ? undefined : 'keda';
}

function* workerParallelism(
  pool: Pool,
  complete: boolean,
): Generator<Violation> {
  const path = joinPath(pool.path, 'parallelism');
  const pipeline = pool.parallel('pipeline');
  const data = pool.parallel('data');
  const dataLocal = pool.parallel('dataLocal');
  if (pipeline && (data || dataLocal)) {
    yield {
      path,
      words: { code: 'both' },
      message: 'pipeline and data parallelism cannot be set together.',
      fix: 'Keep data and dataLocal, or pipeline.',
    };
  }
  // The other half may come from a base configuration that is not known.
  if (!complete) return;
  if (pool.multiNode && !pipeline && !data && !dataLocal) {
    yield {
      path,
      words: { code: 'none' },
      message: 'A pool with a worker needs data or pipeline parallelism.',
      fix: 'Set parallelism.data and parallelism.dataLocal, or remove the worker.',
    };
  }
  if (Boolean(data) !== Boolean(dataLocal)) {
    const [set, missing] = data ? ['data', 'dataLocal'] : ['dataLocal', 'data'];
    yield {
      path: joinPath(path, set),
      words: { code: 'half', set, missing },
      message: `${set} is set without ${missing}; the webhook refuses it.`,
      fix: `Set parallelism.${missing}, too.`,
    };
  }
}

const eachPool =
  (check: (pool: Pool, service: ServiceManifest) => Iterable<Violation>) =>
  (service: ServiceManifest) =>
    service.pools.flatMap(pool => [...check(pool, service)]);

/** Replicas, scaling and the shape of parallelism. */
export const SCALING_RULES: readonly Rule[] = [
  {
    id: 'replicas-xor-scaling',
    level: 'error',
    check: eachPool(function* check(pool) {
      const { replicas, scaling } = pool.spec;
      if (replicas === undefined || scaling === undefined) return;
      yield {
        path: joinPath(pool.path, 'replicas'),
        message: 'replicas and scaling exclude each other in one pool.',
        fix: 'Remove replicas to scale, or scaling for a fixed number.',
      };
    }),
  },
  {
    id: 'scaling-mode-mixed',
    level: 'error',
    *check({ pair }) {
      const decode = pair && scalingMode(pair.decode);
      const prefill = pair && scalingMode(pair.prefill);
      if (!decode || !prefill || decode === prefill) return;
      yield {
        path: 'spec.prefill.scaling',
        words: { decode, prefill },
        message: `decode scales by ${decode} and prefill by ${prefill}; the webhook refuses to mix them.`,
        fix: 'Use the same mode and actuator in both pools.',
      };
    },
  },
  {
    id: 'replicas-zero',
    level: 'warning',
    check: eachPool(function* check(pool) {
      if (asNumber(pool.spec.replicas) !== 0) return;
      yield {
        path: joinPath(pool.path, 'replicas'),
        words: { code: pool.name === 'prefill' ? 'prefill' : undefined },
        message:
          pool.name === 'prefill'
            ? 'With 0 prefill replicas decode does all the work.'
            : 'With 0 replicas nothing answers.',
        fix:
          pool.name === 'prefill'
            ? 'Set at least 1, or remove spec.prefill.'
            : 'Set at least 1; to stop the service use the annotation serving.kserve.io/stop: "true".',
      };
    }),
  },
  {
    id: 'pipeline-preset-missing',
    level: 'error',
    check: eachPool(function* check(pool) {
      if (!pool.multiNode || !pool.parallel('pipeline')) return;
      yield {
        path: joinPath(pool.path, 'parallelism', 'pipeline'),
        message:
          'KServe ships no preset for pipeline parallelism over several nodes; the controller reports ConfigNotFound.',
        fix: 'Use data parallelism, or tensor parallelism on one node.',
      };
    }),
  },
  {
    id: 'worker-parallelism',
    level: 'error',
    check: eachPool((pool, { complete }) => workerParallelism(pool, complete)),
  },
];
