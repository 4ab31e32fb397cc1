import { Semaphore } from 'async-mutex';
import { createHash } from 'node:crypto';
import { Overlay } from './checkOut';
import { Inventory } from './Inventory';
import {
  ClusterAddress,
  KubernetesClient,
  KubernetesObject,
} from './KubernetesClient';
import { Kustomize } from './kustomize';
import { messageOf, Retries, retrying } from './retrying';
import { syncService } from './syncService';
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
      ...overlays.map(({ service, folder, revision }) =>
        this.#syncService({ client, service, revision, signal }, () =>
          this.#builds.runExclusive(() => this.options.kustomize(folder)),
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
      revision?: string;
      signal: AbortSignal;
    },
    build: () => Promise<KubernetesObject[]>,
  ): Promise<void> {
    const { client, service, revision, signal } = task;
    const { board, retries } = this.options;
    const entry = { service, cluster: this.options.cluster.name };
    try {
      const objects = await build();
      const digest = digestOf(objects);
      if (this.#applied.get(service) !== digest) {
        this.#applied.delete(service);
        board.set({ ...entry, state: 'OutOfSync' });
        await retrying(() => syncService(client, service, objects), {
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
      }
      if (objects.length === 0) {
        this.#applied.delete(service);
        board.remove(entry);
      } else {
        board.set({ ...entry, state: 'Synced', revision });
      }
    } catch (error) {
      if (!signal.aborted) {
        const message = messageOf(error);
        board.set({ ...entry, state: 'Error', message });
        this.#log(`${service}: ${message}`);
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
