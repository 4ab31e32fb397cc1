import type { ServingHealth } from 'backstage-plugin-llm-inference-common';
import { KvPath } from './KvPath';
import { PoolPanel } from './PoolPanel';
import { RouterStrip } from './RouterStrip';
import styles from './ServingDiagram.module.css';

/** The service as it is built: router above, prefill and decode below, the KV path between them. */
export function ServingDiagram({
  health,
  maxPods,
  isOld,
}: {
  health: ServingHealth;
  /** How many pods a pool shows as dots before it counts the rest. */
  maxPods: number;
  /** Whether what is shown may no longer be so. */
  isOld: boolean;
}) {
  const { decode, prefill } = health.pools;
  const common = { maxPods, verdict: health.verdict };
  return (
    <div className={styles.diagram} data-old={isOld || undefined}>
      <RouterStrip router={health.router} />
      {health.disaggregated ? (
        <div className={styles.pools}>
          <PoolPanel kind="prefill" pool={prefill} {...common} />
          <KvPath kv={health.kvTransfer} />
          <PoolPanel kind="decode" pool={decode} {...common} />
        </div>
      ) : (
        <PoolPanel kind="engine" pool={decode} {...common} />
      )}
    </div>
  );
}
