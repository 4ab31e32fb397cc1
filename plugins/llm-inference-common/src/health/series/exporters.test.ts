import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { windowsBetween, type ScrapeRound } from './kvReadings';
import { parseExposition } from './parseExposition';
import { FramePacker } from './ScrapeFrame';
import { isMeasuredSeries } from './seriesNames';
import { measureService, SERVICE_SERIES, type SeriesId } from './ServiceSeries';

/**
 * Pages in the layout of the exporters themselves, half a minute apart: vLLM's Python client (labels in order
 * of their names, so `le` stands between others, `2.1e+06`, `_created`, two data parallel engines) and the
 * scheduler's Go client (`[ALPHA]` in HELP, `_sum` before `_count`, twins under older names, a summary).
 */
const page = (name: string) =>
  readFileSync(
    join(__dirname, '__fixtures__', `exporter-${name}.prom`),
    'utf8',
  );

const START = Date.parse('2026-11-22T10:00:00Z');
const packer = new FramePacker();

function round(suffix: '' | '-later'): ScrapeRound {
  const at = START + (suffix ? 30_000 : 0);
  const frame = (name: string) =>
    packer.pack(at, parseExposition(page(name + suffix), isMeasuredSeries));
  return {
    at,
    pods: [
      { pod: 'decode-0', part: 'decode', frame: frame('vllm-decode') },
      { pod: 'scheduler-0', part: 'scheduler', frame: frame('epp') },
    ],
  };
}

const values = measureService(windowsBetween(round(''), round('-later')));
const measured = (id: SeriesId, quantile?: number) =>
  values[
    SERVICE_SERIES.findIndex(
      series =>
        series.id === id &&
        series.part !== 'prefill' &&
        series.quantile === quantile,
    )
  ];

describe('pages as the exporters write them', () => {
  it.each<[SeriesId, number]>([
    ['requests-running', 11],
    // Not also those by reason, which count the same requests.
    ['requests-waiting', 1],
    // The fuller of the two engines, not their sum.
    ['kv-cache-usage', 0.21874999999999997],
    ['request-rate', 60 / 30],
    ['generation-throughput', 13_200 / 30],
    ['kv-transfer-bytes', (58 * 224_395_264) / 30],
    ['kv-transfer-bandwidth', 224_395_264 / 0.0205],
    ['kv-transfer-time', 0.0205],
    ['kv-transfer-failures', 1],
    ['external-kv-share', 0.98],
    // Twins of older releases stand beside, and are not added.
    ['disaggregated-share', 58 / 60],
    ['error-ratio', 1 / 60],
  ])('give %s', (id, expected) => {
    const value = measured(id);
    expect(value).toBeDefined();
    expect(value! / expected).toBeCloseTo(1, 6);
  });

  it('give quantiles out of buckets whose bound stands between other labels', () => {
    const firstToken = measured('ttft', 0.5);
    expect(firstToken).toBeGreaterThan(0.1);
    expect(firstToken).toBeLessThan(0.2);
    const interToken = measured('inter-token-latency', 0.95);
    expect(interToken).toBeGreaterThan(0.025);
    expect(interToken).toBeLessThan(0.05);
  });

  it('hold nothing that nobody measures', () => {
    const names = new Set(
      ['vllm-decode', 'epp']
        .flatMap(name => parseExposition(page(name), isMeasuredSeries))
        .map(({ name }) => name),
    );
    expect(
      [...names].filter(name =>
        /_created|^go_|^python_|^http_|lora|by_reason|e2e|iteration/.test(name),
      ),
    ).toEqual([]);
    expect(names).toContain('process_start_time_seconds');
  });
});
