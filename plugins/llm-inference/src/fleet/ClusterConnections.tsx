import {
  RiCheckLine,
  RiCloseLine,
  RiForbidLine,
  RiLoader4Line,
  RiWifiOffLine,
} from '@remixicon/react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  ClusterStatus,
  SourceState,
} from 'backstage-plugin-llm-inference-common';
import { useSaid } from '../cause/useSaid';
import { useFormat } from '../elements/useFormat';
import { Tone, ToneName } from '../look/Tone';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import styles from './ClusterConnections.module.css';

const looks: Record<SourceState, { tone: ToneName; Icon: typeof RiCheckLine }> =
  {
    Syncing: { tone: 'announcement', Icon: RiLoader4Line },
    Live: { tone: 'positive', Icon: RiCheckLine },
    Stale: { tone: 'warning', Icon: RiWifiOffLine },
    Forbidden: { tone: 'negative', Icon: RiForbidLine },
    NotServed: { tone: 'neutral', Icon: RiForbidLine },
    Unreachable: { tone: 'negative', Icon: RiWifiOffLine },
    AuthFailed: { tone: 'negative', Icon: RiCloseLine },
    Unsupported: { tone: 'warning', Icon: RiForbidLine },
  };

/** The connection of every cluster, by name; what is wrong with one stands beside it. */
export function ClusterConnections({
  clusters,
}: {
  clusters: ClusterStatus[];
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const format = useFormat();
  const said = useSaid();
  if (clusters.length === 0) {
    return null;
  }
  return (
    <ul className={styles.clusters} aria-label={t('fleet.clusters')}>
      {clusters.map(cluster => {
        const { name, title, state, since, message } = cluster;
        const { tone, Icon } = looks[state];
        const denied = deniedResources(cluster);
        return (
          <Tone as="li" key={name} tone={tone} className={styles.cluster}>
            <Icon aria-hidden className={styles.icon} />
            <span className={styles.text}>
              <strong>{title ?? name}</strong>{' '}
              <span
                className={styles.state}
                title={message && said.connection(state, message)}
              >
                {state === 'Live'
                  ? t('cluster.state.Live')
                  : t('cluster.since', {
                      state: t(`cluster.state.${state}`),
                      time: format.moment(since),
                    })}
              </span>
              {state === 'Live' && denied.length > 0 && (
                <span className={styles.denied}>
                  {t('cluster.notRead', { resources: denied.join(', ') })}
                </span>
              )}
            </span>
          </Tone>
        );
      })}
    </ul>
  );
}

/** The kinds of resources that a live cluster does not let the portal read. */
function deniedResources({ resources }: ClusterStatus): string[] {
  return Object.entries(resources)
    .filter(([, { state }]) => state === 'Forbidden')
    .map(([name]) => name);
}
