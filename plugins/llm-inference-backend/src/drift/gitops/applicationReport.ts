import { redactText } from 'backstage-plugin-llm-inference-common';
import type {
  GitOpsState,
  KubernetesObject,
} from 'backstage-plugin-llm-inference-common';
import { objectOf, objectsOf, stringOf } from '../../store/projection/fields';
import type { JsonObject } from '../../store/projection/fields';
import { repositoryKey } from '../repositoryAddress';
import type { ControllerReport } from './ControllerReport';
import { pathKey } from './ControllerReport';

const IN_CLUSTER = new Set([
  'https://kubernetes.default.svc',
  'https://kubernetes.default.svc.cluster.local',
]);

const FAILED_PHASES = new Set(['Failed', 'Error']);
const RUNNING_PHASES = new Set(['Running', 'Terminating']);

/**
 * Reads an Application of Argo CD.
 *
 * @param cluster - the cluster that has the Application
 * @param clusterAt - name of the watched cluster at an address
 */
export function applicationReport(
  application: KubernetesObject,
  cluster: string,
  clusterAt: (url: string) => string | undefined,
): ControllerReport {
  const spec = objectOf(application.spec);
  const status = objectOf(application.status);
  const operation = objectOf(status.operationState);
  const results = objectsOf(objectOf(operation.syncResult).resources);
  const resources = objectsOf(status.resources);
  const services = [...resources, ...results].filter(isService).map(keyOf);
  return {
    target: targetOf(objectOf(spec.destination), cluster, clusterAt),
    sources: [objectOf(spec.source), ...objectsOf(spec.sources)].flatMap(
      ({ repoURL, path }) =>
        typeof repoURL === 'string'
          ? [
              {
                repository: repositoryKey(repoURL),
                path: pathKey(stringOf(path) ?? ''),
              },
            ]
          : [],
    ),
    services: [...new Set(services)],
    stateOf: service => {
      const own = (all: JsonObject[]) =>
        all.find(entry => isService(entry) && keyOf(entry) === service);
      return stateOf(application, cluster, {
        status,
        operation,
        resource: own(resources),
        result: own(results),
      });
    },
  };
}

function targetOf(
  { name, server }: JsonObject,
  cluster: string,
  clusterAt: (url: string) => string | undefined,
): string | undefined {
  if (typeof name === 'string' && name) {
    return name === 'in-cluster' ? cluster : name;
  }
  if (typeof server !== 'string') return undefined;
  return IN_CLUSTER.has(server) ? cluster : clusterAt(server);
}

function stateOf(
  { metadata }: KubernetesObject,
  cluster: string,
  {
    status,
    operation,
    resource,
    result,
  }: {
    status: JsonObject;
    operation: JsonObject;
    resource?: JsonObject;
    result?: JsonObject;
  },
): GitOpsState {
  const sync = syncOf(status, operation, resource, result);
  const health =
    stringOf(objectOf(resource?.health).status) ??
    stringOf(objectOf(status.health).status);
  const revision =
    stringOf(objectOf(operation.syncResult).revision) ??
    stringOf(objectOf(status.sync).revision);
  const message =
    sync === 'Synced' ? undefined : messageOf(status, operation, result);
  const at = stringOf(operation.finishedAt) ?? stringOf(operation.startedAt);
  return {
    tool: 'ArgoCd',
    kind: 'Application',
    namespace: metadata?.namespace ?? '',
    name: metadata?.name ?? '',
    cluster,
    sync,
    ...(health ? { health } : {}),
    ...(revision ? { revision } : {}),
    ...(message ? { message: redactText(message) } : {}),
    ...(at ? { at } : {}),
  };
}

function syncOf(
  status: JsonObject,
  operation: JsonObject,
  resource: JsonObject | undefined,
  result: JsonObject | undefined,
): GitOpsState['sync'] {
  const phase = stringOf(operation.phase) ?? '';
  const compared =
    stringOf(resource?.status) ?? stringOf(objectOf(status.sync).status);
  // A retry runs while what it retries has failed: the failure is the news.
  if (result?.status === 'SyncFailed' && compared !== 'Synced') return 'Failed';
  if (RUNNING_PHASES.has(phase)) return 'Syncing';
  if (compared === 'Synced') return 'Synced';
  if (FAILED_PHASES.has(phase)) return 'Failed';
  return compared === 'OutOfSync' ? 'OutOfSync' : 'Unknown';
}

function messageOf(
  status: JsonObject,
  operation: JsonObject,
  result: JsonObject | undefined,
): string | undefined {
  const failure = result?.status === 'SyncFailed' ? result.message : undefined;
  const condition = objectsOf(status.conditions).find(({ type }) =>
    /Error$/.test(stringOf(type) ?? ''),
  );
  const phase = stringOf(operation.phase) ?? '';
  return (
    stringOf(failure) ??
    stringOf(condition?.message) ??
    (FAILED_PHASES.has(phase) ? stringOf(operation.message) : undefined)
  );
}

function isService({ kind, group }: JsonObject): boolean {
  return kind === 'LLMInferenceService' && group === 'serving.kserve.io';
}

function keyOf({ namespace, name }: JsonObject): string {
  return `${stringOf(namespace) ?? ''}/${stringOf(name) ?? ''}`;
}
