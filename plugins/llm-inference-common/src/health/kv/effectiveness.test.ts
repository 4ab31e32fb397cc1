import { loadScenarios } from '../__testUtils__/loadScenarios';
import { assessService } from '../assessService';
import type { Observation } from '../Observation';

const scenario = loadScenarios().find(
  ({ name }) => name === 'prefill-bypassed-by-metrics',
)!;
const DECODE = /kserve-(?!prefill|router)/;
const SCHEDULER = /router-scheduler/;

/** What is done to a page of the pods whose names match; 0 is the older one. */
type Edit = [pod: RegExp, page: 0 | 1, edit: (text: string) => string];

const add =
  (series: string, by: number) =>
  (text: string): string =>
    text
      .split('\n')
      .map(line =>
        line.startsWith(series)
          ? line.replace(/ ([\d.]+)$/, (_, value) => ` ${Number(value) + by}`)
          : line,
      )
      .join('\n');

const drop =
  (pattern: RegExp) =>
  (text: string): string =>
    text
      .split('\n')
      .filter(line => line.startsWith('#') || !pattern.test(line))
      .join('\n');

/** 660 requests in ten minutes, all sent through prefill: decode fetches what `edits` say. */
function assess(...edits: Edit[]) {
  const metrics: Observation['metrics'] = {};
  for (const [pod, readings] of Object.entries(scenario.metrics!)) {
    metrics[pod] = readings.map((reading, index) =>
      'text' in reading
        ? {
            at: reading.at,
            text: edits
              .filter(([name, page]) => name.test(pod) && page === index)
              .reduce((text, [, , edit]) => edit(text), reading.text),
          }
        : reading,
    );
  }
  const health = assessService({ ...scenario, metrics });
  return {
    effectiveness: health.kvTransfer.effectiveness,
    causes: health.causes.map(({ id, severity }) => `${id} ${severity}`),
  };
}

const transfers = (count: number): Edit[] => [
  [DECODE, 1, add('vllm:nixl_xfer_time_seconds_count', count)],
  [DECODE, 1, add('vllm:nixl_xfer_time_seconds_sum', count / 50)],
  [DECODE, 1, add('vllm:nixl_bytes_transferred_sum', count * 2e8)],
];
const fetched: Edit = [
  DECODE,
  1,
  text =>
    add(
      'vllm:prompt_tokens_by_source_total{engine="0",model_name="Qwen/Qwen2.5-7B-Instruct",source="external',
      2e7,
    )(text),
];
/** A pair that has long been busy, and whose every request moves KV cache. */
const busy: Edit[] = [
  ...([0, 1] as const).flatMap((page): Edit[] => [
    [DECODE, page, add('vllm:nixl_xfer_time_seconds_count', 80_000)],
    [DECODE, page, add('vllm:nixl_num_failed_transfers_total', 9_000)],
    [SCHEDULER, page, add('llm_d_epp_disagg_decision_total', 90_000)],
  ]),
  ...transfers(660),
  fetched,
];
const noTokens: Edit[] = [
  [DECODE, 0, drop(/by_source/)],
  [DECODE, 1, drop(/by_source/)],
];
const quiet: Edit[] = [
  [
    DECODE,
    0,
    add('vllm:request_success_total{engine="0",finished_reason="stop"', 657),
  ],
  [
    SCHEDULER,
    0,
    add('llm_d_epp_disagg_decision_total{decision_type="prefill', 657),
  ],
];

describe('whether KV transfer does what it is there for', () => {
  it.each<[string, string, Edit[]]>([
    ['Bypassed', 'nothing is fetched', []],
    ['Effective', 'every request comes with a transfer', busy],
    ['Effective', 'half of them do', [...transfers(330), ...noTokens]],
    ['Suspect', 'fewer than half do', [...transfers(300), ...noTokens]],
    [
      'Suspect',
      'one in ten transfers fails',
      [...busy, [DECODE, 1, add('vllm:nixl_num_failed_transfers_total', 70)]],
    ],
    ['Idle', 'three requests came', quiet],
    [
      'Unmeasurable',
      'neither transfers nor sources of tokens are counted',
      [...noTokens, [DECODE, 0, drop(/nixl/)], [DECODE, 1, drop(/nixl/)]],
    ],
    [
      'Unmeasurable',
      'decode began anew',
      [[DECODE, 1, add('vllm:request_success_total', -5_000)]],
    ],
  ])('is %s: %s', (expected, _why, edits) => {
    expect(assess(...edits).effectiveness).toBe(expected);
  });

  it.each<[string, Edit[]]>([
    [
      'the scheduler’s older page has no decisions yet',
      [[SCHEDULER, 0, drop(/decision/)]],
    ],
    [
      'the scheduler’s newer page lacks one kind of decisions',
      [[SCHEDULER, 1, drop(/prefill-decode/)]],
    ],
    [
      'decode’s older page lacks the transfers',
      [[DECODE, 0, drop(/nixl_xfer/)]],
    ],
    [
      'decode’s newer page lacks the transfers',
      [[DECODE, 1, drop(/nixl_xfer/)]],
    ],
    [
      'failures of all time stand on the newer page alone',
      [[DECODE, 0, drop(/nixl_(?:xfer|num_failed)/)]],
    ],
    [
      'failures are counted and transfers are not',
      [
        [DECODE, 0, drop(/nixl_xfer/)],
        [DECODE, 1, drop(/nixl_xfer/)],
        [DECODE, 1, add('vllm:nixl_num_failed_transfers_total', 4)],
      ],
    ],
  ])('makes a healthy pair no suspect where %s', (_what, edits) => {
    expect(assess(...busy, ...edits)).toEqual({
      effectiveness: 'Effective',
      causes: [],
    });
  });

  it('does not take what began to be counted in between for nothing', () => {
    const begun = [DECODE, 0, drop(/nixl_xfer|external_kv/)] as Edit;
    expect(assess(...busy, begun).effectiveness).toBe('Unmeasurable');
  });

  it.each<[string, Edit[]]>([
    ['older', [[SCHEDULER, 0, drop(/decision/)]]],
    ['newer', [[SCHEDULER, 1, drop(/decision/)]]],
  ])(
    'is suspect at worst where the scheduler’s %s page tells nothing',
    (_which, edits) => {
      expect(assess(...noTokens, ...edits).effectiveness).toBe('Suspect');
    },
  );
});
