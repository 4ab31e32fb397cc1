import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { MetricSeries } from 'backstage-plugin-llm-inference-common';
import { useFormat } from '../elements/useFormat';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { useSeriesWords } from './useSeriesWords';
import styles from './SeriesTable.module.css';

/** What scrolls must be reachable by keyboard, and not every browser sees to that. */
const scrolls = { role: 'region', tabIndex: 0 };

/** The numbers of a chart, the newest first. */
export function SeriesTable({
  title,
  times,
  lines,
  names,
}: {
  title: string;
  times: readonly string[];
  lines: MetricSeries[];
  names: string[];
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const format = useFormat();
  const words = useSeriesWords();
  const newestFirst = times.map((_, index) => times.length - 1 - index);
  return (
    <div className={styles.scroll} aria-label={title} {...scrolls}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('charts.column.time')}</th>
            {names.map((name, line) => (
              <th key={line} scope="col">
                {name || title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {newestFirst.map(index => (
            <tr key={times[index]}>
              <th scope="row">
                <time dateTime={times[index]}>
                  {format.timeOfDay(times[index])}
                </time>
              </th>
              {lines.map(({ values, unit }, line) => {
                const value = values[index] ?? null;
                return (
                  <td key={line}>
                    {value === null
                      ? t('charts.unknown')
                      : words.value(value, unit)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
