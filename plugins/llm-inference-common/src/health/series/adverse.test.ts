import { parseExposition } from './parseExposition';
import {
  windowsBetween,
  type ScrapedPod,
  type ScrapeRound,
} from './kvReadings';
import { FramePacker } from './ScrapeFrame';
import { isMeasuredSeries } from './seriesNames';
import { ServiceMeasurements } from './ServiceMeasurements';
import { measureService, SERVICE_SERIES } from './ServiceSeries';

/**
 * What goes wrong with pages on real clusters. Whatever it is: the series that depend on it have a gap, and
 * never a spike or a zero.
 */
const START = Date.parse('2026-11-22T10:00:00Z');
const packer = new FramePacker();

/** An engine that has answered so many requests, each of 1000 prompt and 100 generated tokens, in two halves. */
function engine(requests: number, started = 1794588273): string {
  const lines = [`process_start_time_seconds ${started}`];
  for (const id of ['0', '1']) {
    const labels = `engine="${id}",model_name="m"`;
    const half = requests / 2;
    lines.push(
      `vllm:num_requests_running{${labels}} 4`,
      `vllm:num_requests_waiting{${labels}} 2`,
      `vllm:kv_cache_usage_perc{${labels}} 0.5`,
      `vllm:prompt_tokens_total{${labels}} ${half * 1000}`,
      `vllm:generation_tokens_total{${labels}} ${half * 100}`,
      `vllm:request_success_total{${labels},finished_reason="stop"} ${half}`,
      `vllm:prompt_tokens_by_source_total{${labels},source="local_compute"} ${
        half * 20
      }`,
      `vllm:prompt_tokens_by_source_total{${labels},source="local_cache_hit"} 0`,
      `vllm:prompt_tokens_by_source_total{${labels},source="external_kv_transfer"} ${
        half * 980
      }`,
      `vllm:inter_token_latency_seconds_bucket{${labels},le="0.01"} ${
        half * 50
      }`,
      `vllm:inter_token_latency_seconds_bucket{${labels},le="0.02"} ${
        half * 100
      }`,
      `vllm:inter_token_latency_seconds_bucket{${labels},le="+Inf"} ${
        half * 100
      }`,
      `vllm:nixl_xfer_time_seconds_bucket{${labels},le="0.05"} ${half}`,
      `vllm:nixl_xfer_time_seconds_bucket{${labels},le="+Inf"} ${half}`,
      `vllm:nixl_xfer_time_seconds_sum{${labels}} ${half * 0.02}`,
      `vllm:nixl_xfer_time_seconds_count{${labels}} ${half}`,
      `vllm:nixl_bytes_transferred_sum{${labels}} ${half * 2e8}`,
      `vllm:nixl_num_failed_transfers_total{${labels}} 0`,
      `vllm:nixl_num_kv_expired_reqs_total{${labels}} 0`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/** A scheduler that has routed so many requests, all through prefill. */
function scheduler(requests: number, prefix = 'llm_d_epp'): string {
  return [
    'process_start_time_seconds 1794588200',
    `${prefix}_request_total{model_name="m"} ${requests}`,
    `${prefix}_request_error_total{error_code="x",model_name="m"} 0`,
    `${prefix}_request_ttft_seconds_bucket{le="0.1",model_name="m"} ${
      requests / 2
    }`,
    `${prefix}_request_ttft_seconds_bucket{le="0.2",model_name="m"} ${requests}`,
    `${prefix}_request_ttft_seconds_bucket{le="+Inf",model_name="m"} ${requests}`,
    `llm_d_epp_disagg_decision_total{decision_type="prefill-decode",model_name="m"} ${requests}`,
  ].join('\n');
}

function pod(
  name: string,
  text: string | undefined,
  seconds: number,
  run?: ScrapedPod['run'],
): ScrapedPod {
  const at = START + seconds * 1000;
  return {
    pod: name,
    part: name.startsWith('scheduler') ? 'scheduler' : 'decode',
    run,
    ...(text === undefined
      ? {}
      : {
          frame: packer.pack(at, parseExposition(text, isMeasuredSeries)),
        }),
  };
}

function measured(older: ScrapedPod[], newer: ScrapedPod[]) {
  const values = measureService(
    windowsBetween(
      { at: START, pods: older },
      { at: START + 60_000, pods: newer },
    ),
  );
  return Object.fromEntries(
    SERVICE_SERIES.map(({ id, part, quantile }, index) => [
      [id, part, quantile].filter(key => key !== undefined).join(' '),
      values[index],
    ]),
  );
}

/** Of one decode pod that answers 120 requests within the minute. */
const through = (
  older: string | undefined,
  newer: string | undefined,
  runs: [ScrapedPod['run']?, ScrapedPod['run']?] = [],
) =>
  measured(
    [pod('decode', older, 0, runs[0])],
    [pod('decode', newer, 60, runs[1])],
  );

const usual = through(engine(1_000), engine(1_120));

const without = (text: string, pattern: RegExp) =>
  text
    .split('\n')
    .filter(line => !pattern.test(line))
    .join('\n');

/** What differs from the usual, all of which must be unknown. */
function gapsIn(values: Record<string, number | undefined>): string[] {
  const different = Object.keys(usual).filter(id => values[id] !== usual[id]);
  expect(different.map(id => values[id])).toEqual(
    different.map(() => undefined),
  );
  return different;
}

const COUNTED = [
  'external-kv-share decode',
  'generation-throughput decode',
  'inter-token-latency decode 0.5',
  'inter-token-latency decode 0.95',
  'inter-token-latency decode 0.99',
  'kv-transfer-bandwidth decode',
  'kv-transfer-bytes decode',
  'kv-transfer-failures decode',
  'kv-transfer-time decode',
  'kv-transfer-time decode 0.95',
  'request-rate decode',
];

describe('pages that are not as they should be', () => {
  it('are measured where they are', () => {
    expect(usual).toMatchObject({
      'requests-running decode': 8,
      'requests-waiting decode': 4,
      'kv-cache-usage decode': 0.5,
      'request-rate decode': 2,
      'generation-throughput decode': 200,
      'kv-transfer-bytes decode': 4e8,
      'kv-transfer-failures decode': 0,
      'external-kv-share decode': 0.98,
    });
  });

  it.each<[string, string | undefined, string]>([
    ['the first page there is', undefined, engine(1_120)],
    ['everything was reset', engine(1_000), engine(3)],
    [
      'another process, which has counted further already',
      engine(1_000),
      engine(90_000, 1794588999),
    ],
    [
      'another process, whose beginning only the newer page tells',
      without(engine(1_000), /process_start/),
      engine(90_000),
    ],
    [
      'one of two engines was reset',
      engine(1_000),
      engine(1_120).replace(
        /^(vllm:(?!num|kv_cache).*engine="1".*) \S+$/gm,
        '$1 0',
      ),
    ],
    [
      'one of two engines was not on the older page',
      without(engine(1_000), /engine="1"/),
      engine(1_120),
    ],
    [
      'no counter is a number',
      engine(1_000),
      engine(1_120).replace(
        /^(vllm:(?!num|kv_cache).*engine="1".*) \S+$/gm,
        '$1 NaN',
      ),
    ],
  ])('have a gap in all that is counted: %s', (_what, older, newer) => {
    const gaps = gapsIn(through(older, newer));
    // A counter that stood at nothing before a reset and after it counted nothing.
    expect(
      [...new Set([...gaps, 'kv-transfer-failures decode'])].sort(),
    ).toEqual([...COUNTED].sort());
  });

  it('have a gap in everything where one of two engines is gone from the newer page', () => {
    const gaps = gapsIn(
      through(engine(1_000), without(engine(1_120), /engine="1"/)),
    );
    expect(gaps.sort()).toEqual(
      [
        ...COUNTED,
        'kv-cache-usage decode',
        'requests-running decode',
        'requests-waiting decode',
      ].sort(),
    );
  });

  it.each([
    [
      'the container ran anew',
      { uid: 'u', restarts: 0 },
      { uid: 'u', restarts: 1 },
    ],
    [
      'another pod has its name',
      { uid: 'u', restarts: 0 },
      { uid: 'v', restarts: 0 },
    ],
  ])('have a gap where %s and the page does not tell', (_what, before, now) => {
    const silent = (requests: number) =>
      without(engine(requests), /process_start/);
    const gaps = gapsIn(through(silent(1_000), silent(1_120), [before, now]));
    expect(gaps.sort()).toEqual([...COUNTED].sort());
  });

  it.each<[string, RegExp, string[]]>([
    [
      'the connector is not there',
      /nixl_/,
      COUNTED.filter(id => id.startsWith('kv-transfer')),
    ],
    ['an older vLLM', /by_source/, ['external-kv-share decode']],
    ['no gauge', /num_requests_running/, ['requests-running decode']],
    [
      'a histogram without its last bucket',
      /inter_token.*\+Inf/,
      COUNTED.filter(id => id.startsWith('inter-token')),
    ],
  ])('have a gap in what hangs on it: %s', (_what, pattern, expected) => {
    const gaps = gapsIn(
      through(without(engine(1_000), pattern), without(engine(1_120), pattern)),
    );
    expect(gaps).toEqual(expect.arrayContaining(expected));
    expect(gaps).toHaveLength(expected.length);
  });

  it('have a gap where a gauge is no number for one of two engines', () => {
    const odd = engine(1_120).replace(
      /^(vllm:num_requests_running\{engine="1".*) \S+$/m,
      '$1 NaN',
    );
    expect(gapsIn(through(engine(1_000), odd))).toEqual([
      'requests-running decode',
    ]);
  });

  it.each([
    ['new', (text: string) => text],
    [
      'old',
      (text: string) =>
        text
          .replaceAll('kv_cache_usage_perc', 'gpu_cache_usage_perc')
          .replaceAll('inter_token_latency', 'time_per_output_token')
          .replaceAll('_total{', '{'),
    ],
  ])('are read under %s names', (_what, named) => {
    expect(through(named(engine(1_000)), named(engine(1_120)))).toEqual(usual);
  });

  it('are never added where two names stand side by side', () => {
    const twins = (requests: number) =>
      `${scheduler(requests)}\n${scheduler(
        requests * 2,
        'inference_objective',
      )}\n${scheduler(requests * 3, 'inference_model')}`;
    const at = (text: (requests: number) => string) =>
      measured(
        [pod('scheduler', text(1_000), 0)],
        [pod('scheduler', text(1_120), 60)],
      );
    expect(at(twins)).toEqual(at(scheduler));
    expect(at(scheduler)).toMatchObject({
      'error-ratio scheduler': 0,
      'disaggregated-share scheduler': 1,
      'ttft scheduler 0.5': 0.1,
    });
  });

  it('are no share, no mean and no latency where nothing was asked', () => {
    expect(through(engine(1_000), engine(1_000))).toMatchObject({
      'request-rate decode': 0,
      'kv-transfer-bytes decode': 0,
      'kv-transfer-bandwidth decode': undefined,
      'kv-transfer-time decode': undefined,
      'inter-token-latency decode 0.95': undefined,
      'external-kv-share decode': undefined,
    });
  });

  it('have no sum where one of the pods could not be read', () => {
    const values = measured(
      [pod('decode-0', engine(1_000), 0), pod('decode-1', engine(1_000), 0)],
      [pod('decode-0', engine(1_120), 60), pod('decode-1', undefined, 60)],
    );
    expect(Object.values(values).filter(value => value !== undefined)).toEqual(
      [],
    );
  });
});

describe('clocks that are not as they should be', () => {
  const round = (seconds: number, requests: number): ScrapeRound => ({
    at: START + seconds * 1000,
    pods: [pod('decode', engine(requests), seconds)],
  });
  const rate = SERVICE_SERIES.findIndex(({ id }) => id === 'request-rate');

  /** Rounds every half minute with one request a second; the wall clock says what it is told to. */
  function ratesOf(wallClock: (elapsed: number) => number) {
    const kept = new ServiceMeasurements({
      windowMs: 60_000,
      retentionMs: 3_600_000,
    });
    for (let elapsed = 0; elapsed <= 300; elapsed += 30) {
      kept.add(round(wallClock(elapsed), 1_000 + elapsed), elapsed * 1000);
    }
    const points = kept.points(0);
    return {
      times: points.map(({ at }) => at),
      rates: points.map(({ values }) => values[rate]),
    };
  }

  it.each<[string, (elapsed: number) => number]>([
    ['right', elapsed => elapsed],
    ['an hour behind the pods', elapsed => elapsed - 3600],
    ['set forward in between', elapsed => elapsed + (elapsed > 140 ? 900 : 0)],
    ['set back in between', elapsed => elapsed - (elapsed > 140 ? 900 : 0)],
    ['standing still', elapsed => Math.min(elapsed, 120)],
  ])('never make a spike: %s', (_what, wallClock) => {
    const { times, rates } = ratesOf(wallClock);
    expect(rates.length).toBeGreaterThan(2);
    for (const value of rates) {
      expect(Number.isNaN(value) || Math.abs(value - 1) < 0.05).toBe(true);
    }
    expect([...times].sort((a, b) => a - b)).toEqual(times);
  });
});
