import { MAIN_CONTAINER, SIDECAR_CONTAINER } from '../../resource/containers';
import { findProbeProblems, startupBudgetSeconds } from '../../resource/probes';
import { parseQuantity } from '../../resource/quantity';
import { asList, asNumber, asRecord } from '../../resource/unknown';
import { joinPath } from '../jsonPath';
import type { Rule, Violation } from '../Rule';
import type { Pool } from '../service/Pool';
import type { ServiceManifest } from '../service/ServiceManifest';

const GIB = 2 ** 30;

/** Shared memory below which several ranks run out of it. */
const ENOUGH_SHARED_MEMORY = 8 * GIB;

/** Weights are staged in host memory with about this much beside them. */
const STAGING = 1.1;

/** Startup budget of the preset's probe, in seconds. */
const PRESET_BUDGET = 600;

/** Cautious rate at which weights reach a GPU from storage, in bytes per second, and the time to compile. */
const LOAD_RATE = 100e6;
const COMPILE_SECONDS = 180;

/** Seconds in which requests and transfers in flight can end. */
const GRACE_SECONDS = 60;

/** From this many replicas on, a surge of a quarter needs more than one free set of GPUs. */
const LARGE_POOL = 4;

/** Bytes of weights that one pod holds. */
function weightsPerPod(pool: Pool, weightBytes: number): number {
  const data = pool.parallel('data');
  const local = pool.parallel('dataLocal');
  // Experts are spread over the pods of a multi-node pool; without expert parallelism each has all.
  return pool.multiNode && pool.parallelism.expert === true && data && local
    ? (weightBytes * local) / data
    : weightBytes;
}

function* sharedMemory({
  pools,
  complete,
}: ServiceManifest): Generator<Violation> {
  for (const pool of pools) {
    for (const { path, spec, main, role } of pool.templates) {
      const volumes = asList(spec.volumes).map(asRecord);
      const mounts = asList(main?.fields.volumeMounts).map(asRecord);
      const stray = volumes.findIndex(({ name }) => name === 'shm');
      if (stray >= 0 && !mounts.some(({ name }) => name === 'shm')) {
        yield {
          path: joinPath(path, 'volumes', stray),
          words: { code: 'unmounted' },
          message:
            'Nothing mounts the volume shm; the preset mounts dshm at /dev/shm.',
          fix: 'Name the volume dshm, so that it replaces the one of the preset.',
        };
      }
      if (pool.tensor <= 1) continue;
      // Mounts are merged by path: one at /dev/shm takes the place of the preset's.
      const mounted = mounts.find(({ mountPath }) => mountPath === '/dev/shm');
      const index = volumes.findIndex(
        ({ name }) => name === (mounted?.name ?? 'dshm'),
      );
      // The multi-node presets bring 8Gi; elsewhere a base configuration may.
      const presetSuffices = pool.multiNode || !complete;
      if (index < 0) {
        if (presetSuffices || role === 'worker') continue;
        yield {
          path: joinPath(path, 'volumes'),
          words: { code: 'preset', tensor: pool.tensor },
          message: `Tensor parallelism ${pool.tensor} shares memory between its ranks; the preset gives 1Gi.`,
          fix: 'Add a volume dshm with emptyDir {medium: Memory, sizeLimit: 8Gi}, and count it in the memory limit.',
        };
        continue;
      }
      const limit = asRecord(volumes[index].emptyDir).sizeLimit;
      const size = parseQuantity(limit);
      if (size === undefined || size >= ENOUGH_SHARED_MEMORY) continue;
      yield {
        path: joinPath(path, 'volumes', index, 'emptyDir', 'sizeLimit'),
        words: { size: String(limit), tensor: pool.tensor },
        message: `${String(
          limit,
        )} of shared memory is little for tensor parallelism ${pool.tensor}.`,
        fix: 'Set at least 8Gi, and count it in the memory limit.',
      };
    }
  }
}

function* startupBudget(pool: Pool, weightBytes: number): Generator<Violation> {
  const main = pool.main;
  if (!main) return;
  const budget = startupBudgetSeconds(main.fields) ?? PRESET_BUDGET;
  const seconds =
    weightsPerPod(pool, weightBytes) / LOAD_RATE + COMPILE_SECONDS;
  if (budget >= Math.min(seconds, 3600)) return;
  yield {
    unverified: true,
    path: joinPath(main.path, 'startupProbe'),
    words: {
      pool: pool.role,
      budget,
      weights: Math.round(weightBytes / GIB),
      seconds: Math.round(seconds),
    },
    message: `${pool.title} has ${budget} s to start, but ${Math.round(
      weightBytes / GIB,
    )} GiB of weights may take ${Math.round(
      seconds,
    )} s from ordinary storage. It would be killed while loading, again and again.`,
    fix: 'Raise startupProbe.failureThreshold, for example 120 × 30 s, or use faster storage (pvc://).',
  };
}

