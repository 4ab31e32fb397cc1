import type { KubernetesObject } from 'backstage-plugin-llm-inference-common';
import { isObject, objectOf, stringOf } from '../../store/projection/fields';
import type { JsonObject } from '../../store/projection/fields';
import type { PatchTarget } from './Kustomization';
import { NotRendered } from './NotRendered';

/** Names in a target are expressions for kustomize; only those that are a name, or all names, are read here. */
const PLAIN = /^[A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?$/;

/** Whether a patch is for an object. */
export function isTargeted(
  { group, version, kind, name, namespace }: PatchTarget,
  object: KubernetesObject,
): boolean {
  const [objectGroup, objectVersion] = (object.apiVersion ?? '').split('/');
  const matches = (expression: string | undefined, value?: string) => {
    if (!expression || expression === '.*') return true;
    if (!PLAIN.test(expression)) {
      throw new NotRendered(
        `A patch is for '${expression}', an expression that the portal does not render`,
      );
    }
    return expression === value;
  };
  return (
    matches(group, objectGroup) &&
    matches(version, objectVersion) &&
    matches(kind, object.kind) &&
    matches(name, object.metadata?.name) &&
    matches(namespace, object.metadata?.namespace)
  );
}

/**
 * Merges a patch as kustomize does for kinds whose lists it does not know, which custom resources are: fields are
 * merged, `null` removes one, lists are replaced.
 */
export function mergePatch(value: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const { $patch: directive, ...fields } = patch;
  if (directive === 'replace') return fields;
  if (directive !== undefined && directive !== 'merge') {
    throw new NotRendered(
      `A patch says $patch: ${String(
        directive,
      )}, which the portal does not render`,
    );
  }
  const merged: JsonObject = { ...objectOf(value) };
  for (const [name, field] of Object.entries(fields)) {
    const removed =
      field === null || (isObject(field) && field.$patch === 'delete');
    if (removed) delete merged[name];
    else merged[name] = mergePatch(merged[name], field);
  }
  return merged;
}

/** Applies the operations of a JSON patch (RFC 6902) to a copy of a value. */
export function jsonPatch(value: unknown, operations: unknown): unknown {
  if (!Array.isArray(operations)) {
    throw new NotRendered('A JSON patch is not a list of operations');
  }
  return operations.reduce(
    (patched, operation) => applyOperation(patched, objectOf(operation)),
    structuredClone(value),
  );
}

function applyOperation(document: unknown, operation: JsonObject): unknown {
  const op = stringOf(operation.op) ?? '';
  const pointer = stringOf(operation.path) ?? '';
  const steps = pointer
    .split('/')
    .slice(1)
    .map(step => step.replace(/~1/g, '/').replace(/~0/g, '~'));
  const last = steps.pop();
  if (!['add', 'replace', 'remove'].includes(op) || last === undefined) {
    throw new NotRendered(
      `A JSON patch does '${op}' at '${pointer}', which the portal does not render`,
    );
  }
  const parent = steps.reduce<unknown>(
    (at, step) => (Array.isArray(at) ? at[Number(step)] : objectOf(at)[step]),
    document,
  );
  if (Array.isArray(parent)) {
    const index = last === '-' ? parent.length : Number(last);
    if (!Number.isInteger(index) || index < 0 || index > parent.length) {
      throw new NotRendered(
        `A JSON patch names '${pointer}', which is not there`,
      );
    }
    if (op === 'add') parent.splice(index, 0, operation.value);
    else if (op === 'replace') parent[index] = operation.value;
    else parent.splice(index, 1);
  } else if (isObject(parent)) {
    if (op === 'remove') delete parent[last];
    else if (last !== '__proto__') parent[last] = operation.value;
  } else {
    throw new NotRendered(
      `A JSON patch names '${pointer}', which is not there`,
    );
  }
  return document;
}
