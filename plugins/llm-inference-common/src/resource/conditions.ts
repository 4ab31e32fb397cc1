import { asList, asRecord, asText, asTime } from './unknown';

/** One entry of `status.conditions`. @public */
export interface Condition {
  type: string;
  /** `True`, `False` or `Unknown`. */
  status: string;
  reason: string;
  message: string;
  /** Milliseconds since the epoch; absent where it cannot be read. */
  transitionAt?: number;
  /** As written. */
  lastTransitionTime?: string;
  /** Milliseconds since the epoch; only Deployments report it. */
  updatedAt?: number;
}

/** Reads a list of conditions; entries without a type are left out. @public */
export function readConditions(list: unknown): Condition[] {
  const conditions: Condition[] = [];
  for (const item of asList(list)) {
    const entry = asRecord(item);
    const type = asText(entry.type);
    if (type !== undefined) {
      const lastTransitionTime = asText(entry.lastTransitionTime);
      conditions.push({
        type,
        status: asText(entry.status) ?? 'Unknown',
        reason: asText(entry.reason) ?? '',
        message: asText(entry.message) ?? '',
        transitionAt: asTime(lastTransitionTime),
        lastTransitionTime,
        updatedAt: asTime(entry.lastUpdateTime),
      });
    }
  }
  return conditions;
}

/** The condition of that type. @public */
export function findCondition(
  conditions: readonly Condition[],
  type: string,
): Condition | undefined {
  for (const condition of conditions) {
    if (condition.type === type) {
      return condition;
    }
  }
  return undefined;
}
