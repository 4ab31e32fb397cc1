import { ApiError } from '../../cluster/ApiError';
import { KubeObject } from '../../cluster/ClusterStore';
import { jsonEqual } from '../../cluster/json';
import {
  fieldSetOf,
  intersect,
  isEmpty,
  leavesOf,
  subtract,
  valueAt,
} from './fieldSet';
import {
  entryOf,
  isWriterOf,
  ManagedFieldsEntry,
  managedFieldsOf,
  ownedPart,
  Writer,
} from './managedFields';
import { mergeApplied, removeFields } from './mergeApplied';
import { MergeType } from './mergeTypes';

interface Conflict {
  entry: ManagedFieldsEntry;
  path: string;
  elements: string[];
}

/**
 * Server-side apply: the applied fields come to belong to the applier, fields that it applied before and no longer
 * names go unless someone else owns them, and fields that others own with another value are conflicts.
 * @throws ApiError 409 that lists the conflicts, unless forced
 */
export function serverSideApply(
  current: KubeObject,
  applied: KubeObject,
  writer: Writer,
  options: { type: MergeType; force: boolean },
): KubeObject {
  const { type, force } = options;
  const appliedPart = ownedPart(applied);
  const appliedSet = fieldSetOf(appliedPart, type);
  const entries = managedFieldsOf(current);
  const own = entries.find(entry => isWriterOf(entry, writer, 'Apply'));
  const others = entries.filter(entry => entry !== own);

  const conflicts = others.flatMap(entry =>
    conflictsWith(entry, current, appliedPart, type),
  );
  if (conflicts.length > 0 && !force) {
    throw conflictError(conflicts);
  }
  const kept = others
    .map(entry => ({
      ...entry,
      fieldsV1: conflicts
        .filter(conflict => conflict.entry === entry)
        .reduce(
          (set, { elements }) =>
            subtract(
              set,
              elements.reduceRight<ManagedFieldsEntry['fieldsV1']>(
                (below, element) => ({ [element]: below }),
                {},
              ),
            ),
          entry.fieldsV1,
        ),
    }))
    .filter(entry => !isEmpty(entry.fieldsV1));

  const abandoned = kept.reduce(
    (set, entry) => subtract(set, entry.fieldsV1),
    own ? subtract(own.fieldsV1, appliedSet) : {},
  );
  const { apiVersion, kind, metadata } = current;
  const merged = mergeApplied(
    removeFields(ownedPart(current), abandoned, type) ?? {},
    appliedPart,
    type,
  ) as Partial<KubeObject>;
  const {
    labels: _,
    annotations: __,
    ownerReferences: ___,
    finalizers: ____,
    ...bare
  } = metadata;
  const finalMetadata = {
    ...bare,
    ...merged.metadata,
    managedFields: [
      ...kept,
      unchangedOr(own, entryOf(writer, 'Apply', appliedSet)),
    ],
  };
  return { ...merged, apiVersion, kind, metadata: finalMetadata };
}

/** An entry keeps its time where its fields stay the same, so that applying again changes nothing. */
function unchangedOr(
  before: ManagedFieldsEntry | undefined,
  after: ManagedFieldsEntry,
): ManagedFieldsEntry {
  return before && jsonEqual(before.fieldsV1, after.fieldsV1) ? before : after;
}

function conflictsWith(
  entry: ManagedFieldsEntry,
  current: KubeObject,
  applied: unknown,
  type: MergeType,
): Conflict[] {
  const currentPart = ownedPart(current);
  return leavesOf(intersect(entry.fieldsV1, fieldSetOf(applied, type)))
    .filter(
      ({ elements }) =>
        !jsonEqual(
          valueAt(currentPart, elements, type),
          valueAt(applied, elements, type),
        ),
    )
    .map(leaf => ({ entry, ...leaf }));
}

function managerName(entry: ManagedFieldsEntry): string {
  const name = entry.subresource
    ? `"${entry.manager}" with subresource "${entry.subresource}"`
    : `"${entry.manager}"`;
  return entry.operation === 'Update'
    ? `${name} using ${entry.apiVersion} at ${entry.time}`
    : name;
}

function conflictError(conflicts: Conflict[]): ApiError {
  let message = `Apply failed with 1 conflict: conflict with ${managerName(
    conflicts[0].entry,
  )}: ${conflicts[0].path}`;
  if (conflicts.length > 1) {
    const byManager = new Map<string, string[]>();
    for (const { entry, path } of conflicts) {
      const name = managerName(entry);
      byManager.set(name, [...(byManager.get(name) ?? []), path]);
    }
    const lines = [...byManager].flatMap(([name, paths]) => [
      `conflicts with ${name}:`,
      ...paths.map(path => `- ${path}`),
    ]);
    message = `Apply failed with ${conflicts.length} conflicts: ${lines.join(
      '\n',
    )}`;
  }
  return new ApiError({
    code: 409,
    reason: 'Conflict',
    message,
    details: {
      causes: conflicts.map(({ entry, path }) => ({
        reason: 'FieldManagerConflict',
        message: `conflict with ${managerName(entry)}`,
        field: path,
      })),
    },
  });
}
