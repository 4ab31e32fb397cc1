import type { ResourceRequest } from '../ApiContext';
import { AGE, Column, NAME } from './column';
import { CORE_COLUMNS } from './coreColumns';
import { customColumns } from './customColumns';
import { WORKLOAD_COLUMNS } from './workloadColumns';

/** The columns of the kind of a request; name and age where it has none of its own. */
export function columnsOf({
  context,
  kind,
  version,
}: Pick<ResourceRequest, 'context' | 'kind' | 'version'>): Column[] {
  if (kind.custom) {
    return customColumns(
      kind.resource,
      context.schemas?.find(kind, version)?.columns,
    );
  }
  return (
    CORE_COLUMNS[kind.resource] ??
    WORKLOAD_COLUMNS[kind.resource] ?? [NAME, AGE]
  );
}
