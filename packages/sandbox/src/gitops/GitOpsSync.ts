import { checkOut, Overlay } from './checkOut';
import { GitSource } from './GitSource';
import { ClusterSync } from './ClusterSync';
import { ClusterAddress } from './KubernetesClient';
import { Kustomize } from './kustomize';
import { messageOf, Retries, retrying } from './retrying';
import { SyncBoard, SyncStatus } from './SyncStatus';

/**
 * Keeps clusters as the repositories' default branches say. Each request
 * reads them once and works through all clusters side by side; a request
 * during a round ends that round's waiting and starts the next.
 */
export class GitOpsSync {
  readonly #board = new SyncBoard();
  readonly #clusters: Map<string, ClusterSync>;
  readonly #closing = new AbortController();
  #round = new AbortController();
  #isWanted = false;
  #running: Promise<void> | undefined;
  #revision?: string;
  #message?: string;

  constructor(
    private readonly options: {
      source: GitSource;
      clusters: ClusterAddress[];
      kustomize: Kustomize;
      retries: Retries;
      log: (message: string) => void;
    },
  ) {
    this.#clusters = new Map(
      options.clusters.map(cluster => [
        cluster.name,
        new ClusterSync({ ...options, cluster, board: this.#board }),
      ]),
    );
  }

  /** What was read from Git last and what became of it. */
  status(): SyncStatus {
    return {
      revision: this.#revision,
      message: this.#message,
      services: this.#board.entries(),
    };
  }

  /** Asks for a round and returns at once. */
  request(): void {
    if (this.#closing.signal.aborted) {
      return;
    }
    this.#isWanted = true;
    this.#round.abort();
    this.#running ??= this.#work().finally(() => {
      this.#running = undefined;
    });
  }

  /** Waits until nothing is under way. */
  async settled(): Promise<void> {
    await this.#running;
  }

  /** Ends what is under way; nothing is asked for any more. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#round.abort();
    await this.settled();
  }

  async #work(): Promise<void> {
    while (this.#isWanted && !this.#closing.signal.aborted) {
      this.#isWanted = false;
      this.#round = new AbortController();
      await this.#sync(this.#round.signal);
    }
  }

  async #sync(signal: AbortSignal): Promise<void> {
    try {
      const files = await retrying(
        () => checkOut(this.options.source, signal),
        {
          retries: this.options.retries,
          signal,
          onRetry: message => {
            this.#message = `Git could not be read: ${message}; trying again`;
          },
        },
      );
      this.#revision = files.revision;
      this.#message = undefined;
      try {
        this.#reportUnknownClusters(files.overlays);
        await Promise.all(
          [...this.#clusters].map(([name, cluster]) =>
            cluster.sync(
              files.overlays.filter(each => each.cluster === name),
              signal,
            ),
          ),
        );
      } finally {
        await files.dispose();
      }
    } catch (error) {
      if (!signal.aborted) {
        this.#message = `Git could not be read: ${messageOf(error)}`;
        this.options.log(`GitOps: ${this.#message}`);
      }
    }
  }

  #reportUnknownClusters(overlays: Overlay[]): void {
    const names = [...this.#clusters.keys()];
    const unknown = overlays.filter(({ cluster }) => !names.includes(cluster));
    for (const { service, cluster } of this.#board.entries()) {
      if (!names.includes(cluster)) {
        this.#board.remove({ service, cluster });
      }
    }
    for (const { service, cluster } of unknown) {
      this.#board.set({
        service,
        cluster,
        state: 'Error',
        message: `There is no cluster ${cluster}; there are ${names.join(
          ' and ',
        )}`,
      });
    }
  }
}
