import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiEyeOffLine } from '@remixicon/react';
import type { UnmeasuredPod } from 'backstage-plugin-llm-inference-common';
import { Notice } from '../states/Notice';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { unmeasuredReasons } from './whyUnmeasured';
import styles from './UnmeasuredPods.module.css';

/** The pods that could not be measured, and why. */
export function UnmeasuredPods({
  unmeasured,
}: {
  unmeasured: UnmeasuredPod[];
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  if (unmeasured.length === 0) {
    return null;
  }
  // A pod that keeps its metrics to itself is as it was set up; everything else is in the way.
  const asSetUp = unmeasured.every(({ problem }) => problem === 'Unmeasured');
  return (
    <Notice
      tone={asSetUp ? 'neutral' : 'warning'}
      Icon={RiEyeOffLine}
      title={t('charts.unmeasured.title', { count: unmeasured.length })}
    >
      <ul className={styles.reasons}>
        {unmeasuredReasons(unmeasured).map(({ problem, message, pods }) => (
          <li key={`${problem} ${message}`}>
            <strong>{t(`charts.unmeasured.problem.${problem}`)}</strong>
            {': '}
            {pods.join(', ')}. {message}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
