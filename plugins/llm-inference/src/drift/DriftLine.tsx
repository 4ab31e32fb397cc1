import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ServiceDrift } from 'backstage-plugin-llm-inference-common';
import { Tone } from '../look/Tone';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { driftLook } from './driftLook';
import styles from './DriftLine.module.css';

/** How a service stands to Git, in one line: icon, word, and what the GitOps controller says. */
export function DriftLine({
  drift: { state, total, reason, gitOps },
}: {
  drift: ServiceDrift;
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const { tone, Icon } = driftLook[state];
  return (
    <Tone as="span" tone={tone} className={styles.line} title={reason}>
      <Icon aria-hidden className={styles.icon} />
      <span>
        <strong className={styles.state}>{t(`drift.state.${state}`)}</strong>
        {state === 'Differs' &&
          ` · ${t('drift.differences', { count: total })}`}
        {gitOps &&
          ` · ${t(`drift.tool.${gitOps.tool}`)}: ${t(
            `drift.sync.${gitOps.sync}`,
          )}`}
      </span>
    </Tone>
  );
}
