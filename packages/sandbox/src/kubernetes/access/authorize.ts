import { ApiError } from '../../cluster/ApiError';
import { MemoryClusterStore } from '../../cluster/MemoryClusterStore';
import { Subject } from '../ApiContext';
import { PolicyRule, rulesFor } from './rules';

/** What somebody wants to do. */
export interface ResourceAttributes {
  verb: string;
  group: string;
  resource: string;
  subresource?: string;
  namespace?: string;
  name?: string;
}

/** Whether the Role objects of the cluster allow it. */
export function isAllowed(
  store: MemoryClusterStore,
  subject: Subject,
  wanted: ResourceAttributes,
): boolean {
  if (subject.groups.includes('system:masters')) {
    return true;
  }
  for (const rule of rulesFor(store, subject, wanted.namespace)) {
    if (ruleAllows(rule, wanted)) {
      return true;
    }
  }
  return false;
}

/** Whether a path that is no resource, such as `/version`, may be read. */
export function isPathAllowed(
  store: MemoryClusterStore,
  subject: Subject,
  verb: string,
  path: string,
): boolean {
  if (subject.groups.includes('system:masters')) {
    return true;
  }
  for (const rule of rulesFor(store, subject, undefined)) {
    if (
      includesOrAll(rule.verbs, verb) &&
      rule.nonResourceURLs.some(
        url =>
          url === '*' ||
          url === path ||
          (url.endsWith('*') && path.startsWith(url.slice(0, -1))),
      )
    ) {
      return true;
    }
  }
  return false;
}

function ruleAllows(rule: PolicyRule, wanted: ResourceAttributes): boolean {
  const { verb, group, resource, subresource, name } = wanted;
  const full = subresource ? `${resource}/${subresource}` : resource;
  return (
    includesOrAll(rule.verbs, verb) &&
    includesOrAll(rule.apiGroups, group) &&
    (includesOrAll(rule.resources, full) ||
      (subresource !== undefined &&
        rule.resources.includes(`*/${subresource}`))) &&
    (rule.resourceNames.length === 0 ||
      (name !== undefined && rule.resourceNames.includes(name)))
  );
}

function includesOrAll(values: string[], value: string): boolean {
  return values.includes('*') || values.includes(value);
}

/** The 403 of the API server. */
export function accessDenied(
  subject: Subject,
  wanted: ResourceAttributes,
): ApiError {
  const { verb, group, resource, subresource, namespace, name } = wanted;
  const full = subresource ? `${resource}/${subresource}` : resource;
  const qualified = group ? `${resource}.${group}` : resource;
  const where = namespace
    ? `in the namespace "${namespace}"`
    : 'at the cluster scope';
  return new ApiError({
    code: 403,
    reason: 'Forbidden',
    message: `${qualified}${name ? ` "${name}"` : ''} is forbidden: User "${
      subject.name
    }" cannot ${verb} resource "${full}" in API group "${group}" ${where}`,
    details: {
      ...(name && { name }),
      ...(group && { group }),
      kind: resource,
    },
  });
}

/** The 403 of a path that is no resource. */
export function pathDenied(
  subject: Subject,
  verb: string,
  path: string,
): ApiError {
  return new ApiError({
    code: 403,
    reason: 'Forbidden',
    message: `forbidden: User "${subject.name}" cannot ${verb} path "${path}"`,
    details: {},
  });
}
