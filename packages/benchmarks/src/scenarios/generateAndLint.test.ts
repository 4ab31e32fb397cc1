import { Bench } from 'tinybench';

import {
  addGenerateAndLint,
  GENERATE_AND_LINT,
  prepareGenerateAndLint,
} from './generateAndLint';

describe('generate + lint', () => {
  it('judges what it generates, and finds nothing above advice', () => {
    const findings = prepareGenerateAndLint()();
    expect(findings.filter(({ level }) => level !== 'info')).toEqual([]);
  });

  it('runs as a task', async () => {
    const bench = new Bench({ iterations: 2, time: 0, warmup: false });
    addGenerateAndLint(bench);
    const [task] = await bench.run();
    expect(task.name).toBe(GENERATE_AND_LINT);
    expect(task.result).toMatchObject({ state: 'completed' });
  });
});
