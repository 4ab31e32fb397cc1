import { KubeObject } from '../../cluster/ClusterStore';
import { isRecord } from '../../cluster/json';
import { MemoryClusterStore } from '../../cluster/MemoryClusterStore';
import { Subject } from '../ApiContext';

/** One rule of a Role or ClusterRole. */
export interface PolicyRule {
  verbs: string[];
  apiGroups: string[];
  resources: string[];
  resourceNames: string[];
  nonResourceURLs: string[];
}

const RBAC = 'rbac.authorization.k8s.io';

/** The rules that the bindings of a cluster give to a subject, cluster-wide and in one namespace. */
export function* rulesFor(
  store: MemoryClusterStore,
  subject: Subject,
  namespace: string | undefined,
): Generator<PolicyRule> {
  for (const binding of store.snapshot(`clusterrolebindings.${RBAC}`).objects) {
    if (binds(binding, subject)) {
      yield* rulesOfRole(store, binding, undefined);
    }
  }
  if (!namespace) {
    return;
  }
  const bindings = store.snapshot(`rolebindings.${RBAC}`, namespace).objects;
  for (const binding of bindings) {
    if (binds(binding, subject)) {
      yield* rulesOfRole(store, binding, namespace);
    }
  }
}

function binds(binding: KubeObject, { name, groups }: Subject): boolean {
  const subjects = Array.isArray(binding.subjects) ? binding.subjects : [];
  return subjects.filter(isRecord).some(subject => {
    switch (subject.kind) {
      case 'User':
        return subject.name === name;
      case 'Group':
        return groups.includes(String(subject.name));
      case 'ServiceAccount': {
        const namespace = subject.namespace ?? binding.metadata.namespace;
        return name === `system:serviceaccount:${namespace}:${subject.name}`;
      }
      default:
        return false;
    }
  });
}

function rulesOfRole(
  store: MemoryClusterStore,
  binding: KubeObject,
  namespace: string | undefined,
): PolicyRule[] {
  const ref = isRecord(binding.roleRef) ? binding.roleRef : {};
  const role =
    ref.kind === 'Role'
      ? store.get(`roles.${RBAC}`, String(ref.name), namespace)
      : store.get(`clusterroles.${RBAC}`, String(ref.name));
  const rules = Array.isArray(role?.rules) ? role.rules : [];
  return rules.filter(isRecord).map(rule => ({
    verbs: strings(rule.verbs),
    apiGroups: strings(rule.apiGroups),
    resources: strings(rule.resources),
    resourceNames: strings(rule.resourceNames),
    nonResourceURLs: strings(rule.nonResourceURLs),
  }));
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
