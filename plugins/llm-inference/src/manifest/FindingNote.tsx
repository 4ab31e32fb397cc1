import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { LocatedFinding } from 'backstage-plugin-llm-inference-common';
import { useFindingWords } from '../lint/useFindingWords';
import { Tone } from '../look/Tone';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { findingLook } from './findingLook';
import styles from './FindingNote.module.css';

/** A finding in place: what is wrong with the lines above it, and what to write instead. */
export function FindingNote({ finding }: { finding: LocatedFinding }) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const { message, fix } = useFindingWords()(finding);
  const { level, unverified } = finding;
  const { tone, Icon } = findingLook[level];
  return (
    <Tone role="note" tone={tone} className={styles.note}>
      <Icon aria-hidden className={styles.icon} />
      <div className={styles.text}>
        <p>
          <strong>{t(`manifest.level.${level}`)}:</strong> {message}
        </p>
        <p>
          {fix}
          {unverified && ` ${t('manifest.unverified')}`}
        </p>
      </div>
    </Tone>
  );
}
