import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Badge } from '@backstage/ui';
import type { Cause } from 'backstage-plugin-llm-inference-common';
import { Tone } from '../look/Tone';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { EvidenceList } from './Evidence';
import { severityLook } from './severityLook';
import styles from './CauseDetails.module.css';

/** How many of the objects concerned are named before the rest is counted. */
const NAMED = 3;

/** One cause in full: what it is, what it means, what to do, and what was seen. */
export function CauseDetails({ cause }: { cause: Cause }) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const { tone, Icon } = severityLook[cause.severity];
  const unnamed = cause.subjects.length - NAMED;
  return (
    <Tone as="li" tone={tone} className={styles.cause}>
      <h3 className={styles.title}>
        <Icon aria-hidden className={styles.icon} />
        {cause.title}
        <span className={styles.severity}>
          {t(`cause.severity.${cause.severity}`)}
        </span>
        {cause.pool && <Badge>{t(`cause.pool.${cause.pool}`)}</Badge>}
      </h3>
      <p className={styles.text}>{cause.explanation}</p>
      <p className={styles.remedy}>
        <strong>{t('cause.remedy')}</strong> {cause.remedy}
      </p>
      {cause.subjects.length > 0 && (
        <p className={styles.subjects} title={cause.subjects.join('\n')}>
          {cause.subjects.slice(0, NAMED).join(', ')}
          {unnamed > 0 && ` ${t('cause.moreSubjects', { count: unnamed })}`}
        </p>
      )}
      <EvidenceList evidence={cause.evidence} />
    </Tone>
  );
}
