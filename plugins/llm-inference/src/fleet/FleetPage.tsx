import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Card, CardBody, Container, Table } from '@backstage/ui';
import type { SortDescriptor } from '@backstage/ui';
import type { ServiceListQuery } from 'backstage-plugin-llm-inference-common';
import { ListFreshness } from '../freshness/ListFreshness';
import { useServiceList } from '../live/useServiceList';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { ClusterConnections } from './ClusterConnections';
import { FleetFilters } from './FleetFilters';
import {
  isFiltered,
  PAGE_SIZES,
  paramsFromQuery,
  queryFromParams,
} from './fleetQuery';
import { FleetUnavailable } from './FleetUnavailable';
import { FleetRow, useFleetColumns } from './useFleetColumns';
import { useFleetOptions } from './useFleetOptions';
import { NarrowTable } from '../elements/NarrowTable';
import { VerdictCounts } from './VerdictCounts';
import styles from './FleetPage.module.css';

/**
 * Every service that the user may see, across clusters.
 *
 * @public
 */
export function FleetPage() {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const [params, setParams] = useSearchParams();
  const query = useMemo(() => queryFromParams(params), [params]);
  const { list, live, error, isStale, readAt } = useServiceList(query);
  const options = useFleetOptions(list);
  const columns = useFleetColumns();
  const rows = useMemo(() => list?.items.map(toRow), [list]);

  const change = useCallback(
    (part: Partial<ServiceListQuery>) =>
      setParams(
        last =>
          paramsFromQuery({ ...queryFromParams(last), offset: 0, ...part }),
        { replace: !('offset' in part) },
      ),
    [setParams],
  );

  if (error && !list) {
    return <FleetUnavailable error={error} />;
  }
  const { limit = 50, offset = 0 } = query;
  const total = list?.total ?? 0;
  return (
    <Container className={styles.page}>
      <div className={styles.top}>
        <ClusterConnections clusters={live.clusters ?? list?.clusters ?? []} />
        <ListFreshness
          connection={live.connection}
          readAt={readAt}
          error={error}
        />
      </div>
      <VerdictCounts
        counts={list?.counts}
        selected={query.verdict ?? []}
        onSelect={verdict => change({ verdict })}
      />
      <FleetFilters query={query} options={options} onChange={change} />
      <Card>
        <CardBody>
          <NarrowTable>
            <Table
              columnConfig={columns}
              data={rows}
              isPending={!list}
              isStale={isStale}
              sort={{
                descriptor: sortDescriptor(query),
                onSortChange: ({ column, direction }) =>
                  change({
                    sort: column as ServiceListQuery['sort'],
                    order: direction === 'descending' ? 'desc' : 'asc',
                  }),
              }}
              pagination={{
                type: 'page',
                pageSize: limit,
                pageSizeOptions: PAGE_SIZES.map(value => ({
                  value,
                  label: t('fleet.pageSize', { size: String(value) }),
                })),
                offset,
                totalCount: total,
                hasPreviousPage: offset > 0,
                hasNextPage: offset + limit < total,
                onPreviousPage: () =>
                  change({ offset: Math.max(0, offset - limit) }),
                onNextPage: () => change({ offset: offset + limit }),
                onPageSizeChange: size => change({ limit: size }),
                getLabel: () =>
                  t('fleet.range', {
                    from: String(total === 0 ? 0 : offset + 1),
                    to: String(Math.min(offset + limit, total)),
                    total: String(total),
                  }),
              }}
              emptyState={t(
                isFiltered(query) ? 'fleet.noneMatches' : 'fleet.none',
              )}
            />
          </NarrowTable>
        </CardBody>
      </Card>
    </Container>
  );
}

function toRow(item: Omit<FleetRow, 'id'>): FleetRow {
  const { cluster, namespace, name } = item.service;
  return { ...item, id: [cluster, namespace, name].join('/') };
}

function sortDescriptor(query: ServiceListQuery): SortDescriptor {
  return {
    column: query.sort ?? 'verdict',
    direction: query.order === 'desc' ? 'descending' : 'ascending',
  };
}
