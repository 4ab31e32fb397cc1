import type {
  PoolHealth,
  ServingHealth,
} from 'backstage-plugin-llm-inference-common';

const UNTOLD = { state: 'Unknown' } as const;

/**
 * What is shown of a service that does not name the entity back: verdict and counts. Whoever can write a
 * catalog file must not read names, logs or images of another team's pods with it.
 */
export function countsOnly(health: ServingHealth): ServingHealth {
  const { decode, prefill } = health.pools;
  return {
    ...health,
    summary: `The service is ${health.verdict.toLowerCase()}. Details are shown once it names this entity.`,
    summaryParts: [{ says: 'countsOnly', words: {} }],
    pools: {
      ...(decode ? { decode: poolCounts(decode) } : {}),
      ...(prefill ? { prefill: poolCounts(prefill) } : {}),
    },
    kvTransfer: {
      configuration: 'Unknown',
      fabric: 'Unverified',
      effectiveness: 'Unmeasurable',
      evidence: [],
    },
    router: {
      scheduler: UNTOLD,
      inferencePool: UNTOLD,
      route: UNTOLD,
      gateway: UNTOLD,
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
