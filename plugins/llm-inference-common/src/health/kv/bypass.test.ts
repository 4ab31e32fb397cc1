import { loadScenarios } from '../__testUtils__/loadScenarios';
import { assessService } from '../assessService';
import type { MetricReading, Observation } from '../Observation';

/** The scenario with a third scrape of every pod between its two, told from them. */
function withMiddle(
  middle: (older: MetricReading, newer: MetricReading) => MetricReading,
): Observation {
  const scenario = loadScenarios().find(
    ({ name }) => name === 'prefill-bypassed-by-metrics',
  )!;
  return {
    ...scenario,
    metrics: Object.fromEntries(
      Object.entries(scenario.metrics!).map(([pod, [older, newer]]) => [
        pod,
        [older, { ...middle(older, newer), at: '2026-11-22T09:58:00Z' }, newer],
      ]),
    ),
  };
}

describe('prefill that is left out', () => {
  it('is only suspect after the first of two evaluations', () => {
    const { kvTransfer } = assessService(withMiddle(older => older));
    expect(kvTransfer.effectiveness).toBe('Suspect');
  });

  it('is bypassed once the evaluation before says so too', () => {
    const { kvTransfer } = assessService(withMiddle((_, newer) => newer));
    expect(kvTransfer.effectiveness).toBe('Bypassed');
  });
});
