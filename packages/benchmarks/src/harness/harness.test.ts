import { alternate } from './alternate';
import { judge } from './judge';
import type { Bar, Measurement } from './Scenario';
import { fitExponent, summarize } from './statistics';

const measured = (ours: number[], peer: number[], bar: Bar): Measurement => ({
  metric: 'latency',
  unit: 'ms',
  contenders: [
    { role: 'ours', name: 'status', samples: ours },
    { role: 'peer', name: 'Kubernetes plugin', samples: peer },
  ],
  bars: [bar],
});

describe('alternate', () => {
  it('gives everybody as many turns, another one first in each round, and forgets the warm-up', async () => {
    const turns: string[] = [];
    const samples = await alternate(
      { a: () => turns.push('a'), b: () => [turns.push('b'), 0] },
      { warmUp: 1, rounds: 2 },
    );
    expect(turns).toEqual(['a', 'b', 'b', 'a', 'a', 'b']);
    expect(samples).toEqual({ a: [4, 5], b: [3, 0, 6, 0] });
  });
});

describe('summarize', () => {
  it('answers median, p95 and p99', () => {
    const samples = Array.from({ length: 101 }, (_, index) => 100 - index);
    expect(summarize(samples)).toEqual({
      median: 50,
      p95: 95,
      p99: 99,
      samples: 101,
    });
  });

  it('refuses to say anything about nothing', () => {
    expect(() => summarize([])).toThrow('There are no samples to summarize');
  });
});

describe('fitExponent', () => {
  const grown = (exponent: number) =>
    [10, 100, 1000].map(scale => ({ scale, value: 3 * scale ** exponent }));

  it.each([0, 1, 2])('finds the exponent %d', exponent => {
    expect(fitExponent(grown(exponent))).toBeCloseTo(exponent);
  });

  it('says nothing about two points, and nothing about zero', () => {
    expect(fitExponent(grown(1).slice(0, 2))).toBeUndefined();
    expect(fitExponent([...grown(1), { scale: 5, value: 0 }])).toBeUndefined();
  });
});

describe('judge', () => {
  it('compares a ratio, which holds on any machine', () => {
    const bar: Bar = {
      statistic: 'median',
      against: 'Kubernetes plugin',
      atMost: 0.05,
    };
    expect(judge(measured([1], [25], bar))).toEqual([
      {
        bar: 'median <= 0.05 x Kubernetes plugin',
        value: 0.04,
        met: true,
        relative: true,
      },
    ]);
    expect(judge(measured([1], [15], bar))[0].met).toBe(false);
  });

  it('shows an absolute figure without judging it as a ratio', () => {
    const [figure] = judge(
      measured([300], [1], { statistic: 'p99', atMost: 250 }),
    );
    expect(figure).toMatchObject({ met: false, relative: false });
    const [difference] = judge(
      measured([5], [4], {
        statistic: 'p99',
        against: 'Kubernetes plugin',
        difference: true,
        atMost: 2,
      }),
    );
    expect(difference).toMatchObject({ value: 1, met: true, relative: false });
  });

  it('names the contender that a bar asks for in vain', () => {
    expect(() =>
      judge(
        measured([1], [1], {
          statistic: 'p99',
          against: 'somebody',
          atMost: 1,
        }),
      ),
    ).toThrow(
      'A bar of latency names the contender somebody, but there are status, Kubernetes plugin',
    );
  });
});
