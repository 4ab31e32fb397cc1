import {
  asList,
  asNumber,
  asRecord,
  asText,
  asTextMap,
  asTime,
} from './unknown';

/** The object that manages another one. @public */
export interface OwnerReference {
  kind: string;
  name: string;
  uid?: string;
}

/** Kind, name and metadata of an object, read. @public */
export interface ObjectMeta {
  apiVersion: string;
  kind: string;
  name: string;
  namespace: string;
  uid?: string;
  generation?: number;
  /** As written; absent where it is no time. */
  creationTimestamp?: string;
  /** Milliseconds since the epoch. */
  createdAt?: number;
  deletedAt?: number;
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
  owner?: OwnerReference;
}

/** Reads kind and metadata; absent for a value without kind or name. @public */
export function readObjectMeta(object: unknown): ObjectMeta | undefined {
  const record = asRecord(object);
  const metadata = asRecord(record.metadata);
  const kind = asText(record.kind);
  const name = asText(metadata.name);
  if (!kind || !name) {
    return undefined;
  }
  const createdAt = asTime(metadata.creationTimestamp);
  return {
    apiVersion: asText(record.apiVersion) ?? '',
    kind,
    name,
    namespace: asText(metadata.namespace) ?? '',
    uid: asText(metadata.uid),
    generation: asNumber(metadata.generation),
    creationTimestamp:
      createdAt === undefined ? undefined : asText(metadata.creationTimestamp),
    createdAt,
    deletedAt: asTime(metadata.deletionTimestamp),
    labels: asTextMap(metadata.labels),
    annotations: asTextMap(metadata.annotations),
    owner: readOwner(metadata.ownerReferences),
  };
}

function readOwner(list: unknown): OwnerReference | undefined {
  let found: OwnerReference | undefined;
  for (const item of asList(list)) {
    const reference = asRecord(item);
    const kind = asText(reference.kind);
    const name = asText(reference.name);
    if (kind && name && (!found || reference.controller === true)) {
      found = { kind, name, uid: asText(reference.uid) };
    }
  }
  return found;
}
