import { badRequest } from '../../cluster/ApiError';
import { KubeObject } from '../../cluster/ClusterStore';
import { isRecord } from '../../cluster/json';
import { ResourceKind } from '../../cluster/kinds';

export type ObjectMatcher = (object: KubeObject) => boolean;

/** Fields that may be selected besides metadata.name and metadata.namespace; the list is the API server's. */
const SELECTABLE: Record<string, string[]> = {
  pods: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.nominatedNodeName',
  ],
  events: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
  nodes: ['spec.unschedulable'],
  namespaces: ['status.phase'],
  secrets: ['type'],
  services: ['spec.clusterIP', 'spec.type'],
  'replicasets.apps': ['status.replicas'],
};

/** Values that count where the field is absent. */
const ABSENT: Record<string, string> = {
  'spec.unschedulable': 'false',
  'spec.hostNetwork': 'false',
  'status.replicas': '0',
};

/**
 * Reads a field selector such as `status.phase!=Running,spec.nodeName=a`.
 * @throws ApiError 400 for a field that the API server does not select by
 */
export function parseFieldSelector(
  text: string,
  kind: ResourceKind,
): ObjectMatcher {
  const matchers = text
    .split(',')
    .map(term => term.trim())
    .filter(Boolean)
    .map(term => parseTerm(term, kind));
  return object => matchers.every(matches => matches(object));
}

function parseTerm(term: string, kind: ResourceKind): ObjectMatcher {
  const parts = /^([^=!]+)(==|=|!=)(.*)$/.exec(term);
  if (!parts) {
    throw badRequest(`invalid selector: '${term}'; can't understand '${term}'`);
  }
  const [, field, operator, value] = parts;
  const known =
    field === 'metadata.name' ||
    (field === 'metadata.namespace' && kind.namespaced) ||
    SELECTABLE[kind.resource]?.includes(field);
  if (!known) {
    throw badRequest(
      kind.custom || SELECTABLE[kind.resource]
        ? `field label not supported: ${field}`
        : `"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"`,
    );
  }
  const path = field === 'source' ? ['source', 'component'] : field.split('.');
  const wanted = operator !== '!=';
  return object => (valueAt(object, path, field) === value) === wanted;
}

function valueAt(object: KubeObject, path: string[], field: string): string {
  let current: unknown = object;
  for (const key of path) {
    current = isRecord(current) ? current[key] : undefined;
  }
  return current === undefined || current === null
    ? ABSENT[field] ?? ''
    : String(current);
}
