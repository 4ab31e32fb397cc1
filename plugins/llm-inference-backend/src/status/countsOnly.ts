import type {
  PoolHealth,
  ServingHealth,
} from 'backstage-plugin-llm-inference-common';

/**
 * What is shown of a service that does not name the entity back: verdict and counts. Whoever can write a
 * catalog file must not read names, logs or images of another team's pods with it.
 */
export function countsOnly(health: ServingHealth): ServingHealth {
  const { decode, prefill } = health.pools;
  const { bytesPerSecond: _rate, ...kvTransfer } = health.kvTransfer;
  return {
    ...health,
    summary: `The service is ${health.verdict.toLowerCase()}. Details are shown once it names this entity.`,
    pools: {
      ...(decode ? { decode: poolCounts(decode) } : {}),
      ...(prefill ? { prefill: poolCounts(prefill) } : {}),
    },
    kvTransfer: { ...kvTransfer, evidence: [] },
    router: {
      scheduler: { state: health.router.scheduler.state },
      inferencePool: { state: health.router.inferencePool.state },
      route: { state: health.router.route.state },
      gateway: { state: health.router.gateway.state },
    },
    causes: [],
    conditions: [],
    endpoints: [],
  };
}

function poolCounts({
  workload: _name,
  containers: _names,
  ...pool
}: PoolHealth): PoolHealth {
  return { ...pool, pods: [] };
}
