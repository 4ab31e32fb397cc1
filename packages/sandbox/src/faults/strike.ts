import { timestamp } from '../cluster/objectMetadata';
import { isRecord } from '../cluster/json';
import { KubeObject } from '../cluster/ClusterStore';
import { Condition, Pod, RESOURCES } from '../kserve/kinds';
import { ownedBy } from '../kserve/owners';
import { Player } from '../kserve/Player';
import { DEFAULT_GATEWAY } from '../kserve/service/routing';
import { isActive } from '../kserve/workloads/podState';
import { Fault, FaultTarget, Rejection } from './Fault';
import { ActiveFault, serviceOf, targetOf } from './FaultBook';
import type { ServiceRef } from './injectFault';

/** Lets a fault that has just begun come over what is already there. */
export function strike(
  player: Player,
  ref: ServiceRef,
  entry: ActiveFault,
): void {
  const { fault, targets } = entry;
  setGateway(player, fault, fault.gateway);
  if (fault.strikes === 'redeploy') {
    deleteWorkloads(player, ref, targets);
  } else {
    const pods = podsOf(player, ref, targets);
    (fault.single ? pods.slice(0, 1) : pods).forEach(pod =>
      strikePod(player, pod, fault),
    );
  }
  wake(player, ref);
}

/** Lets everybody go on after a fault has ended. */
export function heal(
  player: Player,
  ref: ServiceRef,
  { fault, targets }: ActiveFault,
): void {
  const { store } = player.context;
  setGateway(player, fault, undefined);
  for (const pod of podsOf(player, ref, targets)) {
    if (fault.admit || fault.detached || fault.withoutGid) {
      // What came into being wrongly does not heal: it is made anew.
      remove(player, pod);
    } else {
      player.kubelet.runOf(pod)?.refresh();
    }
  }
  const service = store.get(RESOURCES.service, ref.name, ref.namespace);
  if (service && fault.strikes === 'redeploy') {
    deleteWorkloads(player, ref, targets);
  }
  wake(player, ref);
}

function strikePod(player: Player, pod: Pod, fault: Fault): void {
  const run = player.kubelet.runOf(pod);
  switch (fault.strikes) {
    case 'recreate':
      remove(player, pod);
      break;
    case 'restart':
      run?.crashMain();
      break;
    case 'running':
      if (fault.losesNode) {
        player.context.events.record(pod, {
          type: 'Warning',
          reason: 'NodeNotReady',
          message: 'Node is not ready',
          component: 'node-controller',
        });
      }
      run?.refresh();
      break;
    case 'end':
      end(player, pod, fault);
      break;
    default:
  }
}

function end(player: Player, pod: Pod, { end: how }: Fault): void {
  if (!how) {
    return;
  }
  const { clock, events } = player.context;
  events.record(pod, {
    type: 'Warning',
    reason: how.reason,
    message: how.message,
    component: 'kubelet',
    host: pod.spec.nodeName,
  });
  player.kubelet.runOf(pod)?.fail(
    how.reason,
    how.message,
    how.condition && {
      ...how.condition,
      lastTransitionTime: timestamp(clock.now()),
    },
  );
}

function remove(player: Player, pod: Pod): void {
  const { name, namespace } = pod.metadata;
  player.context.store.delete(RESOURCES.pod, name, namespace, {
    gracePeriodSeconds: 0,
  });
}

/** The workloads go with their pods, at once, and the controller makes them anew. */
function deleteWorkloads(
  player: Player,
  ref: ServiceRef,
  targets: FaultTarget[],
): void {
  const { store } = player.context;
  const service = store.get(RESOURCES.service, ref.name, ref.namespace);
  if (!service) {
    return;
  }
  podsOf(player, ref, targets).forEach(pod => remove(player, pod));
  for (const resource of [RESOURCES.deployment, RESOURCES.leaderWorkerSet]) {
    for (const workload of ownedBy(store, service, resource)) {
      if (targets.includes(targetOfWorkload(workload))) {
        store.delete(resource, workload.metadata.name, ref.namespace);
      }
    }
  }
}

function targetOfWorkload({ metadata }: KubeObject): FaultTarget {
  const component = metadata.labels?.['app.kubernetes.io/component'] ?? '';
  if (component.endsWith('router-scheduler')) {
    return 'scheduler';
  }
  return component.endsWith('-prefill') ? 'prefill' : 'decode';
}

function podsOf(
  player: Player,
  ref: ServiceRef,
  targets: FaultTarget[],
): Pod[] {
  const pods = player.context.store.list(RESOURCES.pod, ref.namespace) as Pod[];
  return pods.filter(pod => {
    const target = targetOf(pod);
    return (
      serviceOf(pod) === ref.name &&
      target !== undefined &&
      targets.includes(target) &&
      isActive(pod)
    );
  });
}

/** The gateway belongs to everybody: its state is changed for the whole cluster. */
function setGateway(
  player: Player,
  fault: Fault,
  rejection: Rejection | undefined,
): void {
  const { store, clock } = player.context;
  const gateway = store.get(
    RESOURCES.gateway,
    DEFAULT_GATEWAY.name,
    DEFAULT_GATEWAY.namespace,
  );
  if (!fault.gateway || !gateway || !isRecord(gateway.status)) {
    return;
  }
  const conditions = (gateway.status.conditions ?? []) as Condition[];
  store.updateStatus(RESOURCES.gateway, {
    ...gateway,
    status: {
      ...gateway.status,
      conditions: conditions.map(condition =>
        condition.type === 'Programmed'
          ? {
              ...condition,
              ...(rejection
                ? { status: 'False', ...rejection }
                : {
                    status: 'True',
                    reason: 'Programmed',
                    message: 'Resource programmed',
                  }),
              lastTransitionTime: timestamp(clock.now()),
            }
          : condition,
      ),
    },
  });
}

function wake(player: Player, ref: ServiceRef): void {
  const { store } = player.context;
  const service = store.get(RESOURCES.service, ref.name, ref.namespace);
  if (service) {
    player.wake(service);
  }
}