/** Host memory, probes, and how pods start and end. */
export const LIFECYCLE_RULES: readonly Rule[] = [
  {
    id: 'host-memory-low',
    level: 'warning',
    *check({ pools }, { options: { architecture } }) {
      const weights = architecture?.weightBytes;
      if (!weights) return;
      for (const pool of pools) {
        for (const main of pool.mains) {
          const { limits } = asRecord(main.fields.resources);
          const limit = parseQuantity(asRecord(limits).memory);
          const needed = weightsPerPod(pool, weights) * STAGING;
          if (limit === undefined || limit >= needed) continue;
          yield {
            path: joinPath(main.path, 'resources', 'limits', 'memory'),
            words: { memory: Math.ceil(needed / GIB) },
            message: `The memory limit is below the ${Math.ceil(
              needed / GIB,
            )} GiB in which the weights are staged on their way to the GPU.`,
            fix: `Set at least ${Math.ceil(needed / GIB)}Gi.`,
          };
        }
      }
    },
  },
  { id: 'shared-memory-too-small', level: 'warning', check: sharedMemory },
  {
    id: 'startup-budget-exceeded',
    level: 'warning',
    *check({ pools, complete }, { options: { architecture } }) {
      const weights = architecture?.weightBytes;
      if (!weights || !complete) return;
      for (const pool of pools) yield* startupBudget(pool, weights);
    },
  },
  {
    id: 'probe-misconfigured',
    level: 'error',
    *check({ pools }, { options: { tls } }) {
      for (const pool of pools) {
        const { main } = pool;
        if (!main) continue;
        for (const {
          kind,
          field,
          problem,
          used,
          expected,
        } of findProbeProblems(main.fields, pool.role, tls)) {
          const action =
            asRecord(main.fields[kind]).httpGet === undefined
              ? 'tcpSocket'
              : 'httpGet';
          yield {
            path: joinPath(main.path, kind, action, field),
            words: {
              code:
                field === 'port' && used === '8000' && pool.role === 'decode'
                  ? 'sidecar'
                  : field,
              probe: kind,
              used,
              expected,
            },
            message: `${problem}.`,
            fix: `Remove the ${kind}: the preset has the right one.`,
          };
        }
      }
    },
  },
  {
    id: 'prefill-termination-message',
    level: 'info',
    *check({ prefill, complete }) {
      const main = prefill?.main;
      const policy = main?.fields.terminationMessagePolicy;
      if (!main || policy === 'FallbackToLogsOnError' || !complete) return;
      yield {
        path: joinPath(main.path, 'terminationMessagePolicy'),
        message:
          'When prefill crashes, its last words are lost to those who may not read logs.',
        fix: 'Set terminationMessagePolicy: FallbackToLogsOnError.',
      };
    },
  },
  {
    id: 'sidecar-missing',
    level: 'error',
    *check({ pair }) {
      if (!pair) return;
      const { path, spec } = pair.decode.template;
      const items = asList(spec.initContainers).map(asRecord);
      const replaces = items.findIndex(item => item.$patch === 'replace');
      if (replaces < 0) return;
      if (items.some(({ name }) => name === SIDECAR_CONTAINER)) return;
      yield {
        path: joinPath(path, 'initContainers', replaces),
        message: `The list replaces the preset's, and with it ${SIDECAR_CONTAINER}, which receives the requests of decode.`,
        fix: `Remove $patch: init containers are merged by name into the preset's, beside ${MAIN_CONTAINER}.`,
      };
    },
  },
  {
    id: 'gpu-memory-utilization',
    level: 'warning',
    *check({ pools }) {
      for (const main of pools.flatMap(({ mains }) => mains)) {
        const argument = main.argument('--gpu-memory-utilization');
        const share = Number(argument?.value);
        if (!argument || Number.isNaN(share)) continue;
        if (share >= 0.5 && share <= 0.95) continue;
        yield {
          path: main.argumentPath(argument),
          words: { code: share > 0.95 ? 'high' : 'low', share },
          message:
            share > 0.95
              ? `With ${share} of the GPU nothing is left for what the engine does not count; it may run out of memory under load.`
              : `With ${share} of the GPU much of it is left unused.`,
          fix: 'Use 0.90 to 0.92, the default.',
        };
      }
    },
  },
  {
    id: 'termination-grace',
    level: 'info',
    *check({ pools }) {
      for (const { path, spec } of pools.flatMap(pool => pool.templates)) {
        const grace = asNumber(spec.terminationGracePeriodSeconds);
        if (grace === undefined || grace >= GRACE_SECONDS) continue;
        yield {
          path: joinPath(path, 'terminationGracePeriodSeconds'),
          words: { seconds: grace },
          message: `Pods have ${grace} s to end; requests and transfers in flight need the preset's ${GRACE_SECONDS} s.`,
          fix: `Remove it, or set at least ${GRACE_SECONDS}.`,
        };
      }
    },
  },
  {
    id: 'rollout-surge',
    level: 'info',
    *check({ pools, complete }) {
      for (const pool of pools) {
        const replicas = asNumber(pool.spec.replicas) ?? 0;
        const gpus = pool.main?.gpus ?? 0;
        const set = pool.spec.rolloutStrategy !== undefined || pool.multiNode;
        if (replicas < LARGE_POOL || gpus === 0 || set || !complete) continue;
        yield {
          path: joinPath(pool.path, 'rolloutStrategy'),
          words: { pool: pool.role, gpus: Math.ceil(replicas / 4) * gpus },
          message: `A rollout of ${
            pool.title
          } starts a quarter more pods first: it needs ${
            Math.ceil(replicas / 4) * gpus
          } free GPUs.`,
          fix: 'Keep them free, or set rolloutStrategy (maxSurge 0, maxUnavailable 1) where KServe has it.',
        };
      }
    },
  },
];
