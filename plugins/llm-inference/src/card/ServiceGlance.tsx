import type { ServiceStatus } from 'backstage-plugin-llm-inference-common';
import { RootCause } from '../cause/RootCause';
import { ServingDiagram } from '../diagram/ServingDiagram';
import { EndpointBox } from '../endpoint/EndpointBox';
import { FreshnessLine } from '../freshness/FreshnessLine';
import type { LiveConnection } from '../live/LiveStatusApi';
import { VerdictLabel } from '../look/VerdictLabel';
import styles from './ServiceGlance.module.css';

/** A service of one cluster at a glance. */
export function ServiceGlance({
  service: { service, health, freshness, model },
  connection,
  seenAt,
  maxPods,
}: {
  service: ServiceStatus;
  connection: LiveConnection;
  seenAt: number | undefined;
  maxPods: number;
}) {
  return (
    <div className={styles.glance}>
      <header className={styles.head}>
        <span className={styles.verdict}>
          <VerdictLabel verdict={health.verdict} size="large" />
          <FreshnessLine
            freshness={freshness}
            cluster={service.cluster}
            connection={connection}
            seenAt={seenAt}
          />
        </span>
        <p className={styles.summary}>{health.summary}</p>
        <span className={styles.identity}>
          {[
            model?.name,
            service.cluster,
            `${service.namespace}/${service.name}`,
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </header>
      <div className={styles.body}>
        <RootCause causes={health.causes} />
        {health.verdict !== 'Missing' && (
          <ServingDiagram health={health} maxPods={maxPods} />
        )}
      </div>
      <EndpointBox endpoints={health.endpoints} />
    </div>
  );
}
