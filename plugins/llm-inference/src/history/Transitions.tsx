import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type { Timeline } from 'backstage-plugin-llm-inference-common';
import { useSaid } from '../cause/useSaid';
import { useFormat } from '../elements/useFormat';
import { VerdictLabel } from '../look/VerdictLabel';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import styles from './Transitions.module.css';

/** Every change of verdict in the window, newest first. */
export function Transitions({
  timeline: { transitions, truncated },
}: {
  timeline: Timeline;
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const format = useFormat();
  const said = useSaid();
  const newestFirst = [...transitions].sort((a, b) => b.at.localeCompare(a.at));
  if (newestFirst.length === 0) {
    return <Text as="p">{t('history.noTransitions')}</Text>;
  }
  return (
    <>
      <ol className={styles.list} aria-label={t('history.transitions')}>
        {newestFirst.map(transition => {
          const { at, verdict } = transition;
          return (
            <li key={at} className={styles.item}>
              <time
                className={styles.time}
                dateTime={at}
                title={format.fullMoment(at)}
              >
                {format.moment(at)}
              </time>
              <span className={styles.verdict}>
                <VerdictLabel verdict={verdict} />
              </span>
              <span className={styles.summary}>
                {said.transition(transition)}
              </span>
            </li>
          );
        })}
      </ol>
      {truncated && <Text as="p">{t('history.truncated')}</Text>}
    </>
  );
}
