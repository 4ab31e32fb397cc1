import parsePrometheusTextFormat from 'parse-prometheus-text-format';
import type { MetricSample } from '../Observation';

const HASH = '#'.charCodeAt(0);
const BRACE = '{'.charCodeAt(0);
const BLANK = ' '.charCodeAt(0);
const TAB = '\t'.charCodeAt(0);
const NAME = /[^\s{]+/y;

/**
 * Reads the samples that somebody needs from a page in the Prometheus text format. Lines of other series and
 * comments are dropped before anything is parsed. A value that is no finite number is `NaN`: it is there, and
 * not known. Names lose their `_total`, which older exporters leave out too.
 *
 * @param isWanted - told names as they stand on the page
 * @throws Error where a wanted line cannot be read
 * @public
 */
export function parseExposition(
  text: string,
  isWanted: (name: string) => boolean,
): MetricSample[] {
  return parseLines(wantedLines(text, isWanted));
}

/** Samples of lines that are wanted, in their order. */
export function parseLines(lines: readonly string[]): MetricSample[] {
  if (lines.length === 0) {
    return [];
  }
  const samples: MetricSample[] = [];
  for (const family of parsePrometheusTextFormat(`${lines.join('\n')}\n`)) {
    for (const metric of family.metrics) {
      if ('value' in metric) {
        samples.push({
          name: withoutTotal(family.name),
          labels: { ...metric.labels },
          value: numberOf(metric.value),
        });
      }
    }
  }
  return samples;
}

/** The values of lines without their series, as the library reads them. */
export function parseValues(values: readonly string[]): number[] {
  // Two names in turn: the library makes one sample of lines that differ in nothing but their value.
  const lines = values.map(
    (value, index) => `${index % 2 ? 'a' : 'b'} ${value}`,
  );
  return parseLines(lines).map(({ value }) => value);
}

function numberOf(text: string | undefined): number {
  const value = text === undefined || text === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : Number.NaN;
}

function wantedLines(
  text: string,
  isWanted: (name: string) => boolean,
): string[] {
  const lines: string[] = [];
  eachWantedLine(text, isWanted, (start, end) => {
    lines.push(text.slice(start, end).trimEnd());
    return true;
  });
  return lines;
}

/**
 * Runs over the lines of series that are wanted, by their places in the text, until told to stop. The lines of
 * a series follow each other, so that a name is looked up once and not once per line.
 *
 * @returns false where it was told to stop
 */
export function eachWantedLine(
  text: string,
  isWanted: (name: string) => boolean,
  take: (start: number, end: number) => boolean,
): boolean {
  let name = '';
  let wanted = false;
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    while (start < end && isBlank(text.charCodeAt(start))) {
      start += 1;
    }
    if (start < end && text.charCodeAt(start) !== HASH) {
      if (!hasName(text, start, name)) {
        NAME.lastIndex = start;
        name = NAME.exec(text)?.[0] ?? '';
        wanted = isWanted(name);
      }
      if (wanted && !take(start, end)) {
        return false;
      }
    }
    start = end + 1;
  }
  return true;
}

function hasName(text: string, start: number, name: string): boolean {
  if (name === '' || !text.startsWith(name, start)) {
    return false;
  }
  const next = text.charCodeAt(start + name.length);
  return next === BRACE || isBlank(next);
}

function isBlank(code: number): boolean {
  return code === BLANK || code === TAB;
}

/** The name of a counter as older exporters write it. @public */
export function withoutTotal(name: string): string {
  return name.endsWith('_total') ? name.slice(0, -'_total'.length) : name;
}
