import { fromCondition } from '../causes/words';
import type { Refusal, RouterReading } from './RouterReading';

/** A part of the router that is refused, told by the first refusal; undefined where there is none. */
export function readRefusals(
  refusals: readonly Refusal[],
  isPartial: boolean,
): RouterReading | undefined {
  const [first] = refusals;
  if (!first) {
    return undefined;
  }
  const { reason, message } = first.condition;
  return {
    health: { state: isPartial ? 'Ready' : 'NotReady', reason },
    fault: {
      subject: first.subject,
      reason,
      message,
      evidence: refusals.map(({ subject, condition }) =>
        fromCondition(subject, condition),
      ),
      partial: isPartial,
    },
  };
}
