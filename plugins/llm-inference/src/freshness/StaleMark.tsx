import { RiWifiOffLine } from '@remixicon/react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import styles from './StaleMark.module.css';

/** Beside a verdict in a list: its cluster cannot be reached, so it may no longer hold. */
export function StaleMark() {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  return (
    <RiWifiOffLine
      className={styles.mark}
      role="img"
      aria-label={t('freshness.staleShort')}
    />
  );
}
