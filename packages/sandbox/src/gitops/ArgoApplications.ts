import { ControllerObjects, SyncOutcome } from './ControllerObjects';
import { GitSource } from './GitSource';
import {
  KubernetesClient,
  KubernetesObject,
  ObjectReference,
  referenceOf,
} from './KubernetesClient';
import { ObjectResult } from './syncService';

const NAMESPACE = 'argocd';

/**
 * Tells what the sync does in the words of Argo CD: one Application per service, in the cluster that it is
 * applied to. Only what a portal reads of one is there.
 */
export class ArgoApplications implements ControllerObjects {
  readonly #client: KubernetesClient;
  readonly #source: GitSource;

  constructor(client: KubernetesClient, source: GitSource) {
    this.#client = client;
    this.#source = source;
  }

  async write(outcome: SyncOutcome, now: Date): Promise<void> {
    await this.#client.apply({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: NAMESPACE },
    });
    const present = await Promise.all(
      outcome.objects.map(object => this.#client.has(referenceOf(object))),
    );
    await this.#client.apply(
      applicationOf(outcome, present, this.#source, now.toISOString()),
    );
  }

  async remove(service: string, cluster: string): Promise<void> {
    await this.#client.remove({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      namespace: NAMESPACE,
      name: nameOf(service, cluster),
    });
  }
}

function applicationOf(
  { overlay, objects, results, error }: SyncOutcome,
  present: boolean[],
  { url, owner }: GitSource,
  now: string,
): KubernetesObject {
  const { service, cluster, revision, repo, path } = overlay;
  const source = {
    repoURL: `${url}/${owner}/${repo}.git`,
    path,
    targetRevision: 'HEAD',
  };
  const status = error ? 'OutOfSync' : 'Synced';
  const built = objects.length > 0;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: nameOf(service, cluster), namespace: NAMESPACE },
    spec: {
      project: 'default',
      source,
      destination: { server: 'https://kubernetes.default.svc' },
      syncPolicy: { automated: { prune: true } },
    },
    status: {
      sync: { status: built ? status : 'Unknown', revision },
      health: { status: present.every(Boolean) ? 'Healthy' : 'Missing' },
      reconciledAt: now,
      resources: objects.map((object, index) =>
        resourceStatus(referenceOf(object), results, present[index]),
      ),
      conditions: built
        ? []
        : [
            {
              type: 'ComparisonError',
              message: `Failed to load target state: ${error}`,
              lastTransitionTime: now,
            },
          ],
      operationState: {
        phase: error ? 'Failed' : 'Succeeded',
        message: error
          ? 'one or more objects failed to apply'
          : 'successfully synced (all tasks run)',
        startedAt: now,
        finishedAt: now,
        syncResult: {
          revision,
          source,
          resources: results.map(({ reference, message }) => ({
            ...identityOf(reference),
            status: message ? 'SyncFailed' : 'Synced',
            message:
              message ?? `${reference.kind}/${reference.name} configured`,
          })),
        },
      },
    },
  };
}

function resourceStatus(
  reference: ObjectReference,
  results: ObjectResult[],
  present: boolean,
) {
  const result = results.find(
    each =>
      each.reference.kind === reference.kind &&
      each.reference.name === reference.name,
  );
  const applied = result && !result.message;
  return {
    ...identityOf(reference),
    status: applied ? 'Synced' : 'OutOfSync',
    health: { status: present ? 'Healthy' : 'Missing' },
  };
}

function identityOf({ apiVersion, kind, namespace, name }: ObjectReference) {
  const slash = apiVersion.indexOf('/');
  return {
    group: slash < 0 ? '' : apiVersion.slice(0, slash),
    version: apiVersion.slice(slash + 1),
    kind,
    ...(namespace ? { namespace } : {}),
    name,
  };
}

function nameOf(service: string, cluster: string): string {
  return `${service}-${cluster}`;
}
