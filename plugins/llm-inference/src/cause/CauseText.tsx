import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Badge } from '@backstage/ui';
import type { Cause } from 'backstage-plugin-llm-inference-common';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { severityLook } from './severityLook';
import { useSaid } from './useSaid';
import styles from './Cause.module.css';

/** A cause in words: what it is and how bad, what it means, what to do. */
export function CauseText({ cause }: { cause: Cause }) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const said = useSaid();
  const { Icon } = severityLook[cause.severity];
  return (
    <>
      <h3 className={styles.title}>
        <Icon aria-hidden className={styles.icon} />
        <span className={styles.name}>{said.title(cause)}</span>
        <span className={styles.severity}>
          {t(`cause.severity.${cause.severity}`)}
        </span>
        {cause.pool && <Badge>{t(`cause.pool.${cause.pool}`)}</Badge>}
      </h3>
      <p className={styles.text}>{said.explanation(cause)}</p>
      <p className={styles.text}>
        <strong>{t('cause.remedy')}</strong> {said.remedy(cause)}
      </p>
    </>
  );
}
