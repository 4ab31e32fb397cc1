import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiWifiOffLine } from '@remixicon/react';
import type { ClusterStatus } from 'backstage-plugin-llm-inference-common';
import { useSaid } from '../cause/useSaid';
import { useFormat } from '../elements/useFormat';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import styles from './UnwatchedClusters.module.css';

/** The clusters that the entity points to and that cannot be watched now, by name and reason. */
export function UnwatchedClusters({ clusters }: { clusters: ClusterStatus[] }) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const format = useFormat();
  const said = useSaid();
  const unwatched = clusters.filter(({ state }) => state !== 'Live');
  if (unwatched.length === 0) {
    return null;
  }
  return (
    <ul className={styles.clusters}>
      {unwatched.map(({ name, title, state, since, message }) => (
        <li key={name} className={styles.cluster}>
          <RiWifiOffLine aria-hidden className={styles.icon} />
          <span>
            {t('cluster.line', {
              cluster: title ?? name,
              state: t(`cluster.state.${state}`),
              time: format.moment(since),
            })}
            {message && (
              <span className={styles.message}>
                {said.connection(state, message)}
              </span>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
