import { useRouteRef } from '@backstage/core-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';
import { PoolCounts } from '../fleet/PoolCounts';
import { StaleMark } from '../freshness/StaleMark';
import { VerdictLabel } from '../look/VerdictLabel';
import type { RankedService } from './rankServices';
import styles from './ServiceRows.module.css';

/** Services in one line each: verdict, name, where, and how many are ready. */
export function ServiceRows({ rows }: { rows: RankedService[] }) {
  const entityRoute = useRouteRef(entityRouteRef);
  return (
    <ul className={styles.rows}>
      {rows.map(({ key, entityRef, verdict, service }) => {
        const { kind, namespace, name } = parseEntityRef(entityRef);
        return (
          <li key={key} className={styles.row}>
            <span className={styles.verdict}>
              <VerdictLabel verdict={verdict} />
              {service?.freshness.state === 'Stale' && <StaleMark />}
            </span>
            <span className={styles.name}>
              <Link
                href={entityRoute({
                  kind: kind.toLocaleLowerCase('en-US'),
                  namespace,
                  name,
                })}
                weight="bold"
                standalone
              >
                {name}
              </Link>
              {service && (
                <span className={styles.cluster}>
                  {service.service.cluster}
                </span>
              )}
            </span>
            {service && (
              <PoolCounts
                pools={service.health.pools}
                isDisaggregated={service.health.disaggregated}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}
