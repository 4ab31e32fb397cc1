import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Cause } from 'backstage-plugin-llm-inference-common';
import { Tone } from '../look/Tone';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { severityLook } from './severityLook';
import styles from './RootCause.module.css';

/** The most fundamental cause: what it is, what it means, what to do. */
export function RootCause({ causes }: { causes: Cause[] }) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const [cause] = causes;
  if (!cause) {
    return null;
  }
  const { tone, Icon } = severityLook[cause.severity];
  return (
    <Tone
      role="group"
      tone={tone}
      className={styles.cause}
      aria-label={t('cause.title')}
    >
      <span className={styles.title}>
        <Icon aria-hidden className={styles.icon} />
        {cause.title}
        <span className={styles.severity}>
          {t(`cause.severity.${cause.severity}`)}
        </span>
      </span>
      <p className={styles.text}>{cause.explanation}</p>
      <p className={styles.text}>
        <strong>{t('cause.remedy')}</strong> {cause.remedy}
      </p>
      {causes.length > 1 && (
        <span className={styles.more}>
          {t('cause.more', { count: causes.length - 1 })}
        </span>
      )}
    </Tone>
  );
}
