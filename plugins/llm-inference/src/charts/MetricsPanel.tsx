import { useState } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Skeleton, VisuallyHidden } from '@backstage/ui';
import {
  RiErrorWarningLine,
  RiLineChartLine,
  RiLock2Line,
  RiStopCircleLine,
} from '@remixicon/react';
import type {
  ServiceMetrics,
  ServiceStatus,
} from 'backstage-plugin-llm-inference-common';
import { statusOf } from '../api/isRefusal';
import { Choice } from '../elements/Choice';
import { Panel } from '../elements/Panel';
import { useFormat } from '../elements/useFormat';
import { Notice } from '../states/Notice';
import { useSaid } from '../cause/useSaid';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { ChartGroups } from './ChartGroups';
import type { ChartView } from './ChartGroups';
import { UnmeasuredPods } from './UnmeasuredPods';
import { MetricsWindow, useMetrics } from './useMetrics';
import styles from './MetricsPanel.module.css';

/** What was measured of a service, as charts or as tables. */
export function MetricsPanel({ service }: { service: ServiceStatus }) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const format = useFormat();
  const [window, setWindow] = useState<MetricsWindow>('quarter');
  const [view, setView] = useState<ChartView>('charts');
  const { metrics, readAt, error, retry } = useMetrics(service.service, window);
  if (!metrics && error) {
    return <Failed error={error} retry={retry} />;
  }
  if (metrics?.source === 'Off') {
    return (
      <Notice
        tone="neutral"
        Icon={RiLineChartLine}
        title={t('charts.off.title')}
      >
        <p>
          {t('charts.off.description', { cluster: service.service.cluster })}
        </p>
      </Notice>
    );
  }
  if (service.health.verdict === 'Stopped') {
    return (
      <Notice
        tone="neutral"
        Icon={RiStopCircleLine}
        title={t('charts.stopped.title')}
      >
        <p>{t('charts.stopped.description')}</p>
      </Notice>
    );
  }
  return (
    <Panel
      controls={
        <>
          <Choice
            label={t('charts.window')}
            options={{
              quarter: t('charts.quarter'),
              hour: t('charts.hour'),
              all: t('charts.all'),
            }}
            value={window}
            onChange={setWindow}
          />
          <Choice
            label={t('charts.view')}
            options={{
              charts: t('charts.charts'),
              tables: t('charts.tables'),
            }}
            value={view}
            onChange={setView}
          />
          {metrics && <Measuring metrics={metrics} />}
        </>
      }
    >
      {error && readAt !== undefined && (
        <p className={styles.away} role="status">
          {t('charts.away', { time: format.moment(readAt) })}
        </p>
      )}
      {metrics ? (
        <Measured metrics={metrics} service={service} view={view} />
      ) : (
        <div className={styles.loading} role="status">
          <VisuallyHidden>{t('charts.loading')}</VisuallyHidden>
          <Skeleton width="100%" height="14rem" />
          <Skeleton width="100%" height="14rem" />
        </div>
      )}
    </Panel>
  );
}

function Measuring({
  metrics: { source, intervalSeconds, windowSeconds },
}: {
  metrics: ServiceMetrics;
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  return source === 'Off' ? null : (
    <p className={styles.source}>
      {t(`charts.measuredBy.${source}`, {
        interval: String(intervalSeconds),
        window: String(windowSeconds),
      })}
    </p>
  );
}

function Measured({
  metrics,
  service: { health },
  view,
}: {
  metrics: ServiceMetrics;
  service: ServiceStatus;
  view: ChartView;
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  return (
    <>
      <UnmeasuredPods metrics={metrics} />
      {metrics.series.length > 0 ? (
        <ChartGroups metrics={metrics} health={health} view={view} />
      ) : (
        <Notice
          tone="neutral"
          Icon={RiLineChartLine}
          title={t('charts.none.title')}
        >
          <p>
            {t('charts.none.description', {
              seconds: String(2 * metrics.intervalSeconds),
            })}
          </p>
        </Notice>
      )}
    </>
  );
}

function Failed({ error, retry }: { error: Error; retry(): void }) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const said = useSaid();
  // Who may not see a service is told that there is none.
  if ([401, 403, 404].includes(statusOf(error) ?? 0)) {
    return (
      <Notice
        tone="neutral"
        Icon={RiLock2Line}
        title={t('charts.denied.title')}
      >
        <p>{t('charts.denied.description')}</p>
      </Notice>
    );
  }
  return (
    <Notice
      tone="warning"
      Icon={RiErrorWarningLine}
      title={t('charts.failed.title')}
    >
      <p>{said.error(error)}</p>
      <Button variant="secondary" size="small" onPress={retry}>
        {t('charts.failed.retry')}
      </Button>
    </Notice>
  );
}
