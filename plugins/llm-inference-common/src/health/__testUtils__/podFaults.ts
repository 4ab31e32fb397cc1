import { type Fixture, ago } from './fixtureBasics';

/** Sets a condition of an object. */
export function setCondition(
  object: Fixture,
  type: string,
  status: string,
  more: Fixture = {},
) {
  const conditions: Fixture[] = object.status.conditions ?? [];
  object.status.conditions = [
    ...conditions.filter(condition => condition.type !== type),
    { type, status, lastTransitionTime: ago(40), ...more },
  ];
}

/** Makes a pod young: created that many minutes ago, not ready yet. */
export function makeYoung(pod: Fixture, minutes: number) {
  pod.metadata.creationTimestamp = ago(minutes);
  for (const condition of pod.status.conditions) {
    condition.lastTransitionTime = ago(minutes);
  }
  setCondition(pod, 'Ready', 'False', {
    reason: 'ContainersNotReady',
    message: 'containers with unready status: [main]',
    lastTransitionTime: ago(minutes),
  });
}

/** A pod that no node takes. */
export function unschedulable(pod: Fixture, message: string, minutes = 40) {
  pod.metadata.creationTimestamp = ago(minutes);
  delete pod.spec.nodeName;
  delete pod.metadata.annotations['k8s.v1.cni.cncf.io/network-status'];
  pod.status = {
    phase: 'Pending',
    conditions: [
      {
        type: 'PodScheduled',
        status: 'False',
        reason: 'Unschedulable',
        message,
        lastTransitionTime: ago(minutes),
      },
    ],
  };
}

/** A pod with a node and no network yet. */
export function withoutSandbox(pod: Fixture, minutes = 25) {
  makeYoung(pod, minutes);
  pod.status.phase = 'Pending';
  delete pod.metadata.annotations['k8s.v1.cni.cncf.io/network-status'];
  setCondition(pod, 'PodReadyToStartContainers', 'False', {
    lastTransitionTime: ago(minutes),
  });
  for (const container of containersOf(pod)) {
    notStarted(container);
  }
}

function notStarted(container: Fixture) {
  Object.assign(container, {
    ready: false,
    started: false,
    state: { waiting: { reason: 'PodInitializing' } },
    lastState: {},
  });
}

/** Status of all containers of a pod. */
export function containersOf(pod: Fixture): Fixture[] {
  return [
    ...(pod.status.initContainerStatuses ?? []),
    ...pod.status.containerStatuses,
  ];
}

/** Status of one container. */
export function containerOf(pod: Fixture, name = 'main'): Fixture {
  return containersOf(pod).find(container => container.name === name) ?? {};
}

/** A container that waits, with a reason. */
export function waits(
  pod: Fixture,
  reason: string,
  message: string,
  name = 'main',
) {
  makeYoung(pod, 40);
  pod.status.phase = 'Pending';
  Object.assign(containerOf(pod, name), {
    ready: false,
    started: false,
    state: { waiting: { reason, message } },
  });
}

/** How a container ended its last run. */
export interface Ending {
  exitCode?: number;
  reason?: string;
  message?: string;
  restarts?: number;
  container?: string;
  /** Length of the last run in seconds. */
  seconds?: number;
}

/** A container in a crash loop. */
export function crashes(pod: Fixture, ending: Ending = {}) {
  makeYoung(pod, 40);
  Object.assign(containerOf(pod, ending.container), {
    ready: false,
    started: false,
    restartCount: ending.restarts ?? 8,
    state: {
      waiting: {
        reason: 'CrashLoopBackOff',
        message: 'back-off 5m0s restarting failed container',
      },
    },
    lastState: {
      terminated: {
        exitCode: ending.exitCode ?? 1,
        reason: ending.reason ?? 'Error',
        message: ending.message,
        startedAt: ago(4 + (ending.seconds ?? 45) / 60),
        finishedAt: ago(4),
      },
    },
  });
  if (ending.container === 'storage-initializer') {
    pod.status.phase = 'Pending';
    notStarted(containerOf(pod));
  }
}

/** A container that serves, is not ready, and runs since then. */
export function runsUnready(pod: Fixture, minutes: number) {
  makeYoung(pod, minutes + 5);
  Object.assign(containerOf(pod), {
    ready: false,
    started: false,
    state: { running: { startedAt: ago(minutes) } },
  });
}

/** A pod that served and stopped being ready that many minutes ago. */
export function turnsUnready(pod: Fixture, minutes = 15) {
  setCondition(pod, 'Ready', 'False', {
    reason: 'ContainersNotReady',
    message: 'containers with unready status: [main]',
    lastTransitionTime: ago(minutes),
  });
  containerOf(pod).ready = false;
}

/** A pod that was thrown off its node. */
export function evicted(pod: Fixture, message: string, minutes = 3) {
  pod.status = {
    phase: 'Failed',
    reason: 'Evicted',
    message,
    conditions: [
      {
        type: 'DisruptionTarget',
        status: 'True',
        reason: 'TerminationByKubelet',
        message,
        lastTransitionTime: ago(minutes),
      },
    ],
  };
}
