import { createClusterStore } from '../cluster/createClusterStore';
import { conditionStatus } from '../kserve/conditions';
import { SandboxClock } from '../kserve/clock/SandboxClock';
import { Pod, RESOURCES } from '../kserve/kinds';
import { Player } from '../kserve/Player';
import { LlmInferenceService } from '../kserve/service/serviceSpec';
import { ClusterName } from './clusters';
import { historyStart, seedCluster } from './seedCluster';

const NOW = new Date('2026-11-22T10:00:00Z');

function seeded(name: ClusterName) {
  const clock = new SandboxClock({ startAt: historyStart(NOW) });
  const store = createClusterStore(name, { clock });
  seedCluster(name, new Player(store, clock), NOW);
  const services = store.list(RESOURCES.service) as LlmInferenceService[];
  return {
    store,
    ready: Object.fromEntries(
      services.map(({ metadata, status }) => [
        metadata.name,
        conditionStatus(status?.conditions, 'Ready'),
      ]),
    ),
    pods: (service: string) =>
      (store.list(RESOURCES.pod, 'llm-demo') as Pod[]).filter(
        pod => pod.metadata.labels?.['app.kubernetes.io/name'] === service,
      ),
    services,
  };
}

describe('the seeded clusters', () => {
  it('gpu-east: healthy, bypassed and ready, without access, stopped', () => {
    const { ready, pods, services } = seeded('gpu-east');
    expect(ready).toEqual({
      'granite-8b-code': 'False',
      'llama-8b-agents': 'False',
      'mistral-7b-summary': 'True',
      'phi4-eval': 'True',
      'qwen2-7b-chat': 'True',
    });
    for (const { metadata } of services) {
      expect(metadata.annotations?.['backstage.io/entity-ref']).toBe(
        metadata.name === 'phi4-eval'
          ? undefined
          : `component:default/${metadata.name}`,
      );
    }
    const [healthy] = pods('qwen2-7b-chat');
    expect(healthy.metadata.creationTimestamp).toBe('2026-11-13T10:00:00Z');
    expect(pods('granite-8b-code')).toEqual([]);
    expect(JSON.stringify(pods('mistral-7b-summary'))).not.toContain(
      'kv_connector',
    );
    const initializers = pods('llama-8b-agents').flatMap(
      pod => pod.status?.initContainerStatuses?.slice(0, 1) ?? [],
    );
    expect(initializers).toHaveLength(3);
    for (const { restartCount, lastState } of initializers) {
      expect(restartCount).toBeGreaterThan(3);
      expect(lastState.terminated?.message).toContain(
        'Cannot access gated repo',
      );
    }
  });

  it('gpu-west: over several nodes, and short of RDMA since a while', () => {
    const { ready, pods, store } = seeded('gpu-west');
    expect(ready).toEqual({
      'deepseek-r1-reasoning': 'True',
      'qwen3-8b-search': 'False',
    });
    expect(
      pods('deepseek-r1-reasoning').map(({ metadata }) => metadata.name),
    ).toEqual(
      expect.arrayContaining([
        'deepseek-r1-reasoning-kserve-mn-0',
        'deepseek-r1-reasoning-kserve-mn-0-1',
        'deepseek-r1-reasoning-kserve-mn-prefill-0',
        'deepseek-r1-reasoning-kserve-mn-prefill-0-1',
      ]),
    );
    const pending = pods('qwen3-8b-search').filter(pod => !pod.spec.nodeName);
    expect(pending).toHaveLength(2);
    expect(pending[0].status?.conditions[0]).toMatchObject({
      type: 'PodScheduled',
      status: 'False',
      reason: 'Unschedulable',
      message: expect.stringContaining('Insufficient rdma/roce_gdr'),
      lastTransitionTime: '2026-11-22T09:18:00Z',
    });
    const failed = store
      .list(RESOURCES.event, 'llm-demo')
      .filter(event => event.reason === 'FailedScheduling');
    expect(failed.map(event => event.count)).toEqual([9, 9]);
  });
});
