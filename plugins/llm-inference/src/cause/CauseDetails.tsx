import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Tone } from '../look/Tone';
import { Remedy } from '../remedy/Remedy';
import type { RemedyProps } from '../remedy/Remedy';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { CauseText } from './CauseText';
import { EvidenceList } from './Evidence';
import { severityLook } from './severityLook';
import styles from './Cause.module.css';

/** How many of the objects concerned are named before the rest is counted. */
const NAMED = 3;

/** One cause in full: what it is, what it means, what to do, and what was seen. */
export function CauseDetails(props: RemedyProps) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const { cause } = props;
  const unnamed = cause.subjects.length - NAMED;
  return (
    <Tone
      as="li"
      tone={severityLook[cause.severity].tone}
      className={styles.cause}
      data-look="full"
    >
      <CauseText cause={cause} />
      <Remedy {...props} />
      {cause.subjects.length > 0 && (
        <p className={styles.more} title={cause.subjects.join('\n')}>
          {cause.subjects.slice(0, NAMED).join(', ')}
          {unnamed > 0 && ` ${t('cause.moreSubjects', { count: unnamed })}`}
        </p>
      )}
      <EvidenceList evidence={cause.evidence} />
    </Tone>
  );
}
