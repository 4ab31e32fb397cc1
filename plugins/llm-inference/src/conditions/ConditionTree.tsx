import {
  RiCheckLine,
  RiCloseLine,
  RiHistoryLine,
  RiQuestionLine,
} from '@remixicon/react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ReportedCondition } from 'backstage-plugin-llm-inference-common';
import { useFormat } from '../elements/useFormat';
import { Tone, ToneName } from '../look/Tone';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { arrangeConditions, ConditionNode } from './arrangeConditions';
import styles from './ConditionTree.module.css';

/** The resource's own conditions as KServe sums them up; those that cannot be believed are marked. */
export function ConditionTree({
  conditions,
}: {
  conditions: ReportedCondition[];
}) {
  return <Level nodes={arrangeConditions(conditions)} />;
}

function Level({ nodes }: { nodes: ConditionNode[] }) {
  return (
    <ul className={styles.level}>
      {nodes.map(({ condition, parts }) => (
        <li key={condition.type}>
          <Condition condition={condition} />
          {parts.length > 0 && <Level nodes={parts} />}
        </li>
      ))}
    </ul>
  );
}

function Condition({ condition }: { condition: ReportedCondition }) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const format = useFormat();
  const { type, status, reason, message, lastTransitionTime, stale } =
    condition;
  const { tone, Icon } = look(status);
  return (
    <Tone
      tone={stale ? 'neutral' : tone}
      className={styles.condition}
      data-stale={stale || undefined}
    >
      <Icon aria-hidden className={styles.icon} />
      <span className={styles.type}>{type}</span>
      <span className={styles.status}>{status}</span>
      {stale && (
        <span className={styles.stale}>
          <RiHistoryLine aria-hidden className={styles.icon} />
          {t('conditions.stale')}
        </span>
      )}
      <span className={styles.detail}>
        {[reason, message].filter(Boolean).join(': ')}
        {lastTransitionTime && (
          <>
            {' '}
            {t('conditions.since', { time: format.moment(lastTransitionTime) })}
          </>
        )}
      </span>
    </Tone>
  );
}

function look(status: string): { tone: ToneName; Icon: typeof RiCheckLine } {
  if (status === 'True') {
    return { tone: 'positive', Icon: RiCheckLine };
  }
  return status === 'False'
    ? { tone: 'negative', Icon: RiCloseLine }
    : { tone: 'neutral', Icon: RiQuestionLine };
}
