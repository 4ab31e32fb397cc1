import type { UnknownRecord } from '../../resource/unknown';

/** The fields that say something: to the API server `field: null` is the same as no field. */
export function withoutNulls(record: UnknownRecord): UnknownRecord {
  const entries = Object.entries(record);
  const present = entries.filter(([, value]) => value !== null);
  return present.length === entries.length
    ? record
    : Object.fromEntries(present);
}
