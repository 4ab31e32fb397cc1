import { useMemo } from 'react';
import { useRouteRef } from '@backstage/core-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { Cell, Link } from '@backstage/ui';
import type { ColumnConfig } from '@backstage/ui';
import type { ServiceSummary } from 'backstage-plugin-llm-inference-common';
import { useSaid } from '../cause/useSaid';
import { DriftMark } from '../drift/DriftMark';
import { labelled } from '../elements/NarrowTable';
import { StaleMark } from '../freshness/StaleMark';
import { VerdictLabel } from '../look/VerdictLabel';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { PoolCounts } from './PoolCounts';
import styles from './FleetTable.module.css';

/** A service as a row of the table. */
export interface FleetRow extends ServiceSummary {
  id: string;
}

/** The columns of the fleet; those that sort bear the names that the backend sorts by. */
export function useFleetColumns(): ColumnConfig<FleetRow>[] {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const said = useSaid();
  const entityRoute = useRouteRef(entityRouteRef);
  return useMemo(
    () =>
      labelled([
        {
          id: 'name',
          label: t('fleet.column.service'),
          isRowHeader: true,
          isSortable: true,
          minWidth: 160,
          defaultWidth: '2fr',
          cell: ({ service, entityRef }) => (
            <Cell>
              <span className={styles.service}>
                {entityRef ? (
                  <Link
                    href={entityRoute(routeParams(entityRef))}
                    weight="bold"
                    standalone
                  >
                    {service.name}
                  </Link>
                ) : (
                  <strong>{service.name}</strong>
                )}
                <span className={styles.secondary}>{service.namespace}</span>
              </span>
            </Cell>
          ),
        },
        {
          id: 'verdict',
          label: t('fleet.column.verdict'),
          isSortable: true,
          minWidth: 170,
          cell: ({ verdict, freshness, drift }) => (
            <Cell>
              <span className={styles.verdict}>
                <span className={styles.mark}>
                  <VerdictLabel verdict={verdict} />
                  {freshness.state === 'Stale' && <StaleMark />}
                </span>
                {drift && <DriftMark state={drift} />}
              </span>
            </Cell>
          ),
        },
        {
          id: 'summary',
          label: t('fleet.column.summary'),
          minWidth: 240,
          defaultWidth: '3fr',
          cell: row => (
            <Cell>
              <span className={styles.summary} title={said.long(row)}>
                {said.short(row)}
              </span>
            </Cell>
          ),
        },
        {
          id: 'pools',
          label: t('fleet.column.pools'),
          minWidth: 115,
          cell: row => (
            <Cell>
              <PoolCounts
                pools={row.pools}
                isDisaggregated={row.disaggregated}
              />
            </Cell>
          ),
        },
        {
          id: 'cluster',
          label: t('fleet.column.cluster'),
          isSortable: true,
          minWidth: 110,
          cell: ({ service }) => <Cell>{service.cluster}</Cell>,
        },
        {
          id: 'model',
          label: t('fleet.column.model'),
          isSortable: true,
          minWidth: 170,
          cell: ({ model }) => (
            <Cell>
              <span className={styles.model}>
                {model?.name ?? model?.uri ?? '–'}
              </span>
            </Cell>
          ),
        },
        {
          id: 'owner',
          label: t('fleet.column.owner'),
          minWidth: 120,
          cell: ({ owner }) => (
            <Cell>
              {owner ? (
                <Link href={entityRoute(routeParams(owner))} standalone>
                  {parseEntityRef(owner).name}
                </Link>
              ) : (
                '–'
              )}
            </Cell>
          ),
        },
      ]),
    [t, said, entityRoute],
  );
}

function routeParams(entityRef: string) {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  return { kind: kind.toLocaleLowerCase('en-US'), namespace, name };
}
