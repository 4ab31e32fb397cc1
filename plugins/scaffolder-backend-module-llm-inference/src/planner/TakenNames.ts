import type {
  BackstageCredentials,
  LoggerService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { ConflictError, toError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  entityRefOf,
  LlmInferenceResponseError,
  type OfferedProfile,
  type PdServiceSpec,
} from 'backstage-plugin-llm-inference-common';

import type { ServiceStatuses } from './ServiceStatuses';
import { folderOf, urlInRepository } from './repositoryUrls';

/** Knows whether the name of a new service is still free, before anything is written. */
export class TakenNames {
  readonly #catalog: CatalogService;
  readonly #statuses: ServiceStatuses;
  readonly #logger: LoggerService;
  readonly #urlReader: UrlReaderService;

  constructor(options: {
    catalog: CatalogService;
    statuses: ServiceStatuses;
    logger: LoggerService;
    urlReader: UrlReaderService;
  }) {
    this.#catalog = options.catalog;
    this.#statuses = options.statuses;
    this.#logger = options.logger;
    this.#urlReader = options.urlReader;
  }

  /**
   * @param place - `own` skips the GitOps repository: the service gets a repository of its own
   * @throws ConflictError naming where the name is taken
   */
  async assertFree(
    spec: PdServiceSpec,
    profile: OfferedProfile,
    place: 'shared' | 'own',
    credentials: BackstageCredentials,
  ): Promise<void> {
    const takenBy =
      (await this.#entity(spec, credentials)) ??
      (place === 'shared' ? await this.#folder(spec, profile) : undefined) ??
      (await this.#running(spec, credentials));
    if (takenBy) {
      throw new ConflictError(
        `name: '${spec.name}' is taken: ${takenBy}. Choose another name, or use the template 'Change a PD service'`,
      );
    }
  }

  async #entity(
    spec: PdServiceSpec,
    credentials: BackstageCredentials,
  ): Promise<string | undefined> {
    const ref = entityRefOf(spec);
    const entity = await this.#catalog.getEntityByRef(ref, { credentials });
    return entity && `the catalog has ${ref}`;
  }

  async #folder(
    { name }: PdServiceSpec,
    { repository }: OfferedProfile,
  ): Promise<string | undefined> {
    const file = `${folderOf(repository, name)}/catalog-info.yaml`;
    try {
      await this.#urlReader.readUrl(urlInRepository(repository, 'blob', file));
    } catch (thrown) {
      const error = toError(thrown);
      if (error.name === 'NotFoundError') return undefined;
      throw new Error(
        `Cannot read ${repository.owner}/${repository.name} at ${repository.host} to see whether the name is free: ${error.message}`,
      );
    }
    return `${repository.owner}/${repository.name} already has ${file}`;
  }

  /** A help, not a guard: without the backend plugin, or when it cannot say, creation goes on. */
  async #running(
    { cluster, namespace, name }: PdServiceSpec,
    credentials: BackstageCredentials,
  ): Promise<string | undefined> {
    try {
      await this.#statuses
        .client(credentials)
        .getService(
          { cluster, namespace, name },
          { signal: AbortSignal.timeout(5_000) },
        );
      return `cluster '${cluster}' already runs ${namespace}/${name}`;
    } catch (thrown) {
      const free =
        thrown instanceof LlmInferenceResponseError && thrown.status === 404;
      if (!free) {
        this.#logger.warn(
          `Could not ask whether ${namespace}/${name} runs in ${cluster}: ${
            toError(thrown).message
          }`,
        );
      }
    }
    return undefined;
  }
}
