import { useMemo, useState } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { SearchField, Switch, Table, Text } from '@backstage/ui';
import type { SortDescriptor } from '@backstage/ui';
import type { ServingHealth } from 'backstage-plugin-llm-inference-common';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { Choice } from '../elements/Choice';
import { NarrowTable } from '../elements/NarrowTable';
import { Panel } from '../elements/Panel';
import { filterPods, PodFilter, podRows, sortPods } from './podRows';
import { usePodColumns } from './usePodColumns';
import styles from './PodsPanel.module.css';

/** From this many rows on only those in sight are drawn. */
const VIRTUAL_FROM = 60;
const ROW_HEIGHT = 44;

/** The pods of both pools: searched, narrowed down and sorted. */
export function PodsPanel({ health }: { health: ServingHealth }) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const [filter, setFilter] = useState<PodFilter>({
    text: '',
    pool: 'all',
    onlyNotReady: false,
  });
  const [sort, setSort] = useState<SortDescriptor>({
    column: 'state',
    direction: 'ascending',
  });
  const all = useMemo(() => podRows(health.pools), [health.pools]);
  const rows = useMemo(
    () =>
      sortPods(filterPods(all, filter), String(sort.column), sort.direction),
    [all, filter, sort],
  );
  const columns = usePodColumns(health.disaggregated);
  const virtual = rows.length >= VIRTUAL_FROM;
  const table = (
    <Table
      columnConfig={columns}
      data={rows}
      sort={{ descriptor: sort, onSortChange: setSort }}
      pagination={{ type: 'none' }}
      virtualized={virtual ? { rowHeight: ROW_HEIGHT } : undefined}
      className={virtual ? styles.tall : undefined}
      emptyState={all.length === 0 ? t('pods.none') : t('pods.noneMatches')}
    />
  );
  return (
    <Panel
      controls={
        <>
          <SearchField
            aria-label={t('pods.search')}
            placeholder={t('pods.search')}
            className={styles.search}
            value={filter.text}
            onChange={text => setFilter({ ...filter, text })}
          />
          {health.disaggregated && (
            <Choice
              label={t('pods.pool')}
              options={{
                all: t('pods.allPools'),
                prefill: t('pool.prefill'),
                decode: t('pool.decode'),
              }}
              value={filter.pool}
              onChange={pool => setFilter({ ...filter, pool })}
            />
          )}
          <Switch
            label={t('pods.onlyNotReady')}
            isSelected={filter.onlyNotReady}
            onChange={onlyNotReady => setFilter({ ...filter, onlyNotReady })}
          />
          <Text variant="body-small" role="status" className={styles.shown}>
            {t('pods.shown', {
              shown: String(rows.length),
              all: String(all.length),
            })}
          </Text>
        </>
      }
    >
      {virtual ? table : <NarrowTable>{table}</NarrowTable>}
    </Panel>
  );
}
