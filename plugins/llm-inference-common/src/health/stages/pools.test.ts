import { loadScenarios } from '../__testUtils__/loadScenarios';
import { assessService } from '../assessService';

describe('the pools of a service', () => {
  it('name the containers of their pods, the engine first', () => {
    const scenario = loadScenarios().find(
      ({ name }) => name === 'healthy-2p1d-single-node',
    )!;
    const { decode, prefill } = assessService(scenario).pools;
    expect(decode?.containers).toEqual([
      'main',
      'storage-initializer',
      'llm-d-routing-sidecar',
    ]);
    expect(prefill?.containers).toEqual(['main', 'storage-initializer']);
  });

  it('name no containers where there are no pods', () => {
    const { pools } = assessService({
      ...loadScenarios()[0],
      objects: [],
    });
    expect(pools.decode?.containers).toBeUndefined();
  });
});
