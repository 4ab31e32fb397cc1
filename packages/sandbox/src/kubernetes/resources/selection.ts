import { KubeObject } from '../../cluster/ClusterStore';
import { ResourceRequest } from '../ApiContext';
import { parseFieldSelector } from '../selectors/fieldSelector';
import { parseLabelSelector } from '../selectors/labelSelector';

/** What a list or watch is about: undefined where it is about everything in its namespace. */
export type Selection = ((object: KubeObject) => boolean) | undefined;

/** Reads labelSelector, fieldSelector and, for a watch of one object, the name in the path. */
export function selectionOf(request: ResourceRequest): Selection {
  const { kind, query, name } = request;
  const labels = query.get('labelSelector');
  const fields = query.get('fieldSelector');
  const matchers: Array<(object: KubeObject) => boolean> = [];
  if (name) {
    matchers.push(object => object.metadata.name === name);
  }
  if (labels) {
    const matches = parseLabelSelector(labels);
    matchers.push(({ metadata }) => matches(metadata.labels ?? {}));
  }
  if (fields) {
    matchers.push(parseFieldSelector(fields, kind));
  }
  if (matchers.length === 0) {
    return undefined;
  }
  return object => matchers.every(matches => matches(object));
}
