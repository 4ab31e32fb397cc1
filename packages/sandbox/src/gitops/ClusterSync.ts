import { Semaphore } from 'async-mutex';
import { createHash } from 'node:crypto';
import { ArgoApplications } from './ArgoApplications';
import { Overlay } from './checkOut';
import { SyncOutcome } from './ControllerObjects';
import { FluxKustomizations } from './FluxKustomizations';
import { GitSource } from './GitSource';
import { Inventory } from './Inventory';
import {
  ClusterAddress,
  KubernetesClient,
  KubernetesObject,
  referenceOf,
} from './KubernetesClient';
import { Kustomize } from './kustomize';
import { messageOf, Retries, retrying } from './retrying';
import { ObjectResult, syncService } from './syncService';
import { SyncBoard } from './SyncStatus';

/** As many kustomizations as are built at a time. */
const BUILDS_AT_A_TIME = 4;

/** Keeps one cluster as Git says, service by service. */
export class ClusterSync {
  /** What was applied last, as a digest, by service. */
  readonly #applied = new Map<string, string>();
  readonly #builds = new Semaphore(BUILDS_AT_A_TIME);

  constructor(
    private readonly options: {
      cluster: ClusterAddress;
      source: GitSource;
      kustomize: Kustomize;
      board: SyncBoard;
      retries: Retries;
      log: (message: string) => void;
    },
  ) {}

  /** Applies what Git has for this cluster and removes what it has no longer. */
  async sync(overlays: Overlay[], signal: AbortSignal): Promise<void> {
    const client = new KubernetesClient(this.options.cluster, signal);
    const removed = await this.#removed(client, overlays, signal);
    await Promise.all([
      ...overlays.map(overlay =>
        this.#syncService(
          { client, service: overlay.service, overlay, signal },
          () =>
            this.#builds.runExclusive(() =>
              this.options.kustomize(overlay.folder),
            ),
        ),
      ),
      ...removed.map(service =>
        this.#syncService({ client, service, signal }, async () => []),
      ),
    ]);
  }

  /** The services that this or an earlier sync applied and Git does not name any more. */
  async #removed(
    client: KubernetesClient,
    overlays: Overlay[],
    signal: AbortSignal,
  ): Promise<string[]> {
    const known = new Set(this.#applied.keys());
    try {
      const inventory = await retrying(() => new Inventory(client).read(), {
        retries: this.options.retries,
        signal,
        onRetry: message => this.#waiting(overlays, message),
      });
      [...inventory.keys()].forEach(service => known.add(service));
    } catch (error) {
      if (!signal.aborted) {
        this.#log(`cannot tell what runs there: ${messageOf(error)}`);
      }
    }
    overlays.forEach(({ service }) => known.delete(service));
    return [...known];
  }

  async #syncService(
    task: {
      client: KubernetesClient;
      service: string;
      /** Nothing where Git no longer has the service. */
      overlay?: Overlay;
      signal: AbortSignal;
    },
    build: () => Promise<KubernetesObject[]>,
  ): Promise<void> {
    const { client, service, overlay, signal } = task;
    const { board, retries } = this.options;
    const entry = { service, cluster: this.options.cluster.name };
    let objects: KubernetesObject[] = [];
    let results: ObjectResult[] = [];
    try {
      objects = await build();
      const digest = digestOf(objects);
      if (this.#applied.get(service) !== digest) {
        this.#applied.delete(service);
        board.set({ ...entry, state: 'OutOfSync' });
        const attempt = () => {
          results = [];
          return syncService(client, service, objects, result =>
            results.push(result),
          );
        };
        await retrying(attempt, {
          retries,
          signal,
          onRetry: message =>
            board.set({
              ...entry,
              state: 'OutOfSync',
              message: `${message}; trying again`,
            }),
        });
        this.#applied.set(service, digest);
      } else {
        results = objects.map(object => ({ reference: referenceOf(object) }));
      }
      if (objects.length === 0) {
        this.#applied.delete(service);
        board.remove(entry);
      } else {
        board.set({ ...entry, state: 'Synced', revision: overlay?.revision });
      }
      await this.#tell(
        client,
        service,
        overlay && { overlay, objects, results },
        signal,
      );
    } catch (error) {
      if (!signal.aborted) {
        const message = messageOf(error);
        board.set({ ...entry, state: 'Error', message });
        this.#log(`${service}: ${message}`);
        await this.#tell(
          client,
          service,
          overlay && { overlay, objects, results, error: message },
          signal,
        );
      }
    }
  }

  /** Lets the cluster tell what became of a service, as its GitOps controller would. */
  async #tell(
    client: KubernetesClient,
    service: string,
    outcome: SyncOutcome | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    const { cluster, source } = this.options;
    const words =
      cluster.controller === 'flux'
        ? new FluxKustomizations(client, source)
        : new ArgoApplications(client, source);
    try {
      if (outcome) {
        await words.write(outcome, new Date());
      } else {
        await words.remove(service, cluster.name);
      }
    } catch (error) {
      if (!signal.aborted) {
        this.#log(
          `${service}: what its GitOps controller says: ${messageOf(error)}`,
        );
      }
    }
  }

  #waiting(overlays: Overlay[], message: string): void {
    for (const { service, cluster } of overlays) {
      this.options.board.set({
        service,
        cluster,
        state: 'OutOfSync',
        message: `${message}; trying again`,
      });
    }
  }

  #log(message: string): void {
    this.options.log(`GitOps: ${this.options.cluster.name}: ${message}`);
  }
}

function digestOf(objects: KubernetesObject[]): string {
  return createHash('sha256').update(JSON.stringify(objects)).digest('hex');
}
