import { findCondition, type Condition } from '../../resource/conditions';
import { isWithin, type Facts } from '../facts/Facts';
import { believableCondition } from '../router/believable';
import type { Finding } from './CauseDefinition';
import { UNSUPPORTED_SCHEME } from './model';
import { fromCondition, fromEvent } from './words';

const RECONCILE_ERROR = /^Reconcile\w*Error$/;

/** Conditions that other causes judge; of the rest a False that lasts is passed on as the controller says it. */
const JUDGED_ELSEWHERE =
  /^(?:Ready|PresetsCombined|WorkloadsReady|RouterReady|(?:Prefill)?(?:Main|Worker)?WorkloadReady|Prefill\w*Ready|ScalingReady|GatewaysReady|HTTPRoutesReady|InferencePoolReady|SchedulerWorkloadReady|GroupReady|GroupDegraded|OciImageVolumeCompatible)$/;

/** What the controller reports that no other cause explains. */
export function findControllerErrors(facts: Facts): Finding[] {
  const { resource, events, thresholds } = facts;
  if (!resource) {
    return [];
  }
  const subject = `LLMInferenceService/${resource.name}`;
  const failed = resource.conditions.filter(condition =>
    isControllerError(condition, facts),
  );
  const event =
    failed.length > 0
      ? undefined
      : events
          .of('LLMInferenceService', resource.name)
          .find(
            ({ reason, message, at }) =>
              (reason === 'UpdateFailed' ||
                (reason === 'Error' &&
                  /Reconciliation failed: /i.test(message))) &&
              !isToldElsewhere(message) &&
              isWithin(facts, at, thresholds.recentTermination) &&
              !isReadyAfter(at, facts),
          );
  const frozen = findFrozenGroups(facts);
  if (failed.length === 0 && !event && !frozen) {
    return [];
  }
  const message = failed[0]?.message || event?.message || '';
  return [
    {
      subjects: [subject],
      severity:
        facts.decode.workload || facts.access.has('deployments')
          ? undefined
          : 'Critical',
      evidence: [
        ...failed.map(condition => fromCondition(subject, condition)),
        ...(event ? [fromEvent(event)] : []),
        ...(frozen ? [fromCondition(subject, frozen)] : []),
      ],
      detail: {
        message: message.slice(0, 200) || undefined,
        frozen: frozen ? 'yes' : undefined,
      },
    },
  ];
}

/** Two writers that met are noise; a model that cannot be fetched is a cause of its own. */
function isToldElsewhere(message: string): boolean {
  return (
    /the object has been modified/i.test(message) ||
    UNSUPPORTED_SCHEME.test(message)
  );
}

/** Whether the resource became ready after an error: then the error is over. */
function isReadyAfter(at: number | undefined, facts: Facts): boolean {
  const ready = believableCondition(facts, 'Ready');
  return (
    at !== undefined &&
    ready?.status === 'True' &&
    (ready.transitionAt ?? 0) >= at
  );
}

function isControllerError(condition: Condition, facts: Facts): boolean {
  if (
    condition.status !== 'False' ||
    condition.reason === 'Stopped' ||
    !believableCondition(facts, condition.type) ||
    isToldElsewhere(condition.message)
  ) {
    return false;
  }
  if (RECONCILE_ERROR.test(condition.reason)) {
    // A scaling error is a cause of its own, and a scheduler's is told by its pods.
    return !/Scaling/.test(condition.type);
  }
  return (
    /Ready$/.test(condition.type) &&
    !JUDGED_ELSEWHERE.test(condition.type) &&
    !isWithin(facts, condition.transitionAt, facts.thresholds.recentTermination)
  );
}

/** The controller does not watch LeaderWorkerSets if their kind was installed after it started (kserve#6043). */
function findFrozenGroups(facts: Facts): Condition | undefined {
  for (const [pool, type] of [
    [facts.decode, 'WorkerWorkloadReady'],
    [facts.prefill, 'PrefillWorkerWorkloadReady'],
  ] as const) {
    const condition = believableCondition(facts, type);
    const available =
      pool?.workload?.kind === 'LeaderWorkerSet' &&
      findCondition(pool.workload.conditions, 'Available');
    if (
      condition?.status === 'False' &&
      condition.reason !== 'Stopped' &&
      available &&
      available.status === 'True' &&
      !isWithin(
        facts,
        available.transitionAt,
        facts.thresholds.recentTermination,
      )
    ) {
      return condition;
    }
  }
  return undefined;
}
