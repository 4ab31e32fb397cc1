import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Verdict } from 'backstage-plugin-llm-inference-common';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { Tone } from './Tone';
import { verdictLook } from './verdictLook';
import styles from './VerdictLabel.module.css';

/** A verdict as icon, word and colour. */
export function VerdictLabel({
  verdict,
  size = 'medium',
}: {
  verdict: Verdict;
  size?: 'small' | 'medium' | 'large';
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const { tone, Icon } = verdictLook[verdict];
  return (
    <Tone as="span" tone={tone} className={styles.label} data-size={size}>
      <Icon aria-hidden className={styles.icon} />
      <span className={styles.word}>{t(`verdict.${verdict}`)}</span>
    </Tone>
  );
}
