import { assessService } from 'backstage-plugin-llm-inference-common';
import { Bench } from 'tinybench';

import { addAssessService, makeObservation } from './assessService';

describe('assessService', () => {
  it('assesses a healthy service of the size it says', () => {
    const health = assessService(
      makeObservation({ name: 'x', pods: 16, events: 2 }),
    );
    expect(health).toMatchObject({
      verdict: 'Healthy',
      pools: { decode: { ready: 8 }, prefill: { ready: 8 } },
    });
  });

  it('runs as a task', async () => {
    const bench = new Bench({ iterations: 2, time: 0, warmup: false });
    addAssessService(bench, [{ name: 'small', pods: 4, events: 1 }]);
    const [task] = await bench.run();
    expect(task.result).toMatchObject({ state: 'completed' });
  });
});
