import type { PdServiceSpec } from '../spec/PdServiceSpec';
import type { PoolSpec } from '../spec/PoolSpec';

/** Name of a pool in a spec. @public */
export type PoolName = 'decode' | 'prefill';

/** The selector of all pods that KServe manages for a service. */
export function serviceLabels(name: string): Record<string, string> {
  return {
    'app.kubernetes.io/part-of': 'llminferenceservice',
    'app.kubernetes.io/name': name,
  };
}

/** Values of `app.kubernetes.io/component` on the pods of a pool; the one that serves HTTP first. */
export function componentsOf(pool: PoolSpec, name: PoolName): string[] {
  const suffix = name === 'prefill' ? '-prefill' : '';
  return pool.multiNode
    ? [
        `llminferenceservice-workload-leader${suffix}`,
        `llminferenceservice-workload-worker${suffix}`,
      ]
    : [`llminferenceservice-workload${suffix}`];
}

/** Port of vLLM in a pool: on decode the routing sidecar has 8000. */
export const ENGINE_PORT: Record<PoolName, number> = {
  decode: 8001,
  prefill: 8000,
};

/** The catalog entity of a service. @public */
export function entityRefOf({ name }: Pick<PdServiceSpec, 'name'>): string {
  return `component:default/${name}`;
}

/** Clusters of a service, its own first. @public */
export function clustersOf(spec: PdServiceSpec): string[] {
  return [
    spec.cluster,
    ...(spec.otherClusters ?? []).map(({ cluster }) => cluster),
  ];
}
