import { createClusterStore } from '../../cluster/createClusterStore';
import { KubeObject } from '../../cluster/ClusterStore';
import { FaultTarget } from '../../faults/Fault';
import { serviceOf, targetOf } from '../../faults/FaultBook';
import { DEMO_NAMESPACE, seedClusterBase } from '../../seed/clusterBase';
import { MACHINES, node } from '../../seed/nodes';
import { pdService, PdServiceOptions } from '../../seed/pdService';
import { SandboxClock } from '../clock/SandboxClock';
import { Condition, Deployment, Pod, RESOURCES } from '../kinds';
import { Player } from '../Player';
import { LlmInferenceService, ServiceSpec } from '../service/serviceSpec';

const START = '2026-11-22T09:00:00Z';
const MINUTE = 60_000;

/** Minutes after which a small service has settled. */
export const SETTLED = 15;

/** A cluster with a player, a clock that tests advance, and one service's worth of shortcuts. */
export function playedCluster(options: { gpuNodes?: number } = {}) {
  const clock = new SandboxClock({ startAt: new Date(START) });
  const store = createClusterStore('test', { clock });
  const player = new Player(store, clock);
  seedClusterBase(store, { gatewayAddress: '203.0.113.14' });
  store.create(RESOURCES.node, node('cp-1', MACHINES.controlPlane, START));
  for (let index = 1; index <= (options.gpuNodes ?? 3); index++) {
    store.create(RESOURCES.node, node(`gpu-${index}`, MACHINES.gpu, START));
  }

  const find = <T extends KubeObject>(resource: string, name: string): T => {
    const object = store.get(resource, name, DEMO_NAMESPACE);
    if (!object) {
      throw new Error(`There is no ${resource} ${name}`);
    }
    return object as T;
  };
  const service = (name = 'qwen') =>
    find<LlmInferenceService>(RESOURCES.service, name);
  const allPods = () => store.list(RESOURCES.pod, DEMO_NAMESPACE) as Pod[];
  return {
    clock,
    store,
    player,
    find,
    service,
    ref: { namespace: DEMO_NAMESPACE, name: 'qwen' },
    pass: (minutes: number) => clock.advance(minutes * MINUTE),
    deploy: (changes: Partial<PdServiceOptions> = {}) =>
      store.create(
        RESOURCES.service,
        pdService({
          name: 'qwen',
          model: {
            uri: 'hf://Qwen/Qwen2.5-7B-Instruct',
            name: 'Qwen/Qwen2.5-7B-Instruct',
          },
          ...changes,
        }),
      ),
    edit: (change: (spec: ServiceSpec) => ServiceSpec) =>
      store.update(RESOURCES.service, {
        ...service(),
        spec: change(service().spec),
      }),
    annotate: (annotations: Record<string, string>) =>
      store.update(RESOURCES.service, {
        ...service(),
        metadata: {
          ...service().metadata,
          annotations: { ...service().metadata.annotations, ...annotations },
        },
      }),
    condition: (type: string, name = 'qwen'): Condition | undefined =>
      service(name).status?.conditions?.find(
        condition => condition.type === type,
      ),
    deployment: (name: string) => find<Deployment>(RESOURCES.deployment, name),
    pods: (target?: FaultTarget, name = 'qwen') =>
      allPods().filter(
        pod => serviceOf(pod) === name && (!target || targetOf(pod) === target),
      ),
    events: () =>
      store
        .list(RESOURCES.event, DEMO_NAMESPACE)
        .map(event => `${event.reason}: ${event.message}`),
    log: (pod: Pod, container = 'main') =>
      player.context.logs
        .read({
          namespace: DEMO_NAMESPACE,
          pod: pod.metadata.name,
          container,
        })
        .map(line => line.text)
        .join('\n'),
  };
}
