import { ageOf, type Facts } from '../facts/Facts';
import { fromCondition } from '../causes/words';
import type { RouterPartHealth } from '../ServingHealth';
import { believableCondition } from './believable';
import type { RouterReading } from './RouterReading';

/**
 * Reads a part of the router from the resource's own condition, where its objects could not be read or show
 * nothing. A condition that turned False a moment ago may only be behind.
 */
export function readFromCondition(
  facts: Facts,
  type: string,
  reasons: RegExp,
  grace: number,
): RouterReading {
  const condition = believableCondition(facts, type);
  if (!condition || condition.reason === 'Stopped') {
    return { health: { state: 'Unknown' } };
  }
  if (condition.status === 'True') {
    return { health: { state: 'Ready' } };
  }
  const { reason, message } = condition;
  const health: RouterPartHealth = { state: 'Progressing', reason };
  if (condition.status !== 'False' || !reasons.test(reason)) {
    return { health: { state: 'Unknown', reason } };
  }
  if ((ageOf(facts, condition.transitionAt) ?? Infinity) < grace) {
    return { health };
  }
  const subject = `LLMInferenceService/${facts.service.name}`;
  return {
    health: { state: 'NotReady', reason },
    fault: {
      subject,
      reason,
      message,
      evidence: [fromCondition(subject, condition)],
      partial: false,
    },
  };
}
