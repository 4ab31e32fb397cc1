import { asRecord } from '../../resource/unknown';
import { refusal, type Problem, type Refusal } from '../spec/Problem';

const INSTEAD =
  'Create a second service with the new shape, move the traffic over, and retire this one';

/** What KServe cannot change on a live service, by the field that asks for it, and what would happen instead. */
const REASONS: Record<string, Refusal> = {
  labels: refusal(
    'labelsInPlace',
    `labels end up in the selector of the Deployment, which is immutable: KServe reports 'field is immutable' and the pods stay as they are until the Deployment is deleted, which interrupts the service. ${INSTEAD}`,
  ),
  parallelism: refusal(
    'parallelismInPlace',
    `KServe refuses another parallelism size over several nodes ('total parallelism size is immutable'), and on one node prefill and decode would not fit together until both pools are replaced. ${INSTEAD}`,
  ),
  multiNode: refusal(
    'nodesInPlace',
    `a Deployment cannot become a LeaderWorkerSet: KServe would create the new pool beside the old one, with GPUs for both. ${INSTEAD}`,
  ),
  model: refusal(
    'modelInPlace',
    `another model is another service: clients would get answers from two models during the rollout, and the KV caches do not fit together. ${INSTEAD}`,
  ),
};

/** Why a prefill pool cannot be added to a service that runs without one. */
export const PREFILL_CANNOT_BE_ADDED = `the service has no prefill pool. Adding one to a live service changes the role in the selector of the decode Deployment, which is immutable, and the scheduler keeps its profile without prefill, so the new pods would idle. ${INSTEAD}`;

/** Problems of a change that asks for what cannot be done in place. */
export function refuseNotInPlace(change: unknown): Problem[] {
  const whole = asRecord(change);
  return [
    ['', whole] as const,
    ['decode.', asRecord(whole.decode)] as const,
    ['prefill.', asRecord(whole.prefill)] as const,
  ].flatMap(([prefix, fields]) =>
    Object.keys(fields)
      .filter(field => Object.hasOwn(REASONS, field))
      .map(field => ({ path: prefix + field, ...REASONS[field] })),
  );
}
