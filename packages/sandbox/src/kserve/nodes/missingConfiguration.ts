import { MemoryClusterStore } from '../../cluster/MemoryClusterStore';
import { isRecord } from '../../cluster/json';
import { Container, Pod } from '../kinds';

const SOURCES = [
  { field: 'secretKeyRef', resource: 'secrets', kind: 'secret' },
  { field: 'configMapKeyRef', resource: 'configmaps', kind: 'configmap' },
] as const;

/** What the kubelet says when a variable of a container comes from something that is not there. */
export function missingConfiguration(
  store: MemoryClusterStore,
  pod: Pod,
  container: Container,
): string | undefined {
  const { namespace } = pod.metadata;
  for (const variable of container.env ?? []) {
    for (const { field, resource, kind } of SOURCES) {
      const reference = variable.valueFrom?.[field];
      if (!isRecord(reference) || reference.optional === true) {
        continue;
      }
      const name = String(reference.name);
      const source = store.get(resource, name, namespace);
      if (!source) {
        return `${kind} "${name}" not found`;
      }
      const data = isRecord(source.data) ? source.data : {};
      if (!(String(reference.key) in data)) {
        return `couldn't find key ${reference.key} in ${
          kind === 'secret' ? 'Secret' : 'ConfigMap'
        } ${namespace}/${name}`;
      }
    }
  }
  return undefined;
}
