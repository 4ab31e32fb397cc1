import { lazy, Suspense, useId } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Skeleton } from '@backstage/ui';
import type {
  MetricSeries,
  ServiceMetrics,
} from 'backstage-plugin-llm-inference-common';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import type { ChartId } from './chartPlan';
import { LineMark } from './LineMark';
import { plotPoints } from './plotPoints';
import { SeriesTable } from './SeriesTable';
import { useSeriesWords } from './useSeriesWords';
import styles from './SeriesChart.module.css';

const LinePlot = lazy(() => import('./LinePlot'));

/** One chart: its title, what each line is and its newest value, and the lines, as a plot or as a table. */
export function SeriesChart({
  id,
  metrics: { times, intervalSeconds },
  lines,
  view,
  whyEmpty,
}: {
  id: ChartId;
  metrics: Pick<ServiceMetrics, 'times' | 'intervalSeconds'>;
  lines: MetricSeries[];
  view: 'charts' | 'tables';
  /** What is said where there is no line. */
  whyEmpty: string;
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const words = useSeriesWords();
  const titleId = useId();
  const title = t(`charts.chart.${id}`);
  const names = lines.map(line => words.name(line));
  const [unit] = lines.map(line => line.unit);
  return (
    <figure className={styles.chart} aria-labelledby={titleId}>
      <figcaption className={styles.head}>
        <h3 id={titleId} className={styles.title}>
          {title}
        </h3>
        {lines.length > 0 && (
          <Legend lines={lines} names={names} title={t('charts.newest')} />
        )}
      </figcaption>
      {unit === undefined && <p className={styles.empty}>{whyEmpty}</p>}
      {unit !== undefined && view === 'charts' && (
        <Suspense fallback={<Skeleton width="100%" height="11rem" />}>
          <LinePlot
            points={plotPoints(times, lines, intervalSeconds)}
            names={names}
            unit={unit}
            label={t('charts.plot', { title })}
          />
        </Suspense>
      )}
      {unit !== undefined && view === 'tables' && (
        <SeriesTable title={title} times={times} lines={lines} names={names} />
      )}
    </figure>
  );
}

function Legend({
  lines,
  names,
  title,
}: {
  lines: MetricSeries[];
  names: string[];
  title: string;
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const words = useSeriesWords();
  return (
    <ul className={styles.legend}>
      {lines.map(({ values, unit }, line) => {
        const newest = values[values.length - 1] ?? null;
        return (
          <li key={line} className={styles.line}>
            <LineMark line={line} />
            {names[line] && <span>{names[line]}</span>}
            <strong className={styles.newest} title={title}>
              {newest === null
                ? t('charts.unknown')
                : words.value(newest, unit)}
            </strong>
          </li>
        );
      })}
    </ul>
  );
}
