import { z } from 'zod/v4';

import { poolEngineArguments } from './EngineArguments';
import { cpuQuantity, extendedResource, memoryQuantity } from './fields';
import { FORMATS } from './formats';
import { refusal } from './Problem';
import type { ProblemCode } from './problemCodes';
import { quantityValue } from './quantity';
import { refuseIn } from './schemaProblems';

const degree = z.int().min(1).max(1024);

const replicas = z.int().min(1, FORMATS.replicasZero).max(1000);

const trigger = z.strictObject({
  type: z.string().regex(/^[a-z0-9]([a-z0-9-]{0,62})$/),
  metadata: z.record(
    z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,63}$/),
    z.string().max(1000),
  ),
});

const scaling = z
  .strictObject({
    minReplicas: replicas.default(1),
    maxReplicas: replicas,
    /** Who decides: the workload variant autoscaler over HPA or KEDA, or KEDA alone. */
    mode: z.enum(['wva-hpa', 'wva-keda', 'keda']),
    /** Cost of one replica relative to other variants of the model; only with wva. */
    variantCost: z
      .string()
      .regex(/^\d{1,6}(\.\d{1,6})?$/)
      .optional(),
    /** What KEDA measures; only, and always, with keda alone. */
    triggers: z.array(trigger).min(1).max(10).optional(),
  })
  .superRefine((value, context) => {
    const fail = (
      path: string,
      code: ProblemCode,
      message: string,
      words?: Record<string, number>,
    ) => refuseIn(context, [path], refusal(code, message, words));
    if (value.minReplicas > value.maxReplicas) {
      fail(
        'minReplicas',
        'minimumAboveMaximum',
        `${value.minReplicas} is above maxReplicas ${value.maxReplicas}`,
        { least: value.minReplicas, most: value.maxReplicas },
      );
    }
    if (value.mode === 'keda' && !value.triggers) {
      fail(
        'triggers',
        'triggersMissing',
        "mode 'keda' needs at least one trigger",
      );
    }
    if (value.mode !== 'keda' && value.triggers) {
      fail('triggers', 'triggersElsewhere', "triggers belong to mode 'keda'");
    }
    if (value.mode === 'keda' && value.variantCost) {
      fail('variantCost', 'variantCostElsewhere', "belongs to the 'wva' modes");
    }
  });

function range(quantity: typeof cpuQuantity) {
  return z
    .strictObject({ request: quantity, limit: quantity })
    .refine(
      ({ request, limit }) => quantityValue(request) <= quantityValue(limit),
      {
        path: ['request'],
        message: FORMATS.requestAboveLimit,
      },
    );
}

export const poolSpec = z
  .strictObject({
    replicas: replicas.optional(),
    scaling: scaling.optional(),
    parallelism: z
      .strictObject({
        tensor: degree.default(1),
        pipeline: degree.min(2).optional(),
        /** Data parallel ranks of one replica, over all its nodes. */
        data: degree.optional(),
        /** Data parallel ranks on one node. */
        dataLocal: degree.optional(),
        expert: z.literal(true).optional(),
      })
      .default({ tensor: 1 }),
    /** One replica spans several nodes: a LeaderWorkerSet instead of a Deployment. */
    multiNode: z.literal(true).optional(),
    gpu: z
      .strictObject({ resource: extendedResource, count: degree })
      .optional(),
    cpu: range(cpuQuantity),
    memory: range(memoryQuantity),
    arguments: poolEngineArguments.default({}),
    /** Memory for the KV cache of an engine without a GPU, in GiB. */
    cpuKvCacheGiB: z.int().min(1).max(4096).optional(),
  })
  .superRefine((pool, context) => {
    const fail = (
      path: string[],
      code: ProblemCode,
      message: string,
      words?: Record<string, number>,
    ) => refuseIn(context, path, refusal(code, message, words));
    const { tensor, pipeline, data, dataLocal, expert } = pool.parallelism;

    if (pool.replicas !== undefined && pool.scaling) {
      fail(
        ['replicas'],
        'replicasAndScaling',
        'replicas and scaling exclude each other; remove one of them',
      );
    }
    if (pool.replicas === undefined && !pool.scaling) {
      fail(
        ['replicas'],
        'replicasMissing',
        'give the number of replicas, or scaling',
      );
    }
    if (pool.multiNode) {
      if (!data || !dataLocal) {
        fail(
          ['parallelism', 'data'],
          'dataParallelismMissing',
          'several nodes need data parallelism: set data and dataLocal',
        );
      } else if (data % dataLocal !== 0 || data === dataLocal) {
        fail(
          ['parallelism', 'data'],
          'ranksNotSpread',
          `${data} ranks cannot be spread over nodes of ${dataLocal}: data must be a multiple of dataLocal, and more than it`,
          { ranks: data, perNode: dataLocal },
        );
      }
      if (pipeline) {
        fail(
          ['parallelism', 'pipeline'],
          'pipelineOverNodes',
          'KServe ships no preset for pipeline parallelism over several nodes; use data parallelism',
        );
      }
    } else if (data || dataLocal) {
      fail(
        ['parallelism', 'data'],
        'dataOnOneNode',
        "data parallelism needs several nodes ('multiNode'); on one node use more replicas",
      );
    }

    const wanted = (dataLocal ?? 1) * tensor * (pipeline ?? 1);
    if (pool.gpu && pool.gpu.count !== wanted) {
      fail(
        ['gpu', 'count'],
        'gpuCountMismatch',
        `${pool.gpu.count} GPUs per pod do not match the parallelism, which uses ${wanted}`,
        { gpus: pool.gpu.count, needed: wanted },
      );
    }
    if (!pool.gpu && (wanted > 1 || expert)) {
      fail(['gpu'], 'parallelismWithoutGpus', 'parallelism needs GPUs');
    }
    if (pool.gpu && pool.cpuKvCacheGiB) {
      fail(
        ['cpuKvCacheGiB'],
        'cpuCacheWithGpus',
        'is for engines without a GPU',
      );
    }
    if (
      pool.arguments['enable-prefix-caching'] &&
      pool.arguments['no-enable-prefix-caching']
    ) {
      fail(
        ['arguments', 'no-enable-prefix-caching'],
        'prefixCachingContradiction',
        'contradicts enable-prefix-caching',
      );
    }
  });

/** One pool of a PD service, complete. @public */
export type PoolSpec = z.output<typeof poolSpec>;

/** How the replicas of a pool follow the load. @public */
export type ScalingSpec = NonNullable<PoolSpec['scaling']>;
