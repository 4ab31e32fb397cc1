import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { DriftState } from 'backstage-plugin-llm-inference-common';
import { Tone } from '../look/Tone';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { driftLook } from './driftLook';
import styles from './DriftMark.module.css';

/** How a service stands to Git, as icon and word. */
export function DriftMark({ state }: { state: DriftState }) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const { tone, Icon } = driftLook[state];
  return (
    <Tone as="span" tone={tone} className={styles.mark} data-state={state}>
      <Icon aria-hidden className={styles.icon} />
      {t(`drift.state.${state}`)}
    </Tone>
  );
}
