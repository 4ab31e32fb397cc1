import { findCondition, readConditions, type Condition } from './conditions';
import { readObjectMeta, type ObjectMeta } from './objectMeta';
import { asNumber, asRecord, asText, type UnknownRecord } from './unknown';

/** Annotation that stops a service when it is `true`, in any letter case. @public */
export const STOP_ANNOTATION = 'serving.kserve.io/stop';

/** An LLMInferenceService, read. @public */
export interface InferenceService extends ObjectMeta {
  spec: UnknownRecord;
  status: UnknownRecord;
  conditions: Condition[];
  stopped: boolean;
  /** False where the controller has not seen the newest generation yet, or not that a stopped service starts again. */
  observed: boolean;
  /** Whether base configurations may hold what the resource itself does not say. */
  hasBaseRefs: boolean;
}

/** Reads an LLMInferenceService; absent for anything else. @public */
export function readInferenceService(
  object: unknown,
): InferenceService | undefined {
  const meta = readObjectMeta(object);
  if (meta?.kind !== 'LLMInferenceService') {
    return undefined;
  }
  const record = asRecord(object);
  const spec = asRecord(record.spec);
  const status = asRecord(record.status);
  const conditions = readConditions(status.conditions);
  const observedGeneration = asNumber(status.observedGeneration);
  const stopped = meta.annotations[STOP_ANNOTATION]?.toLowerCase() === 'true';
  // An annotation changes no generation: a Ready that still says Stopped is from before the start.
  const stillStopped =
    !stopped && findCondition(conditions, 'Ready')?.reason === 'Stopped';
  return {
    ...meta,
    spec,
    status,
    conditions,
    stopped,
    observed:
      !stillStopped &&
      (observedGeneration === undefined
        ? conditions.length > 0
        : meta.generation === undefined ||
          observedGeneration >= meta.generation),
    hasBaseRefs: Array.isArray(spec.baseRefs) && spec.baseRefs.length > 0,
  };
}

/** Name of the workload that the status names for a part, for example `primary`. @public */
export function statusWorkload(
  service: InferenceService,
  part: 'primary' | 'prefill' | 'scheduler',
): UnknownRecord | undefined {
  const workload = asRecord(asRecord(service.status.workloads)[part]);
  return asText(workload.name) ? workload : undefined;
}

/**
 * Whether the resource itself shows that it has a prefill pool: in its spec, in `status.workloads`, or by a
 * condition of prefill that is not left over from a stop.
 *
 * @public
 */
export function declaresPrefill(service: InferenceService): boolean {
  const { prefill } = service.spec;
  if (prefill !== undefined && prefill !== null) {
    return true;
  }
  if (statusWorkload(service, 'prefill')) {
    return true;
  }
  return ['PrefillWorkloadReady', 'PrefillWorkerWorkloadReady'].some(type => {
    const condition = findCondition(service.conditions, type);
    return condition !== undefined && condition.reason !== 'Stopped';
  });
}
