import { findCondition, readConditions } from '../../resource/conditions';
import { asList, asRecord } from '../../resource/unknown';
import { ageOf, type Facts, type RouterObject } from '../facts/Facts';
import type { Refusal } from './RouterReading';

/** What a route's or a pool's parents say of it. */
export interface ParentsReading {
  /** Accepted by at least one parent, references resolved. */
  accepted: boolean;
  /** Refusals that are older than the grace. */
  refusals: Refusal[];
}

/**
 * Reads `status.parents` (or `status.parent`, as the older InferencePool spells it). References that do not
 * resolve in the first moments are normal: the objects are made one after another.
 */
export function readParents(
  object: RouterObject,
  facts: Facts,
): ParentsReading {
  const status = asRecord(object.content.status);
  const subject = `${object.kind}/${object.name}`;
  const reading: ParentsReading = { accepted: false, refusals: [] };
  for (const parent of [...asList(status.parents), ...asList(status.parent)]) {
    const conditions = readConditions(asRecord(parent).conditions);
    const accepted = findCondition(conditions, 'Accepted');
    const resolved = findCondition(conditions, 'ResolvedRefs');
    if (accepted?.status === 'False') {
      reading.refusals.push({ subject, condition: accepted });
    } else if (resolved?.status === 'False') {
      const age = ageOf(facts, resolved.transitionAt ?? object.createdAt);
      if ((age ?? Infinity) > facts.thresholds.routerStart) {
        reading.refusals.push({ subject, condition: resolved });
      }
    } else if (accepted?.status === 'True') {
      reading.accepted = true;
    }
  }
  return reading;
}
