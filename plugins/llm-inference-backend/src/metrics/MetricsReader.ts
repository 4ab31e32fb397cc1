import { SERVICE_SERIES } from 'backstage-plugin-llm-inference-common';
import type {
  MetricSeries,
  ServiceMetrics,
} from 'backstage-plugin-llm-inference-common';
import type { AssessedService } from '../assess/AssessedService';
import { windowSecondsOf } from './MetricsCollector';
import type { MetricsCollector } from './MetricsCollector';
import type { MetricsConfig } from './MetricsConfig';

/** Significant digits of a value: more than any chart shows, and what is kept in memory. */
const DIGITS = 6;

/** Answers what was measured. Reads memory only. */
export class MetricsReader {
  readonly #collector: MetricsCollector;
  readonly #config: MetricsConfig;

  constructor(collector: MetricsCollector, config: MetricsConfig) {
    this.#collector = collector;
    this.#config = config;
  }

  /**
   * The series of a service; none of what is missing, whoever has its place.
   *
   * @param from - milliseconds since the epoch
   */
  read(
    { service, missing }: Pick<AssessedService, 'service' | 'missing'>,
    from: number,
  ): ServiceMetrics {
    const measured = missing ? undefined : this.#collector.of(service);
    const points = measured?.measurements.points(from) ?? [];
    return {
      service,
      source: this.#collector.sourceKind(service.cluster) ?? 'Off',
      intervalSeconds: this.#config.intervalSeconds,
      windowSeconds: windowSecondsOf(this.#config),
      times: points.map(({ at }) => new Date(at).toISOString()),
      series: seriesOf(points),
      unmeasured: measured?.problems ?? [],
    };
  }
}

function seriesOf(
  points: readonly { values: readonly number[] }[],
): MetricSeries[] {
  return SERVICE_SERIES.flatMap((definition, index) => {
    const values = points.map(point => valueOf(point.values[index]));
    return values.some(value => value !== null)
      ? [{ ...definition, values }]
      : [];
  });
}

function valueOf(value: number): number | null {
  return Number.isNaN(value) ? null : Number(value.toPrecision(DIGITS));
}
