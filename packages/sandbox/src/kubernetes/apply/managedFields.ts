import { KubeObject } from '../../cluster/ClusterStore';
import { isRecord } from '../../cluster/json';
import {
  changedFields,
  FieldSet,
  fieldSetOf,
  intersect,
  isEmpty,
  subtract,
  union,
} from './fieldSet';
import { MergeType } from './mergeTypes';

/** One entry of metadata.managedFields. */
export interface ManagedFieldsEntry {
  manager: string;
  operation: 'Apply' | 'Update';
  apiVersion: string;
  time: string;
  fieldsType: 'FieldsV1';
  fieldsV1: FieldSet;
  subresource?: string;
}

/** Who writes, when, and how. */
export interface Writer {
  manager: string;
  apiVersion: string;
  time: string;
  subresource?: string;
}

export function managedFieldsOf(object: KubeObject): ManagedFieldsEntry[] {
  const entries = object.metadata.managedFields;
  return Array.isArray(entries) ? entries.filter(isEntry) : [];
}

function isEntry(value: unknown): value is ManagedFieldsEntry {
  return (
    isRecord(value) &&
    typeof value.manager === 'string' &&
    (value.operation === 'Apply' || value.operation === 'Update') &&
    isRecord(value.fieldsV1)
  );
}

/** Metadata that no manager owns. */
const UNOWNED_METADATA = [
  'name',
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'selfLink',
  'managedFields',
  'generateName',
];

/** The part of an object that managers own. */
export function ownedPart(object: unknown): unknown {
  if (!isRecord(object)) {
    return {};
  }
  const { apiVersion: _, kind: __, metadata, ...rest } = object;
  const owned = isRecord(metadata) ? { ...metadata } : {};
  for (const field of UNOWNED_METADATA) {
    delete owned[field];
  }
  return Object.keys(owned).length > 0 ? { metadata: owned, ...rest } : rest;
}

/** The entries after an ordinary write: what changed belongs to its writer alone, what is gone to nobody. */
export function afterUpdate(
  before: KubeObject | undefined,
  after: KubeObject,
  writer: Writer,
  type: MergeType,
): ManagedFieldsEntry[] {
  const present = fieldSetOf(ownedPart(after), type);
  const changed = changedFields(
    before ? ownedPart(before) : {},
    ownedPart(after),
    type,
  );
  const entries = (before ? managedFieldsOf(before) : [])
    .map(entry => ({
      ...entry,
      fieldsV1: intersect(
        isWriterOf(entry, writer, 'Update')
          ? entry.fieldsV1
          : subtract(entry.fieldsV1, changed),
        present,
      ),
    }))
    .filter(entry => !isEmpty(entry.fieldsV1));
  if (isEmpty(changed)) {
    return entries;
  }
  const own = entries.find(entry => isWriterOf(entry, writer, 'Update'));
  return [
    ...entries.filter(entry => entry !== own),
    entryOf(writer, 'Update', union(own?.fieldsV1 ?? {}, changed)),
  ];
}

export function isWriterOf(
  entry: ManagedFieldsEntry,
  { manager, subresource }: Writer,
  operation: ManagedFieldsEntry['operation'],
): boolean {
  return (
    entry.manager === manager &&
    entry.operation === operation &&
    (entry.subresource ?? '') === (subresource ?? '')
  );
}

export function entryOf(
  writer: Writer,
  operation: ManagedFieldsEntry['operation'],
  fieldsV1: FieldSet,
): ManagedFieldsEntry {
  return {
    manager: writer.manager,
    operation,
    apiVersion: writer.apiVersion,
    time: writer.time,
    fieldsType: 'FieldsV1',
    fieldsV1,
    ...(writer.subresource && { subresource: writer.subresource }),
  };
}
