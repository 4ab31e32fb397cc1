import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ServiceSummary } from 'backstage-plugin-llm-inference-common';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import styles from './FleetTable.module.css';

/** Ready of desired for every pool, in the order in which a request passes them. */
export function PoolCounts({
  pools: { prefill, decode },
  isDisaggregated,
}: {
  pools: ServiceSummary['pools'];
  isDisaggregated: boolean;
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  return (
    <span className={styles.pools}>
      {isDisaggregated && (
        <PoolCount label={t('pool.prefill')} pool={prefill} />
      )}
      <PoolCount
        label={t(isDisaggregated ? 'pool.decode' : 'pool.engine')}
        pool={decode}
      />
    </span>
  );
}

function PoolCount({
  label,
  pool,
}: {
  label: string;
  pool: ServiceSummary['pools']['decode'];
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const unknown = t('pool.unknownCount');
  return (
    <span>
      <span className={styles.secondary}>{label}</span> {pool?.ready ?? unknown}
      /{pool?.desired ?? unknown}
    </span>
  );
}
