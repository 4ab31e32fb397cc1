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
    // The last token of a prompt that came whole is computed again: it counts as both.
    ['external-kv-share', 117_600 / (120_000 + 58)],
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

  it('leave requests without streaming out of the time to the first token, which is all of theirs', () => {
    const ttft = (streaming: string) => {
      const scrape = (suffix: '' | '-later') => {
        const at = START + (suffix ? 30_000 : 0);
        const epp = page(`epp${suffix}`);
        const others = epp
          .split('\n')
          .filter(line => line.startsWith('llm_d_epp_request_ttft_seconds_'))
          .map(line =>
            line
              .replace('streaming="true"', `streaming="${streaming}"`)
              .replace('model_name="', 'model_name="other-')
              // They take long: none is in a bucket but the last.
              .replace(/(le="[\d.]+".*) \S+$/, '$1 0'),
          );
        const frame = packer.pack(
          at,
          parseExposition([epp, ...others].join('\n'), isMeasuredSeries),
        );
        return {
          at,
          pods: [{ pod: 'scheduler-0', part: 'scheduler' as const, frame }],
        };
      };
      return measureService(windowsBetween(scrape(''), scrape('-later')))[
        SERVICE_SERIES.findIndex(
          ({ id, quantile }) => id === 'ttft' && quantile === 0.99,
        )
      ];
    };
    expect(ttft('false')).toBe(measured('ttft', 0.99));
    expect(ttft('true')).toBe(120);
  });

  it('count the decisions of the deprecated handler, under its new name', () => {
    const handled = (suffix: '' | '-later') => {
      const at = START + (suffix ? 30_000 : 0);
      const text = page(`epp${suffix}`)
        .replace(/^.*inference_scheduler_disagg.*$/gm, '')
        .replaceAll('llm_d_epp_disagg_decision', 'llm_d_epp_pd_decision');
      const frame = packer.pack(at, parseExposition(text, isMeasuredSeries));
      return {
        at,
        pods: [{ pod: 'scheduler-0', part: 'scheduler' as const, frame }],
      };
    };
    expect(
      measureService(windowsBetween(handled(''), handled('-later')))[
        SERVICE_SERIES.findIndex(({ id }) => id === 'disaggregated-share')
      ],
    ).toBeCloseTo(58 / 60, 6);
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
