import { KubeObject } from '../../cluster/ClusterStore';
import type { ResourceRequest } from '../ApiContext';
import { metadataJson, objectJson } from '../resources/objectForm';
import { columnsOf } from './columns';

/** What `kubectl get` prints: columns, and rows as JSON texts. */
export interface Table {
  columns: Array<{
    name: string;
    type: string;
    format: string;
    description: string;
    priority: number;
  }>;
  rows: string[];
}

/** The objects as a table of the kind's printer columns. */
export function tableOf(
  request: ResourceRequest,
  objects: readonly KubeObject[],
): Table {
  const { kind, version, query, context } = request;
  const columns = columnsOf(request);
  const now = context.store.clock.now();
  const include = query.get('includeObject');
  return {
    columns: columns.map(({ name, type, priority }) => ({
      name,
      type,
      format: name === 'Name' ? 'name' : '',
      description: '',
      priority,
    })),
    rows: objects.map(object => {
      const cells = columns.map(column => column.cell(object, now) ?? '');
      let embedded = '';
      if (include === 'Object') {
        embedded = `,"object":${objectJson(kind, version, object)}`;
      } else if (include !== 'None') {
        embedded = `,"object":${metadataJson(object)}`;
      }
      return `{"cells":${JSON.stringify(cells)}${embedded}}`;
    }),
  };
}
