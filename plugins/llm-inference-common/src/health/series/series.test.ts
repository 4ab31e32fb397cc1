import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kvReadings, windowsBetween, type ScrapeRound } from './kvReadings';
import { parseExposition } from './parseExposition';
import { FramePacker } from './ScrapeFrame';
import { isMeasuredSeries } from './seriesNames';
import { measureService, SERVICE_SERIES, type SeriesId } from './ServiceSeries';

const START = Date.parse('2026-11-22T10:00:00Z');
const packer = new FramePacker();

const page = (name: string) =>
  readFileSync(join(__dirname, '__fixtures__', name), 'utf8');

/** Adds to the value of a line that begins so. */
function grow(text: string, series: string, by: number): string {
  return text
    .split('\n')
    .map(line =>
      line.startsWith(series)
        ? line.replace(/ ([\d.e+-]+)$/, (_, value) => ` ${Number(value) + by}`)
        : line,
    )
    .join('\n');
}

function round(seconds: number, pods: Record<string, string | undefined>) {
  return {
    at: START + seconds * 1000,
    pods: Object.entries(pods).map(([pod, text]) => ({
      pod,
      part: (pod.startsWith('decode') ? 'decode' : 'scheduler') as
        | 'decode'
        | 'scheduler',
      ...(text === undefined
        ? {}
        : {
            frame: packer.pack(
              START + seconds * 1000,
              parseExposition(text, isMeasuredSeries),
            ),
          }),
    })),
  } satisfies ScrapeRound;
}

function measure(
  older: ScrapeRound,
  newer: ScrapeRound,
  id: SeriesId,
  quantile?: number,
) {
  const values = measureService(windowsBetween(older, newer));
  return values[
    SERVICE_SERIES.findIndex(
      series => series.id === id && series.quantile === quantile,
    )
  ];
}

const decode = page('engine-decode.prom');
const moved = [
  ['vllm:nixl_xfer_time_seconds_sum', 2],
  ['vllm:nixl_xfer_time_seconds_count', 20],
  ['vllm:nixl_bytes_transferred_sum', 8e9],
  ['vllm:generation_tokens_total', 6000],
  [
    'vllm:request_success_total{engine="0",model_name="Qwen/Qwen2.5-7B-Instruct",finished_reason="stop"}',
    30,
  ],
].reduce(
  (text, [series, by]) => grow(text, series as string, by as number),
  decode,
);

describe('the page of an engine', () => {
  it('is read without comments, _created and what nobody measures', () => {
    const samples = parseExposition(decode, isMeasuredSeries);
    const names = new Set(samples.map(({ name }) => name));
    expect(names).toContain('vllm:nixl_xfer_time_seconds_bucket');
    expect(names).toContain('vllm:prompt_tokens_by_source');
    expect(
      [...names].filter(name => /_created|e2e|cache_config/.test(name)),
    ).toEqual([]);
  });

  it('reads old names, escapes and exponents, and what is no number as not known', () => {
    const samples = parseExposition(
      [
        'vllm:gpu_cache_usage_perc{model_name="a\\"b\\\\c",engine="0"} 5e-1',
        'vllm:num_requests_running{engine="0"} NaN',
        'vllm:num_requests_waiting{engine="0"} +Inf',
        'vllm:prompt_tokens{engine="0"} 1.5e+03 1764000000000',
      ].join('\n'),
      isMeasuredSeries,
    );
    expect(samples).toEqual([
      {
        name: 'vllm:gpu_cache_usage_perc',
        labels: { model_name: 'a"b\\c', engine: '0' },
        value: 0.5,
      },
      {
        name: 'vllm:num_requests_running',
        labels: { engine: '0' },
        value: Number.NaN,
      },
      {
        name: 'vllm:num_requests_waiting',
        labels: { engine: '0' },
        value: Number.NaN,
      },
      { name: 'vllm:prompt_tokens', labels: { engine: '0' }, value: 1500 },
    ]);
  });
});

