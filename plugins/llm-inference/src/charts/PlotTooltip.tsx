import type { SeriesUnit } from 'backstage-plugin-llm-inference-common';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useFormat } from '../elements/useFormat';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { LineMark } from './LineMark';
import type { PlotPoint } from './plotPoints';
import { useSeriesWords } from './useSeriesWords';
import styles from './LinePlot.module.css';

/** The values of one moment. */
export function PlotTooltip({
  point,
  names,
  unit,
}: {
  point: PlotPoint | undefined;
  names: string[];
  unit: SeriesUnit;
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const format = useFormat();
  const words = useSeriesWords();
  if (!point) {
    return null;
  }
  return (
    <div className={styles.tooltip}>
      <p className={styles.moment}>{format.fullMoment(point.at)}</p>
      <ul className={styles.values}>
        {point.values.map((value, line) => (
          <li key={line} className={styles.value}>
            <LineMark line={line} />
            {names[line] && <span>{names[line]}</span>}
            <strong>
              {value === null ? t('charts.unknown') : words.value(value, unit)}
            </strong>
          </li>
        ))}
      </ul>
    </div>
  );
}
