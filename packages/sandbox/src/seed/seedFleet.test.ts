import { createClusterStore } from '../cluster/createClusterStore';
import { conditionStatus } from '../kserve/conditions';
import { SandboxClock } from '../kserve/clock/SandboxClock';
import { Pod, RESOURCES } from '../kserve/kinds';
import { Player } from '../kserve/Player';
import { LlmInferenceService } from '../kserve/service/serviceSpec';
import { seedFleet } from './seedFleet';

describe('seedFleet', () => {
  it('makes ready services with pods of a realistic size that belong to them', () => {
    const clock = new SandboxClock({
      startAt: new Date('2026-11-22T09:00:00Z'),
    });
    const store = createClusterStore('bench', { clock });
    const services = seedFleet(new Player(store, clock), {
      services: 30,
      podsPerService: 8,
    });
    clock.advance(60_000);

    expect(services).toHaveLength(30);
    const pods = store.list(RESOURCES.pod) as Pod[];
    expect(pods).toHaveLength(240);
    expect(new Set(pods.map(pod => pod.metadata.uid)).size).toBe(240);
    for (const pod of pods) {
      expect(conditionStatus(pod.status?.conditions, 'Ready')).toBe('True');
      expect(
        store.owners.find(pod.metadata.ownerReferences?.[0].uid ?? ''),
      ).toBeDefined();
    }
    const engine = pods.find(pod =>
      pod.metadata.name.startsWith('service-7-kserve-prefill'),
    );
    expect(JSON.stringify(engine)).not.toContain('fleet-template');
    expect(JSON.stringify(engine).length).toBeGreaterThan(11_000);

    for (const { namespace, name } of services) {
      const service = store.get(
        RESOURCES.service,
        name,
        namespace,
      ) as LlmInferenceService;
      expect(conditionStatus(service.status?.conditions, 'Ready')).toBe('True');
      expect(service.status?.workloads).toMatchObject({
        primary: { name: `${name}-kserve`, readyReplicas: 1 },
        prefill: { name: `${name}-kserve-prefill`, readyReplicas: 6 },
      });
    }
  });
});
