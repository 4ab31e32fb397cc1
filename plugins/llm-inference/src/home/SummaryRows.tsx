import { useRouteRef } from '@backstage/core-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';
import type { ServiceSummary } from 'backstage-plugin-llm-inference-common';
import { useSaid } from '../cause/useSaid';
import { StaleMark } from '../freshness/StaleMark';
import { VerdictLabel } from '../look/VerdictLabel';
import styles from '../related/ServiceRows.module.css';

/** Services in one line each, with what is wrong. */
export function SummaryRows({ items }: { items: ServiceSummary[] }) {
  const entityRoute = useRouteRef(entityRouteRef);
  const said = useSaid();
  return (
    <ul className={styles.rows}>
      {items.map(item => {
        const { service, verdict, entityRef, freshness } = item;
        return (
          <li
            key={[service.cluster, service.namespace, service.name].join('/')}
            className={styles.row}
          >
            <span className={styles.verdict}>
              <VerdictLabel verdict={verdict} />
              {freshness.state === 'Stale' && <StaleMark />}
            </span>
            <span className={styles.name}>
              {entityRef ? (
                <Link
                  href={entityRoute(parseEntityRef(entityRef))}
                  weight="bold"
                  standalone
                >
                  {service.name}
                </Link>
              ) : (
                <strong>{service.name}</strong>
              )}
              <span className={styles.cluster}>{service.cluster}</span>
            </span>
            <span className={styles.summary}>{said.short(item)}</span>
          </li>
        );
      })}
    </ul>
  );
}
