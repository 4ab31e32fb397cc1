import { asRecord } from '../../resource/unknown';
import { statusWorkload } from '../../resource/inferenceService';
import { isWithin, type Facts } from '../facts/Facts';
import type { RouterPartHealth } from '../ServingHealth';
import { findShortage } from '../stages/shortage';
import { believableCondition } from './believable';

/** Whether the service has, or asks for, a scheduler that its controller runs. */
export function isWanted({ resource, scheduler }: Facts): boolean {
  if (!resource) {
    return false;
  }
  if (scheduler.workload || scheduler.pods.length > 0) {
    return true;
  }
  const declared = asRecord(resource.spec.router).scheduler;
  if (typeof declared === 'object' && declared !== null) {
    // With a pool of its own choice the service brings its own scheduler.
    return asRecord(asRecord(declared).pool).ref === undefined;
  }
  return (
    statusWorkload(resource, 'scheduler') !== undefined ||
    asRecord(resource.status.router).scheduler !== undefined
  );
}

/** State of the scheduler, by its pods or Deployment, else by the condition of the resource. */
export function readScheduler(facts: Facts): RouterPartHealth {
  const { scheduler, thresholds } = facts;
  if (!isWanted(facts)) {
    return { state: facts.resource?.hasBaseRefs ? 'Unknown' : 'NotConfigured' };
  }
  const condition = believableCondition(facts, 'SchedulerWorkloadReady');
  if (!scheduler.workload && scheduler.pods.length === 0) {
    if (condition?.status === 'True') {
      return { state: 'Ready' };
    }
    if (condition?.status === 'False') {
      return isWithin(facts, facts.resource?.createdAt, thresholds.routerStart)
        ? { state: 'Progressing', reason: condition.reason }
        : { state: 'NotReady', reason: condition.reason };
    }
    return { state: 'Unknown' };
  }
  if (scheduler.ready === null) {
    return { state: 'Unknown' };
  }
  if (scheduler.ready > 0 || (scheduler.seenReady ?? 0) > 0) {
    return { state: 'Ready' };
  }
  const reason =
    scheduler.desired === 0 ? 'scaled to zero' : condition?.reason || undefined;
  const young = isWithin(
    facts,
    scheduler.workload?.createdAt ?? scheduler.pods[0]?.createdAt,
    thresholds.routerStart,
  );
  const starting =
    !scheduler.onceReady &&
    (young || findShortage(scheduler, facts, [])?.onItsWay === true);
  return { state: starting ? 'Progressing' : 'NotReady', reason };
}
