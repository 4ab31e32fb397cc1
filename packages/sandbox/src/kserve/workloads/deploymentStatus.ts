import { timestamp } from '../../cluster/objectMetadata';
import { SandboxClock } from '../clock/SandboxClock';
import {
  conditionStatus,
  WantedCondition,
  withTransitions,
} from '../conditions';
import { Condition, Deployment, ReplicaSet } from '../kinds';

interface Observed {
  deployment: Deployment;
  /** The ReplicaSet of the present template, once it is there. */
  current?: ReplicaSet;
  all: ReplicaSet[];
  clock: SandboxClock;
}

/**
 * Status of a Deployment from its ReplicaSets. Where it is on its way, also how many milliseconds
 * from now its progress deadline passes.
 */
export function deploymentStatus({
  deployment,
  current,
  all,
  clock,
}: Observed): {
  status: NonNullable<Deployment['status']>;
  deadlineIn?: number;
} {
  const count = (sets: ReplicaSet[], field: CountField) =>
    sets.reduce((total, set) => total + (set.status?.[field] ?? 0), 0);
  const desired = deployment.spec.replicas ?? 1;
  const replicas = count(all, 'replicas');
  const ready = count(all, 'readyReplicas');
  const available = count(all, 'availableReplicas');
  const updated = current ? count([current], 'replicas') : 0;
  const unavailable = Math.max(desired, replicas) - available;
  const counts = {
    ...(replicas ? { replicas } : {}),
    ...(updated ? { updatedReplicas: updated } : {}),
    ...(ready ? { readyReplicas: ready } : {}),
    ...(available ? { availableReplicas: available } : {}),
    ...(unavailable > 0 ? { unavailableReplicas: unavailable } : {}),
  };
  const before = deployment.status?.conditions;
  const complete =
    updated === desired && replicas === desired && available === desired;
  const advanced = hasAdvanced(deployment.status, counts);
  const progressing = progressCondition({
    deployment,
    current,
    complete,
    advanced,
    settled: replicas === updated,
    clock,
  });
  const stamp = timestamp(clock.now());
  const wanted: WantedCondition[] = [
    availableCondition(deployment, available, desired),
    progressing,
    ...replicaFailure(all),
  ];
  const conditions = withTransitions(wanted, before, stamp, true).map(
    condition =>
      condition.type === 'Progressing' &&
      condition.status === 'True' &&
      advanced
        ? { ...condition, lastUpdateTime: stamp }
        : condition,
  );
  return {
    status: {
      observedGeneration: deployment.metadata.generation,
      ...counts,
      conditions,
    },
    ...(progressing.reason === 'ReplicaSetUpdated' ||
    progressing.reason === 'NewReplicaSetCreated'
      ? { deadlineIn: remaining(deployment, conditions, clock) }
      : {}),
  };
}

type CountField = 'replicas' | 'readyReplicas' | 'availableReplicas';

function availableCondition(
  deployment: Deployment,
  available: number,
  desired: number,
): WantedCondition {
  const limit = deployment.spec.strategy?.rollingUpdate?.maxUnavailable ?? 0;
  const maxUnavailable =
    typeof limit === 'number'
      ? limit
      : Math.floor((Number.parseInt(limit, 10) / 100) * desired);
  return available >= desired - maxUnavailable
    ? {
        type: 'Available',
        status: 'True',
        reason: 'MinimumReplicasAvailable',
        message: 'Deployment has minimum availability.',
      }
    : {
        type: 'Available',
        status: 'False',
        reason: 'MinimumReplicasUnavailable',
        message: 'Deployment does not have minimum availability.',
      };
}

function progressCondition(observed: {
  deployment: Deployment;
  current?: ReplicaSet;
  complete: boolean;
  advanced: boolean;
  /** No pod of an older template is left. */
  settled: boolean;
  clock: SandboxClock;
}): WantedCondition {
  const { deployment, current, complete, advanced, settled, clock } = observed;
  const before = deployment.status?.conditions?.find(
    condition => condition.type === 'Progressing',
  );
  const subject = current
    ? `ReplicaSet "${current.metadata.name}"`
    : `Deployment "${deployment.metadata.name}"`;
  if (complete) {
    return {
      type: 'Progressing',
      status: 'True',
      reason: 'NewReplicaSetAvailable',
      message: `${subject} has successfully progressed.`,
    };
  }
  const isNew = before?.message?.includes(subject) !== true;
  if (before?.reason === 'NewReplicaSetAvailable' && !isNew && settled) {
    // A finished rollout stays finished when pods are lost later.
    return { ...before, status: 'True' };
  }
  const late =
    before !== undefined &&
    !isNew &&
    !advanced &&
    remaining(deployment, [before], clock) <= 0;
  if (
    late ||
    (before?.reason === 'ProgressDeadlineExceeded' && !isNew && !advanced)
  ) {
    return {
      type: 'Progressing',
      status: 'False',
      reason: 'ProgressDeadlineExceeded',
      message: `${subject} has timed out progressing.`,
    };
  }
  return {
    type: 'Progressing',
    status: 'True',
    reason: 'ReplicaSetUpdated',
    message: `${subject} is progressing.`,
  };
}

function replicaFailure(all: ReplicaSet[]): WantedCondition[] {
  const failure = all
    .flatMap(set => set.status?.conditions ?? [])
    .find(condition => condition.type === 'ReplicaFailure');
  return failure && conditionStatus([failure], 'ReplicaFailure') === 'True'
    ? [
        {
          type: 'ReplicaFailure',
          status: 'True',
          reason: failure.reason,
          message: failure.message,
        },
      ]
    : [];
}

/** More updated, ready or available pods than before, or fewer old ones: that is progress. */
function hasAdvanced(
  before: Deployment['status'],
  now: NonNullable<Deployment['status']>,
): boolean {
  const old = (status: Deployment['status']) =>
    (status?.replicas ?? 0) - (status?.updatedReplicas ?? 0);
  return (
    (now.updatedReplicas ?? 0) > (before?.updatedReplicas ?? 0) ||
    (now.readyReplicas ?? 0) > (before?.readyReplicas ?? 0) ||
    (now.availableReplicas ?? 0) > (before?.availableReplicas ?? 0) ||
    old(now) < old(before)
  );
}

function remaining(
  deployment: Deployment,
  conditions: Condition[],
  clock: SandboxClock,
): number {
  const progress = conditions.find(({ type }) => type === 'Progressing');
  const since = progress?.lastUpdateTime;
  const deadline = (deployment.spec.progressDeadlineSeconds ?? 600) * 1000;
  return deadline - (since ? clock.playSince(new Date(since)) : 0);
}
