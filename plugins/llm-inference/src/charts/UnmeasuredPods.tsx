import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiEyeOffLine } from '@remixicon/react';
import type { ServiceMetrics } from 'backstage-plugin-llm-inference-common';
import { useSaid } from '../cause/useSaid';
import { Notice } from '../states/Notice';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { unmeasuredReasons } from './whyUnmeasured';
import styles from './UnmeasuredPods.module.css';

/** The pods that could not be measured, and why. */
export function UnmeasuredPods({
  metrics: { source, unmeasured },
}: {
  metrics: Pick<ServiceMetrics, 'source' | 'unmeasured'>;
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const said = useSaid();
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
        {unmeasuredReasons(unmeasured, pod => said.unmeasured(source, pod)).map(
          ({ problem, message, pods }) => (
            <li key={`${problem} ${message}`}>
              <strong>{t(`charts.unmeasured.problem.${problem}`)}</strong>
              {': '}
              {pods.join(', ')}. {message}
            </li>
          ),
        )}
      </ul>
    </Notice>
  );
}