describe('series of a service', () => {
  it('are rates, ratios and gauges in their units', () => {
    const older = round(0, { 'decode-1': decode });
    const newer = round(60, { 'decode-1': moved });
    expect(measure(older, newer, 'kv-transfer-bandwidth')).toBe(4e9);
    expect(measure(older, newer, 'kv-transfer-bytes')).toBeCloseTo(8e9 / 60);
    expect(measure(older, newer, 'kv-transfer-time')).toBeCloseTo(0.1);
    expect(measure(older, newer, 'generation-throughput')).toBe(100);
    expect(measure(older, newer, 'requests-running')).toBe(8);
    expect(measure(older, newer, 'kv-transfer-failures')).toBe(0);
  });

  it('interpolate quantiles over the buckets of a window', () => {
    const scheduler = page('scheduler.prom');
    const bucket = (le: string) =>
      scheduler
        .split('\n')
        .find(
          line =>
            line.startsWith('llm_d_epp_request_ttft_seconds_bucket') &&
            line.includes(`le="${le}"`),
        )!
        .replace(/ \S+$/, '');
    const bounds = [
      ...scheduler.matchAll(/ttft_seconds_bucket\{.*le="([^"]+)"/g),
    ].map(([, le]) => le);
    const at = bounds.indexOf('0.5');
    const later = bounds.reduce(
      (text, le, index) => (index >= at ? grow(text, bucket(le), 100) : text),
      scheduler,
    );
    const p50 = measure(
      round(0, { 'scheduler-1': scheduler }),
      round(60, { 'scheduler-1': later }),
      'ttft',
      0.5,
    );
    const lower = Number(bounds[at - 1]);
    expect(p50).toBeCloseTo(lower + (0.5 - lower) / 2);
  });

  it.each([
    ['a counter was reset', { 'decode-1': moved }, { 'decode-1': decode }],
    [
      'the process began anew',
      { 'decode-1': decode },
      {
        'decode-1': moved.replace(
          /^process_start_time_seconds .*/m,
          'process_start_time_seconds 1794599999',
        ),
      },
    ],
    [
      'one of two pods was not read',
      { 'decode-1': decode, 'decode-2': decode },
      { 'decode-1': moved, 'decode-2': undefined },
    ],
    [
      'a series was not there before',
      {
        'decode-1': decode
          .split('\n')
          .filter(line => !line.startsWith('vllm:nixl_'))
          .join('\n'),
      },
      { 'decode-1': moved },
    ],
    ['a new pod was never read before', {}, { 'decode-1': moved }],
  ])('have a gap where %s', (_why, before, after) => {
    expect(
      measure(
        round(0, before as Record<string, string>),
        round(60, after as Record<string, string | undefined>),
        'kv-transfer-bytes',
      ),
    ).toBeUndefined();
  });

  it('have a gap where the clock went backwards', () => {
    expect(
      measure(
        round(60, { 'decode-1': decode }),
        round(0, { 'decode-1': moved }),
        'kv-transfer-bytes',
      ),
    ).toBeUndefined();
  });
});

describe('readings for an observation', () => {
  it('span the shortest window that says something', () => {
    const more = grow(
      moved,
      'vllm:request_success_total{engine="0",model_name="Qwen/Qwen2.5-7B-Instruct",finished_reason="stop"}',
      30,
    );
    const rounds = [
      round(0, { 'decode-1': decode }),
      round(30, { 'decode-1': decode }),
      round(60, { 'decode-1': moved }),
      round(90, { 'decode-1': more }),
    ];
    const at = kvReadings(rounds)['decode-1'].map(reading => reading.at);
    expect(at).toEqual(
      [30, 60, 90].map(seconds =>
        new Date(START + seconds * 1000).toISOString(),
      ),
    );
  });

  it('leave out pages of an earlier process', () => {
    const anew = decode.replace(
      /^process_start_time_seconds .*/m,
      'process_start_time_seconds 1794599999',
    );
    const readings = kvReadings([
      round(0, { 'decode-1': decode }),
      round(60, { 'decode-1': anew }),
    ]);
    expect(readings['decode-1']).toHaveLength(1);
  });
});
