import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ServingHealth } from 'backstage-plugin-llm-inference-common';
import { Tone } from '../look/Tone';
import { Remedy } from '../remedy/Remedy';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { CauseText } from './CauseText';
import { severityLook } from './severityLook';
import styles from './Cause.module.css';

/** The most fundamental cause: what it is, what it means, what to do. */
export function RootCause({
  health,
  changeTemplate,
}: {
  health: ServingHealth;
  /** Reference of the software template that changes a service. */
  changeTemplate: string;
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const { causes } = health;
  const [cause] = causes;
  if (!cause) {
    return null;
  }
  return (
    <Tone
      role="group"
      tone={severityLook[cause.severity].tone}
      className={styles.cause}
      data-look="boxed"
      aria-label={t('cause.title')}
    >
      <CauseText cause={cause} />
      <Remedy cause={cause} health={health} changeTemplate={changeTemplate} />
      {causes.length > 1 && (
        <p className={styles.more}>
          {t('cause.more', { count: causes.length - 1 })}
        </p>
      )}
    </Tone>
  );
}
