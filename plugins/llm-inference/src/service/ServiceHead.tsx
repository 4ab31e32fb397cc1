import type { ServiceStatus } from 'backstage-plugin-llm-inference-common';
import { DriftLine } from '../drift/DriftLine';
import { freshnessKind, isOld } from '../freshness/freshnessKind';
import { useSaid } from '../cause/useSaid';
import { FreshnessLine } from '../freshness/FreshnessLine';
import type { LiveConnection } from '../live/LiveStatusApi';
import { VerdictLabel } from '../look/VerdictLabel';
import styles from './ServiceHead.module.css';

/** Verdict, summary and freshness of a service in one cluster. */
export function ServiceHead({
  service: { service, health, freshness, model, drift },
  connection,
  seenAt,
}: {
  service: ServiceStatus;
  connection: LiveConnection;
  /** When the backend last answered; milliseconds since the epoch. */
  seenAt: number | undefined;
}) {
  const said = useSaid();
  return (
    <header className={styles.head}>
      <span className={styles.verdict}>
        <span
          className={
            isOld(freshnessKind(freshness, connection)) ? styles.old : undefined
          }
        >
          <VerdictLabel verdict={health.verdict} size="large" />
        </span>
        <FreshnessLine
          freshness={freshness}
          cluster={service.cluster}
          connection={connection}
          seenAt={seenAt}
        />
      </span>
      <p className={styles.summary}>{said.summary(health)}</p>
      <span className={styles.identity}>
        {[model?.name, service.cluster, `${service.namespace}/${service.name}`]
          .filter(Boolean)
          .join(' · ')}
      </span>
      {drift && <DriftLine drift={drift} />}
    </header>
  );
}
