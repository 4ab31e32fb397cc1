import { trafficNow } from './trafficNow';
import type { MetricSeries, ServiceMetrics } from './metrics';

const TIMES = [0, 1, 2, 3, 4].map(minute => `2026-11-22T10:0${minute}:00.000Z`);

function series(
  id: MetricSeries['id'],
  values: MetricSeries['values'],
  part: MetricSeries['part'] = 'decode',
): MetricSeries {
  return { id, title: id, unit: 'requests', part, values };
}

function metrics(change: Partial<ServiceMetrics> = {}): ServiceMetrics {
  return {
    service: { cluster: 'gpu-east', namespace: 'llm', name: 'qwen' },
    source: 'PodProxy',
    intervalSeconds: 60,
    windowSeconds: 60,
    times: TIMES,
    series: [],
    unmeasured: [],
    ...change,
  };
}

describe('the traffic of a service', () => {
  it('is the newest that both pools know', () => {
    expect(
      trafficNow(
        metrics({
          series: [
            series('requests-running', [9, 9, 9, 5, null]),
            series('requests-running', [9, 9, 9, 2, 4], 'prefill'),
            series('request-rate', [1, 1, 1, 1, 1.5]),
            series('generation-throughput', [1, 1, 1, 100, 200]),
          ],
        }),
      ),
    ).toEqual({
      at: TIMES[4],
      running: 7,
      waiting: undefined,
      requestsPerSecond: 1.5,
      tokensPerSecond: 200,
    });
  });

  it('is not what it was a while ago', () => {
    expect(
      trafficNow(
        metrics({
          series: [series('requests-running', [9, 9, null, null, null])],
        }),
      ),
    ).toBe('NotYet');
  });

  it.each([
    ['Off', metrics({ source: 'Off', times: [] })],
    ['NotYet', metrics({ times: [] })],
    ['Forbidden', unmeasured('Forbidden')],
    ['Unreadable', unmeasured('Unreachable')],
  ] as const)('is unknown and says why: %s', (why, measured) => {
    expect(trafficNow(measured)).toBe(why);
  });

  function unmeasured(problem: 'Forbidden' | 'Unreachable') {
    return metrics({
      unmeasured: [{ pod: 'qwen-0', problem, message: problem }],
    });
  }
});
