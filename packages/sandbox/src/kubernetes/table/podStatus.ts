import { KubeObject } from '../../cluster/ClusterStore';
import { JsonRecord, recordAt } from '../../cluster/json';
import { age } from './age';
import { numberAt, recordsAt, textAt } from './column';

/** What `kubectl get pods` says about a pod. */
export interface PodSummary {
  ready: string;
  status: string;
  restarts: string;
}

/** Follows the API server's own printer, sidecars among the init containers included. */
export function podSummary(pod: KubeObject, now: Date): PodSummary {
  const containers = recordsAt(pod, ['spec', 'containers']);
  const initContainers = recordsAt(pod, ['spec', 'initContainers']);
  const sidecars = new Set(
    initContainers
      .filter(container => container.restartPolicy === 'Always')
      .map(container => container.name),
  );
  const init = initProgress(pod, sidecars, initContainers.length);
  let status =
    init.reason ||
    textAt(pod, ['status', 'reason']) ||
    textAt(pod, ['status', 'phase'], 'Unknown');
  let { ready, counted } = init;
  if (!init.reason || hasCondition(pod, 'Initialized')) {
    const main = recordsAt(pod, ['status', 'containerStatuses']);
    counted = [
      ...recordsAt(pod, ['status', 'initContainerStatuses']).filter(container =>
        sidecars.has(container.name),
      ),
      ...main,
    ];
    ready += main.filter(isRunningAndReady).length;
    status = mainReason(pod, main) || status;
  }
  const phase = textAt(pod, ['status', 'phase']);
  if (
    pod.metadata.deletionTimestamp &&
    phase !== 'Succeeded' &&
    phase !== 'Failed'
  ) {
    status = 'Terminating';
  }
  return {
    ready: `${ready}/${containers.length + sidecars.size}`,
    status,
    restarts: restartsText(counted, now),
  };
}

function initProgress(
  pod: KubeObject,
  sidecars: Set<unknown>,
  total: number,
): { reason: string; ready: number; counted: JsonRecord[] } {
  const statuses = recordsAt(pod, ['status', 'initContainerStatuses']);
  let ready = 0;
  for (const [index, container] of statuses.entries()) {
    const terminated = recordAt(container, 'state').terminated;
    const hasStarted =
      sidecars.has(container.name) && container.started === true;
    if (hasStarted && container.ready === true) {
      ready += 1;
    }
    const isDone =
      hasStarted || (terminated && numberAt(terminated, ['exitCode']) === 0);
    if (!isDone) {
      const waiting = textAt(container, ['state', 'waiting', 'reason']);
      let reason = `${index}/${total}`;
      if (terminated) {
        reason = terminationReason(recordAt(terminated));
      } else if (waiting && waiting !== 'PodInitializing') {
        reason = waiting;
      }
      return { reason: `Init:${reason}`, ready, counted: statuses };
    }
  }
  return { reason: '', ready, counted: statuses };
}

function mainReason(pod: KubeObject, statuses: JsonRecord[]): string {
  let reason = '';
  for (const container of [...statuses].reverse()) {
    const waiting = textAt(container, ['state', 'waiting', 'reason']);
    const { terminated } = recordAt(container, 'state');
    if (waiting) {
      reason = waiting;
    } else if (terminated) {
      reason = terminationReason(recordAt(terminated));
    }
  }
  if (reason === 'Completed' && statuses.some(isRunningAndReady)) {
    return hasCondition(pod, 'Ready') ? 'Running' : 'NotReady';
  }
  return reason;
}

function terminationReason(terminated: JsonRecord): string {
  if (terminated.reason) {
    return String(terminated.reason);
  }
  return terminated.signal
    ? `Signal:${terminated.signal}`
    : `ExitCode:${terminated.exitCode}`;
}

function isRunningAndReady(container: JsonRecord): boolean {
  return (
    container.ready === true &&
    recordAt(container, 'state').running !== undefined
  );
}

function hasCondition(pod: KubeObject, type: string): boolean {
  return recordsAt(pod, ['status', 'conditions']).some(
    condition => condition.type === type && condition.status === 'True',
  );
}

function restartsText(containers: JsonRecord[], now: Date): string {
  let restarts = 0;
  let last = '';
  for (const container of containers) {
    restarts += numberAt(container, ['restartCount']);
    const finished = textAt(container, [
      'lastState',
      'terminated',
      'finishedAt',
    ]);
    last = finished > last ? finished : last;
  }
  return restarts > 0 && last
    ? `${restarts} (${age(last, now)} ago)`
    : String(restarts);
}
