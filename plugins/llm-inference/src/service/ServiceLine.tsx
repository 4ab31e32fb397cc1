import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  PoolHealth,
  ServiceStatus,
} from 'backstage-plugin-llm-inference-common';
import { VerdictLabel } from '../look/VerdictLabel';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import styles from './ServiceLine.module.css';

/** A service of one cluster in one line; pressing it shows that cluster. */
export function ServiceLine({
  service: { service, health, freshness },
  isOpen,
  onOpen,
}: {
  service: ServiceStatus;
  isOpen: boolean;
  onOpen(): void;
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const { prefill, decode } = health.pools;
  return (
    <button
      type="button"
      className={styles.line}
      aria-pressed={isOpen}
      data-old={freshness.state === 'Stale'}
      onClick={onOpen}
    >
      <VerdictLabel verdict={health.verdict} />
      <span className={styles.cluster}>{service.cluster}</span>
      <span className={styles.pools}>
        {health.disaggregated && (
          <span>
            {t('pool.prefill')} <Count pool={prefill} />
          </span>
        )}
        <span>
          {t(health.disaggregated ? 'pool.decode' : 'pool.engine')}{' '}
          <Count pool={decode} />
        </span>
        {freshness.state === 'Stale' && (
          <span>{t('freshness.staleShort')}</span>
        )}
      </span>
    </button>
  );
}

function Count({ pool }: { pool: PoolHealth | undefined }) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const unknown = t('pool.unknownCount');
  return (
    <strong>
      {pool?.ready ?? unknown}/{pool?.desired ?? unknown}
    </strong>
  );
}
