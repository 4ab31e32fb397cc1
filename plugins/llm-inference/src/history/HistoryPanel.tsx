import { useState } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Skeleton, ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import { RiErrorWarningLine } from '@remixicon/react';
import type {
  ServiceStatus,
  Timeline,
} from 'backstage-plugin-llm-inference-common';
import { useFormat } from '../elements/useFormat';
import { Notice } from '../states/Notice';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { TimelineBar } from './TimelineBar';
import { Transitions } from './Transitions';
import { TimelineWindow, useTimeline } from './useTimeline';
import styles from './HistoryPanel.module.css';

/** What the service did over the last day or week. */
export function HistoryPanel({ service }: { service: ServiceStatus }) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const [window, setWindow] = useState<TimelineWindow>('day');
  const { timeline, error } = useTimeline(service, window);
  return (
    <div className={styles.panel}>
      <div className={styles.controls}>
        <ToggleButtonGroup
          selectionMode="single"
          disallowEmptySelection
          aria-label={t('history.window')}
          selectedKeys={[window]}
          onSelectionChange={keys => setWindow([...keys][0] as TimelineWindow)}
        >
          <ToggleButton id="day">{t('history.day')}</ToggleButton>
          <ToggleButton id="week">{t('history.week')}</ToggleButton>
        </ToggleButtonGroup>
        {timeline && <AvailabilityNumber timeline={timeline} />}
      </div>
      {error && (
        <Notice
          tone="warning"
          Icon={RiErrorWarningLine}
          title={t('history.failed')}
        >
          <p>{error.message}</p>
        </Notice>
      )}
      {!timeline && !error && <Skeleton width="100%" height="8rem" />}
      {timeline && (
        <>
          <TimelineBar timeline={timeline} />
          <Transitions timeline={timeline} />
        </>
      )}
    </div>
  );
}

function AvailabilityNumber({ timeline }: { timeline: Timeline }) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const format = useFormat();
  const { ratio } = timeline.availability;
  return (
    <span className={styles.availability}>
      <strong className={styles.ratio}>
        {ratio === null ? '–' : format.percent(ratio)}
      </strong>{' '}
      {t(ratio === null ? 'history.nothingToCount' : 'history.available')}
    </span>
  );
}
