import { ControllerObjects, SyncOutcome } from './ControllerObjects';
import { GitSource } from './GitSource';
import {
  KubernetesClient,
  KubernetesObject,
  ObjectReference,
  referenceOf,
} from './KubernetesClient';

const NAMESPACE = 'flux-system';
const KUSTOMIZATION = 'kustomize.toolkit.fluxcd.io/v1';
const GIT_REPOSITORY = 'source.toolkit.fluxcd.io/v1';

/**
 * Tells what the sync does in the words of Flux: a GitRepository per repository and a Kustomization per service.
 * Only what a portal reads of them is there.
 */
export class FluxKustomizations implements ControllerObjects {
  readonly #client: KubernetesClient;
  readonly #source: GitSource;

  constructor(client: KubernetesClient, source: GitSource) {
    this.#client = client;
    this.#source = source;
  }

  async write(outcome: SyncOutcome, now: Date): Promise<void> {
    const { overlay, objects } = outcome;
    await this.#client.apply({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: NAMESPACE },
    });
    await this.#put(repositoryOf(overlay.repo, this.#source));
    const references = objects.map(referenceOf);
    const present = await Promise.all(
      references.map(reference => this.#client.has(reference)),
    );
    await this.#put(
      kustomizationOf(
        outcome,
        references.filter((_reference, index) => present[index]),
        `${this.#source.branch}@sha1:${overlay.revision}`,
        now.toISOString(),
      ),
    );
  }

  async remove(service: string): Promise<void> {
    await this.#client.remove({
      apiVersion: KUSTOMIZATION,
      kind: 'Kustomization',
      namespace: NAMESPACE,
      name: service,
    });
  }

  /** What is asked for and what is the case are written by themselves, as these kinds demand. */
  async #put({ status, ...object }: KubernetesObject): Promise<void> {
    await this.#client.apply(object);
    if (status) {
      const { apiVersion, kind, metadata } = object;
      await this.#client.applyStatus({ apiVersion, kind, metadata, status });
    }
  }
}

function repositoryOf(
  repo: string,
  { url, owner, branch }: GitSource,
): KubernetesObject {
  return {
    apiVersion: GIT_REPOSITORY,
    kind: 'GitRepository',
    metadata: { name: repo, namespace: NAMESPACE },
    spec: {
      interval: '1m0s',
      url: `${url}/${owner}/${repo}`,
      ref: { branch },
    },
  };
}

function kustomizationOf(
  { overlay, objects, results, error }: SyncOutcome,
  present: ObjectReference[],
  revision: string,
  now: string,
): KubernetesObject {
  const refused = results.find(({ message }) => message);
  const message = refused
    ? `${wordsFor(refused.reference)} dry-run failed: ${refused.message}`
    : `kustomize build failed: ${error}`;
  return {
    apiVersion: KUSTOMIZATION,
    kind: 'Kustomization',
    metadata: { name: overlay.service, namespace: NAMESPACE },
    spec: {
      interval: '10m0s',
      path: `./${overlay.path}`,
      prune: true,
      sourceRef: { kind: 'GitRepository', name: overlay.repo },
    },
    status: {
      conditions: [
        {
          type: 'Ready',
          lastTransitionTime: now,
          ...(error
            ? {
                status: 'False',
                reason:
                  objects.length > 0 ? 'ReconciliationFailed' : 'BuildFailed',
                message,
              }
            : {
                status: 'True',
                reason: 'ReconciliationSucceeded',
                message: `Applied revision: ${revision}`,
              }),
        },
      ],
      inventory: { entries: present.map(entryOf) },
      lastAttemptedRevision: revision,
      ...(error ? {} : { lastAppliedRevision: revision }),
    },
  };
}

function entryOf(reference: ObjectReference) {
  const [version, group = ''] = reference.apiVersion.split('/').reverse();
  const { namespace = '', name, kind } = reference;
  return { id: `${namespace}_${name}_${group}_${kind}`, v: version };
}

function wordsFor({ kind, namespace, name }: ObjectReference): string {
  return [kind, namespace, name].filter(Boolean).join('/');
}
