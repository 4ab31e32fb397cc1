import { useMemo, useState } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  SearchField,
  Switch,
  Table,
  Text,
  ToggleButton,
  ToggleButtonGroup,
} from '@backstage/ui';
import type { SortDescriptor } from '@backstage/ui';
import type { ServingHealth } from 'backstage-plugin-llm-inference-common';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { NarrowTable } from '../elements/NarrowTable';
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
    <div className={styles.panel}>
      <div className={styles.controls}>
        <SearchField
          aria-label={t('pods.search')}
          placeholder={t('pods.search')}
          className={styles.search}
          value={filter.text}
          onChange={text => setFilter({ ...filter, text })}
        />
        {health.disaggregated && (
          <ToggleButtonGroup
            selectionMode="single"
            disallowEmptySelection
            aria-label={t('pods.pool')}
            selectedKeys={[filter.pool]}
            onSelectionChange={keys =>
              setFilter({ ...filter, pool: [...keys][0] as PodFilter['pool'] })
            }
          >
            <ToggleButton id="all">{t('pods.allPools')}</ToggleButton>
            <ToggleButton id="prefill">{t('pool.prefill')}</ToggleButton>
            <ToggleButton id="decode">{t('pool.decode')}</ToggleButton>
          </ToggleButtonGroup>
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
      </div>
      {virtual ? table : <NarrowTable>{table}</NarrowTable>}
    </div>
  );
}
