import { assessService } from 'backstage-plugin-llm-inference-common';

import { makeObservation } from './assessService';

describe('assessService', () => {
  it('assesses a healthy service of the size it says', () => {
    const health = assessService(makeObservation({ pods: 16, events: 2 }));
    expect(health).toMatchObject({
      verdict: 'Healthy',
      pools: { decode: { ready: 8 }, prefill: { ready: 8 } },
    });
  });
});
