import { Condition } from './kinds';

/** A condition to be; the transition time is added. */
export type WantedCondition = Omit<Condition, 'lastTransitionTime'> & {
  status: 'True' | 'False' | 'Unknown';
};

/** The conditions to report: the time of the last change is kept where the status did not change. */
export function withTransitions(
  wanted: WantedCondition[],
  before: Condition[] | undefined,
  now: string,
  updateTimes = false,
): Condition[] {
  return wanted.map(condition => {
    const previous = before?.find(other => other.type === condition.type);
    const sameStatus = previous?.status === condition.status;
    const sameReason = sameStatus && previous?.reason === condition.reason;
    return {
      ...condition,
      ...(updateTimes
        ? {
            lastUpdateTime: (sameReason && previous?.lastUpdateTime) || now,
          }
        : {}),
      lastTransitionTime: (sameStatus && previous?.lastTransitionTime) || now,
    };
  });
}

/** Status of a condition, where it is there. */
export function conditionStatus(
  conditions: Condition[] | undefined,
  type: string,
): string | undefined {
  return conditions?.find(condition => condition.type === type)?.status;
}
