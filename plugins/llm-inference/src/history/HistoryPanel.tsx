import { useState } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Skeleton } from '@backstage/ui';
import { RiErrorWarningLine } from '@remixicon/react';
import type {
  ServiceStatus,
  Timeline,
} from 'backstage-plugin-llm-inference-common';
import { Choice } from '../elements/Choice';
import { Panel } from '../elements/Panel';
import { useFormat } from '../elements/useFormat';
import { Notice } from '../states/Notice';
import { useSaid } from '../cause/useSaid';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { TimelineBar } from './TimelineBar';
import { Transitions } from './Transitions';
import { TimelineWindow, useTimeline } from './useTimeline';
import styles from './HistoryPanel.module.css';

/** What the service did over the last day or week. */
export function HistoryPanel({ service }: { service: ServiceStatus }) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const said = useSaid();
  const [window, setWindow] = useState<TimelineWindow>('day');
  const { timeline, error } = useTimeline(service, window);
  return (
    <Panel
      controls={
        <>
          <Choice
            label={t('history.window')}
            options={{ day: t('history.day'), week: t('history.week') }}
            value={window}
            onChange={setWindow}
          />
          {timeline && <AvailabilityNumber timeline={timeline} />}
        </>
      }
    >
      {error && (
        <Notice
          tone="warning"
          Icon={RiErrorWarningLine}
          title={t('history.failed')}
        >
          <p>{said.error(error)}</p>
        </Notice>
      )}
      {!timeline && !error && <Skeleton width="100%" height="8rem" />}
      {timeline && (
        <>
          <TimelineBar timeline={timeline} />
          <Transitions timeline={timeline} />
        </>
      )}
    </Panel>
  );
}

function AvailabilityNumber({ timeline }: { timeline: Timeline }) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const format = useFormat();
  const { ratio } = timeline.availability;
  return (
    <span>
      <strong className={styles.ratio}>
        {ratio === null ? '–' : format.percent(ratio)}
      </strong>{' '}
      {t(ratio === null ? 'history.nothingToCount' : 'history.available')}
    </span>
  );
}
