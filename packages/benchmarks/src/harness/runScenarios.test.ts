import type { Result } from './Results';
import { runScenarios } from './runScenarios';
import type { RunOptions } from './runScenarios';
import type { Scenario } from './Scenario';

/** Measures at two sizes, without a fleet. */
function scenario(name: string, measure: () => number): Scenario {
  return {
    name,
    title: name,
    sizes: () => [
      { label: 'small', scale: 1 },
      { label: 'large', scale: 10 },
    ],
    measure: async () => [
      {
        metric: 'time',
        unit: 'ms',
        contenders: [{ role: 'ours', name: 'us', samples: [measure()] }],
      },
    ],
  };
}

async function run(scenarios: Scenario[], options: Partial<RunOptions> = {}) {
  const results: Result[] = [];
  const outcome = await runScenarios({
    scenarios,
    mode: 'full',
    say: () => {},
    onResult: result => results.push(result),
    ...options,
  });
  return {
    ...outcome,
    measured: results.map(({ scenario: name, size }) => `${name}, ${size}`),
  };
}

const well = scenario('well', () => 1);

describe('runScenarios', () => {
  it('measures everything, and tells of what fails without stopping', async () => {
    const broken = scenario('broken', () => {
      throw new Error('no disk');
    });
    await expect(run([broken, well])).resolves.toEqual({
      measured: ['well, small', 'well, large'],
      failed: [
        'broken, small: Error: no disk',
        'broken, large: Error: no disk',
      ],
      leftOut: [],
    });
  });

  it('leaves out what is done already', async () => {
    const { measured, leftOut } = await run([well], {
      isDone: (_, { label }) => label === 'small',
    });
    expect(measured).toEqual(['well, large']);
    expect(leftOut).toEqual([]);
  });

  it('begins nothing after its time, and says what is left', async () => {
    const { measured, leftOut } = await run([well], { minutes: 0 });
    expect(measured).toEqual([]);
    expect(leftOut).toEqual(['well, small', 'well, large']);
  });
});
