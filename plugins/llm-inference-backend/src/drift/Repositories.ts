import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { isError, toError } from '@backstage/errors';
import type { ScmIntegrations } from '@backstage/integration';
import { redactText } from 'backstage-plugin-llm-inference-common';
import type { BoundEntity } from '../access/BoundEntity';
import type { EntityDesire } from './EntityDesire';
import { desireOf, digestBelow } from './EntityDesire';
import type { GitFolder } from './repositoryAddress';
import { gitFolder } from './repositoryAddress';
import type { RepositoryFiles, RepositoryReader } from './RepositoryReader';

/** A repository is read at most this long. */
const LONGEST_READ_MS = 120_000;

/** Rendering stops after this long to let requests through. */
const SLICE_MS = 10;

/** An entity with the folder that it comes from. */
export interface TrackedEntity {
  entity: BoundEntity & { target: { namespace: string; name: string } };
  where: GitFolder;
}

/** Where the folder of an entity is, or why that cannot be told. */
export function locate(
  { source }: BoundEntity,
  integrations: ScmIntegrations,
): GitFolder | { reason: string } {
  if (!source) {
    return { reason: 'The catalog entity does not come from a Git repository' };
  }
  try {
    return gitFolder(source, integrations);
  } catch (error) {
    return {
      reason: `The address of the repository cannot be read: ${redactText(
        toError(error).message,
      )}`,
    };
  }
}

/** Reads repositories and renders what they say, each service only where its files have changed. */
export class Repositories {
  readonly #reader: RepositoryReader;
  readonly #integrations: ScmIntegrations;
  readonly #logger: LoggerService;
  /** By address: what was read last, and of which folders. */
  readonly #read = new Map<string, { etag: string; folders: Set<string> }>();

  constructor(options: {
    reader: RepositoryReader;
    integrations: ScmIntegrations;
    logger: LoggerService;
  }) {
    this.#reader = options.reader;
    this.#integrations = options.integrations;
    this.#logger = options.logger;
  }

  /**
   * What a repository says of entities now, by entity. Where it has not changed since it was read, or a service has
   * not, what was known stays.
   */
  async desires(
    root: string,
    tracked: TrackedEntity[],
    known: (entityRef: string) => EntityDesire | undefined,
    signal: AbortSignal,
  ): Promise<Map<string, EntityDesire>> {
    const folders = new Set(tracked.map(({ where }) => where.folder));
    const before = this.#read.get(root);
    const complete =
      before &&
      tracked.every(({ entity, where }) => {
        const desire = known(entity.entityRef);
        return before.folders.has(where.folder) && desire && 'input' in desire;
      });
    try {
      const read = await this.#reader.read(
        root,
        folders,
        complete ? before.etag : undefined,
        AbortSignal.any([signal, AbortSignal.timeout(LONGEST_READ_MS)]),
      );
      if (!read) return new Map();
      const desires = await this.#render(read, tracked, known, signal);
      this.#read.set(root, { etag: read.etag, folders });
      return desires;
    } catch (error) {
      signal.throwIfAborted();
      this.#read.delete(root);
      const message = redactText(toError(error).message);
      this.#logger.warn(`${root} cannot be compared with clusters: ${message}`);
      const reason =
        isError(error) && error.name === 'NotFoundError'
          ? 'The repository, or its tracked branch, was not found'
          : `The repository cannot be read: ${message}`;
      return new Map(
        tracked.map(({ entity }) => [entity.entityRef, { reason }]),
      );
    }
  }

  async #render(
    { files, etag, truncated }: RepositoryFiles,
    tracked: TrackedEntity[],
    known: (entityRef: string) => EntityDesire | undefined,
    signal: AbortSignal,
  ): Promise<Map<string, EntityDesire>> {
    const shared = sharedDigest(files, tracked);
    const desires = new Map<string, EntityDesire>();
    let sliceEnds = performance.now() + SLICE_MS;
    for (const { entity, where } of tracked) {
      const { entityRef, target } = entity;
      const input = `${shared} ${digestBelow(files, where.folder)}`;
      const before = known(entityRef);
      if (truncated && !files.hasFolder(where.folder)) {
        const reason =
          'The repository has more manifests than the portal reads of one repository';
        desires.set(entityRef, { reason });
      } else if (before && 'input' in before && before.input === input) {
        desires.set(entityRef, { ...before, revision: etag });
      } else {
        const integrations = this.#integrations;
        const details = { files, where, entityRef, input, integrations };
        desires.set(
          entityRef,
          desireOf({ ...details, service: target, revision: etag }),
        );
      }
      if (performance.now() > sliceEnds) {
        await nextTurn();
        signal.throwIfAborted();
        sliceEnds = performance.now() + SLICE_MS;
      }
    }
    return desires;
  }
}

/** Digest of the files that are in nobody's folder: any service may build on them. */
function sharedDigest(
  files: RepositoryFiles['files'],
  tracked: TrackedEntity[],
): string {
  const owned = new Set(tracked.map(({ where }) => where.folder));
  return digestBelow(files.without(owned), '');
}
