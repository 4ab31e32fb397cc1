import { createClusterStore } from '../cluster/createClusterStore';
import { seedClusterBase } from '../seed/clusterBase';
import { MACHINES, node } from '../seed/nodes';
import { pdService } from '../seed/pdService';
import { SandboxClock } from './clock/SandboxClock';
import { conditionStatus } from './conditions';
import { Deployment, Pod, RESOURCES } from './kinds';
import { Player } from './Player';
import { LlmInferenceService } from './service/serviceSpec';

const NAMESPACE = 'llm-demo';

function cluster(gpuNodes = 2) {
  const clock = new SandboxClock({
    startAt: new Date('2026-11-22T09:00:00Z'),
  });
  const store = createClusterStore('test', { clock });
  const player = new Player(store, clock);
  seedClusterBase(store, { gatewayAddress: '203.0.113.14' });
  for (let index = 1; index <= gpuNodes; index++) {
    store.create(
      RESOURCES.node,
      node(`gpu-${index}`, MACHINES.gpu, '2026-11-22T09:00:00Z'),
    );
  }
  const service = (name: string) =>
    store.get(RESOURCES.service, name, NAMESPACE) as
      | LlmInferenceService
      | undefined;
  return {
    clock,
    store,
    player,
    service,
    readiness: (name: string, type = 'Ready') =>
      conditionStatus(service(name)?.status?.conditions, type),
    pods: () => store.list(RESOURCES.pod, NAMESPACE) as Pod[],
    deployment: (name: string) =>
      store.get(RESOURCES.deployment, name, NAMESPACE) as
        | Deployment
        | undefined,
  };
}

const QWEN = {
  name: 'qwen',
  model: {
    uri: 'hf://Qwen/Qwen2.5-7B-Instruct',
    name: 'Qwen/Qwen2.5-7B-Instruct',
  },
};

describe('life of a service', () => {
  it('goes from its creation through Progressing to Ready', () => {
    const { clock, store, readiness, service, pods } = cluster();
    store.create(RESOURCES.service, pdService(QWEN));

    clock.advance(30_000);
    expect(readiness('qwen')).toBe('False');
    expect(pods().map(pod => pod.status?.phase)).toContain('Pending');

    clock.advance(600_000);
    expect(readiness('qwen')).toBe('True');
    expect(service('qwen')?.status).toMatchObject({
      observedGeneration: 1,
      url: 'http://203.0.113.14/llm-demo/qwen',
      workloads: {
        primary: { kind: 'Deployment', name: 'qwen-kserve', readyReplicas: 1 },
        prefill: { name: 'qwen-kserve-prefill', readyReplicas: 2 },
        scheduler: { name: 'qwen-kserve-router-scheduler', readyReplicas: 1 },
      },
    });
  });
});
