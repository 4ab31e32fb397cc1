import parsePrometheusTextFormat from 'parse-prometheus-text-format';
import type { MetricSample } from '../Observation';

const NAME = /^[a-zA-Z_:][\w:]*/;
const CREATED = /_created$/;
const HASH = '#'.charCodeAt(0);

/**
 * Reads the samples that somebody needs from a page in the Prometheus text format. Lines of other series,
 * comments and `_created` series are dropped before anything is parsed; values that are no finite number are
 * left out. Names lose their `_total`, which older exporters leave out too.
 *
 * @param isWanted - told names as they stand on the page
 * @throws Error where a wanted line cannot be read
 * @public
 */
export function parseExposition(
  text: string,
  isWanted: (name: string) => boolean,
): MetricSample[] {
  const lines: string[] = [];
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    if (text.charCodeAt(start) !== HASH) {
      const line = text.slice(start, end);
      const name = NAME.exec(line)?.[0];
      if (name && !CREATED.test(name) && isWanted(name)) {
        lines.push(line.trimEnd());
      }
    }
    start = end + 1;
  }
  if (lines.length === 0) {
    return [];
  }
  const samples: MetricSample[] = [];
  for (const family of parsePrometheusTextFormat(`${lines.join('\n')}\n`)) {
    for (const metric of family.metrics) {
      const value = 'value' in metric ? Number(metric.value) : Number.NaN;
      if (Number.isFinite(value)) {
        samples.push({
          name: withoutTotal(family.name),
          labels: { ...metric.labels },
          value,
        });
      }
    }
  }
  return samples;
}

/** The name of a counter as older exporters write it. @public */
export function withoutTotal(name: string): string {
  return name.endsWith('_total') ? name.slice(0, -'_total'.length) : name;
}
