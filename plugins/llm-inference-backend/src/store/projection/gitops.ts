import type { KubernetesObject } from 'backstage-plugin-llm-inference-common';
import { objectOf, objectsOf, pick } from './fields';
import type { JsonObject } from './fields';
import { projectMetadata } from './metadata';

/** An Application of Argo CD: where it applies what, how that went, and of its resources the services alone. */
export function projectApplication(object: KubernetesObject): KubernetesObject {
  const spec = objectOf(object.spec);
  const status = objectOf(object.status);
  const operation = objectOf(status.operationState);
  const result = objectOf(operation.syncResult);
  const source = (value: unknown) => pick(value, ['repoURL', 'path']);
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: slim(object),
    spec: {
      ...pick(spec, ['destination']),
      source: source(spec.source),
      sources: objectsOf(spec.sources).map(source),
    },
    status: {
      sync: pick(status.sync, ['status', 'revision']),
      health: pick(status.health, ['status']),
      conditions: objectsOf(status.conditions).map(condition =>
        pick(condition, ['type', 'message']),
      ),
      resources: services(status.resources),
      operationState: {
        ...pick(operation, ['phase', 'message', 'startedAt', 'finishedAt']),
        syncResult: {
          ...pick(result, ['revision']),
          resources: services(result.resources),
        },
      },
    },
  };
}

/** A Kustomization of Flux: its path, its conditions, and of its inventory the services alone. */
export function projectKustomization(
  object: KubernetesObject,
): KubernetesObject {
  return projectFlux(object, ['path', 'sourceRef']);
}

/** A HelmRelease of Flux: where it installs, its conditions, and of its inventory the services alone. Never its values. */
export function projectHelmRelease(object: KubernetesObject): KubernetesObject {
  return projectFlux(object, ['targetNamespace']);
}

function projectFlux(
  object: KubernetesObject,
  fields: readonly string[],
): KubernetesObject {
  const status = objectOf(object.status);
  const entries = objectsOf(objectOf(status.inventory).entries);
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: slim(object),
    spec: {
      ...pick(object.spec, ['suspend', ...fields]),
      // Only whether it is there matters; it names a Secret.
      ...(objectOf(object.spec).kubeConfig ? { kubeConfig: {} } : {}),
    },
    status: {
      ...pick(status, [
        'conditions',
        'lastAppliedRevision',
        'lastAttemptedRevision',
      ]),
      inventory: {
        entries: entries.filter(({ id }) =>
          String(id).endsWith('_LLMInferenceService'),
        ),
      },
    },
  };
}

/** A GitRepository of Flux: its address. */
export function projectGitRepository(
  object: KubernetesObject,
): KubernetesObject {
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: slim(object),
    spec: pick(object.spec, ['url']),
  };
}

function services(value: unknown): JsonObject[] {
  return objectsOf(value)
    .filter(({ kind }) => kind === 'LLMInferenceService')
    .map(resource =>
      pick(resource, [
        'group',
        'kind',
        'namespace',
        'name',
        'status',
        'health',
        'message',
      ]),
    );
}

function slim(object: KubernetesObject) {
  const { name, namespace, uid } = projectMetadata(object.metadata);
  return { name, namespace, uid };
}
