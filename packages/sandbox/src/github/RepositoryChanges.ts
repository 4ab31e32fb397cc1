import { Mutex } from 'async-mutex';
import { Octokit } from '@octokit/rest';
import { branchMoves, readBranchHeads } from './BranchHeads';
import { pushEvent } from './pushEvent';
import { fullName, RepositoryName } from './Repository';
import { Webhooks } from './Webhooks';

/**
 * Runs changes of a repository one after the other and sends a `push` event
 * for each branch that a change moved, however it moved it.
 */
export class RepositoryChanges {
  readonly #octokit: Octokit;
  readonly #webhooks: Webhooks;
  readonly #locks = new Map<string, Mutex>();

  constructor(octokit: Octokit, webhooks: Webhooks) {
    this.#octokit = octokit;
    this.#webhooks = webhooks;
  }

  /** Runs one change and returns its result once the events are queued. */
  async run<T>(
    repository: RepositoryName,
    change: () => Promise<T>,
  ): Promise<T> {
    return this.#lock(repository).runExclusive(async () => {
      const before = await readBranchHeads(this.#octokit, repository);
      const result = await change();
      const after = await readBranchHeads(this.#octokit, repository);
      for (const move of branchMoves(before, after)) {
        this.#webhooks.send(
          'push',
          await pushEvent(this.#octokit, repository, move),
        );
      }
      return result;
    });
  }

  #lock(repository: RepositoryName): Mutex {
    const name = fullName(repository);
    const lock = this.#locks.get(name) ?? new Mutex();
    this.#locks.set(name, lock);
    return lock;
  }
}
