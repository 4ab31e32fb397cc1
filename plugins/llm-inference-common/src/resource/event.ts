import { asNumber, asRecord, asText, asTime } from './unknown';

/** A Kubernetes event of either API (`v1` or `events.k8s.io/v1`), read. @public */
export interface ClusterEvent {
  reason: string;
  /** `Normal` or `Warning`. */
  type: string;
  message: string;
  /** Kind and name of the object that the event speaks of. */
  kind: string;
  name: string;
  namespace: string;
  uid?: string;
  count: number;
  /** Last seen, in milliseconds since the epoch. */
  at?: number;
  firstAt?: number;
}

/** Reads an event; absent for anything else. @public */
export function readEvent(object: unknown): ClusterEvent | undefined {
  const record = asRecord(object);
  if (record.kind !== 'Event') {
    return undefined;
  }
  const subject = asRecord(record.involvedObject ?? record.regarding);
  const kind = asText(subject.kind);
  const name = asText(subject.name);
  if (!kind || !name) {
    return undefined;
  }
  const series = asRecord(record.series);
  const eventTime = asTime(record.eventTime);
  const createdAt = asTime(asRecord(record.metadata).creationTimestamp);
  return {
    reason: asText(record.reason) ?? '',
    type: asText(record.type) ?? 'Normal',
    message: asText(record.message) ?? asText(record.note) ?? '',
    kind,
    name,
    namespace: asText(subject.namespace) ?? '',
    uid: asText(subject.uid),
    count:
      asNumber(record.count) ??
      asNumber(series.count) ??
      asNumber(record.deprecatedCount) ??
      1,
    at:
      asTime(series.lastObservedTime) ??
      asTime(record.lastTimestamp) ??
      asTime(record.deprecatedLastTimestamp) ??
      eventTime ??
      createdAt,
    firstAt:
      asTime(record.firstTimestamp) ??
      asTime(record.deprecatedFirstTimestamp) ??
      eventTime ??
      createdAt,
  };
}
