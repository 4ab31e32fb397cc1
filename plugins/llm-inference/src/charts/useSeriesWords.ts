import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  MetricSeries,
  SeriesUnit,
} from 'backstage-plugin-llm-inference-common';
import { useFormat } from '../elements/useFormat';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { lineName } from './lineName';

/** How lines and their values are called in the language of the portal. */
export interface SeriesWords {
  /** What a line is called beside its chart's title; empty where the title says all. */
  name(line: MetricSeries): string;
  /** A value with its unit. */
  value(value: number, unit: SeriesUnit): string;
  /** A value at an axis, where there is little room. */
  tick(value: number, unit: SeriesUnit): string;
}

/** The words for lines and values. */
export function useSeriesWords(): SeriesWords {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const format = useFormat();

  function measured(value: number, unit: SeriesUnit): string | undefined {
    switch (unit) {
      case 'bytes/s':
        return format.throughput(value);
      case 'seconds':
        return format.duration(value);
      case 'ratio':
        return format.share(value);
      default:
        return undefined;
    }
  }

  function counted(value: number, unit: SeriesUnit): string {
    const number = format.figure(value);
    switch (unit) {
      case 'requests/s':
        return t('charts.unit.requestsPerSecond', { number });
      case 'tokens/s':
        return t('charts.unit.tokensPerSecond', { number });
      case 'transfers':
        return t('charts.unit.transfers', { number });
      default:
        return t('charts.unit.requests', { number });
    }
  }

  return {
    name(line) {
      const name = lineName(line);
      if (!name) return '';
      if ('quantile' in name) return `p${name.quantile * 100}`;
      return 'pool' in name
        ? t(`pool.${name.pool}`)
        : t(`charts.line.${name.message}`);
    },
    value: (value, unit) => measured(value, unit) ?? counted(value, unit),
    tick: (value, unit) => measured(value, unit) ?? format.figure(value),
  };
}
