import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  PoolHealth,
  Verdict,
} from 'backstage-plugin-llm-inference-common';
import { Tone } from '../look/Tone';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { PodDots } from './PodDots';
import { poolTone } from './poolTone';
import styles from './PoolPanel.module.css';

/** A pool: how many are ready of how many asked for, one dot each, and what else counts. */
export function PoolPanel({
  kind,
  pool,
  maxPods,
  verdict,
}: {
  /** `engine` is the only pool of a service without prefill. */
  kind: 'prefill' | 'decode' | 'engine';
  pool: PoolHealth | undefined;
  maxPods: number;
  /** Of the whole service. */
  verdict: Verdict;
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  if (!pool) {
    return (
      <Tone role="group" tone="neutral" className={styles.panel}>
        <PoolName kind={kind} />
        <span className={styles.facts}>{t('pool.notCreated')}</span>
      </Tone>
    );
  }
  const unknown = t('pool.unknownCount');
  const desired = String(pool.desired ?? unknown);
  return (
    <Tone
      role="group"
      tone={poolTone(pool, verdict)}
      className={styles.panel}
      aria-label={t(`pool.${kind}`)}
    >
      <PoolName kind={kind} />
      <span className={styles.count}>
        <span className={styles.ready}>{pool.ready ?? unknown}</span>
        <span className={styles.desired}>/{desired}</span>{' '}
        <span className={styles.unit}>
          {t(pool.topology === 'MultiNode' ? 'pool.groupsReady' : 'pool.ready')}
        </span>
      </span>
      <PodDots pool={pool} maxPods={maxPods} />
      <span className={styles.facts}>
        {t('pool.updated', {
          updated: String(pool.updated ?? unknown),
          desired,
        })}
        {pool.restarts > 0 && (
          <>
            {' · '}
            {t('pool.restarts', { count: pool.restarts })}
          </>
        )}
      </span>
    </Tone>
  );
}

function PoolName({ kind }: { kind: 'prefill' | 'decode' | 'engine' }) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  return (
    <span className={styles.name}>
      {t(`pool.${kind}`)}{' '}
      <span className={styles.role}>{t(`pool.${kind}Role`)}</span>
    </span>
  );
}
