import { assess } from '../__testUtils__/assess';
import { loadScenarios } from '../__testUtils__/loadScenarios';
import type { ServiceBuilder } from '../__testUtils__/ServiceBuilder';
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

  describe('of a stopped service', () => {
    const desired = (change: (s: ServiceBuilder) => void) =>
      assess(s => {
        s.resource.metadata.annotations['serving.kserve.io/stop'] = 'true';
        change(s);
      }).pools.prefill?.desired;

    it('want what the resource asks for, not what a left-over Deployment had', () => {
      expect(
        desired(s => {
          s.resource.spec.prefill.replicas = 4;
          s.workloads.prefill.spec.replicas = 0;
        }),
      ).toBe(4);
    });

    it('want one pod where neither the resource nor a base config says a number', () => {
      expect(
        desired(s => {
          delete s.resource.spec.prefill.replicas;
          s.workloads.prefill.kind = 'Deleted';
          s.replicaSets.prefill.length = 0;
        }),
      ).toBe(1);
    });

    it('want an unknown number where an autoscaler decides', () => {
      expect(
        desired(s => {
          delete s.resource.spec.prefill.replicas;
          s.resource.spec.prefill.scaling = { maxReplicas: 4 };
          s.workloads.prefill.kind = 'Deleted';
          s.replicaSets.prefill.length = 0;
        }),
      ).toBeNull();
    });
  });
});
