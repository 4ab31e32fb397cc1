import { readConditions, type Condition } from './conditions';
import { readObjectMeta, type ObjectMeta } from './objectMeta';
import { asNumber, asRecord, type UnknownRecord } from './unknown';

/** A Deployment or a LeaderWorkerSet, read. @public */
export interface Workload extends ObjectMeta {
  kind: 'Deployment' | 'LeaderWorkerSet';
  /** `spec.replicas`, 1 where absent; groups for a LeaderWorkerSet. */
  desired: number;
  /** Pods per replica: 1 for a Deployment. */
  size: number;
  /** Counts as reported; absent while the object has no status at all. */
  status?: {
    replicas: number;
    updated: number;
    ready: number;
    available: number;
    observedGeneration?: number;
  };
  conditions: Condition[];
  /** Pod template (of the leader where there is one). */
  template: UnknownRecord;
  /** Pod template of the workers of a LeaderWorkerSet. */
  workerTemplate?: UnknownRecord;
}

/** Reads a Deployment or a LeaderWorkerSet; absent for anything else. @public */
export function readWorkload(object: unknown): Workload | undefined {
  const meta = readObjectMeta(object);
  const kind = meta?.kind;
  if (!meta || (kind !== 'Deployment' && kind !== 'LeaderWorkerSet')) {
    return undefined;
  }
  const record = asRecord(object);
  const spec = asRecord(record.spec);
  const status = asRecord(record.status);
  const groups = asRecord(spec.leaderWorkerTemplate);
  const workerTemplate = asRecord(groups.workerTemplate);
  const leaderTemplate = groups.leaderTemplate ?? groups.workerTemplate;
  const ready = count(status.readyReplicas) ?? 0;
  const single = kind === 'Deployment';
  return {
    ...meta,
    kind,
    desired: count(spec.replicas) ?? 1,
    size: single ? 1 : Math.max(1, count(groups.size) ?? 1),
    status:
      Object.keys(status).length === 0
        ? undefined
        : {
            replicas: count(status.replicas) ?? 0,
            updated: count(status.updatedReplicas) ?? 0,
            ready,
            available: single ? count(status.availableReplicas) ?? 0 : ready,
            observedGeneration: asNumber(status.observedGeneration),
          },
    conditions: readConditions(status.conditions),
    template: asRecord(single ? spec.template : leaderTemplate),
    workerTemplate: single ? undefined : workerTemplate,
  };
}

function count(value: unknown): number | undefined {
  const number = asNumber(value);
  return number === undefined ? undefined : Math.max(0, Math.floor(number));
}
