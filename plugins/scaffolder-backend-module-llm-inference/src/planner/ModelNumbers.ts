import type {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import {
  completeModel,
  hasMoreAtItsHub,
  LlmInferenceResponseError,
  referenceModel,
  type ModelArchitecture,
} from 'backstage-plugin-llm-inference-common';

import type { ServiceStatuses } from './ServiceStatuses';

/** The numbers of models: those that ship, completed by what the backend reads from the model's own configuration. */
export class ModelNumbers {
  readonly #statuses: ServiceStatuses;

  constructor(options: { statuses: ServiceStatuses }) {
    this.#statuses = options.statuses;
  }

  /** As far as they are known, with the reason in the log where they are not: they decide advice, not whether a task runs. */
  async of(
    uri: string,
    credentials: BackstageCredentials,
    logger: Pick<LoggerService, 'info'>,
  ): Promise<ModelArchitecture | undefined> {
    const known = referenceModel(uri);
    if (!hasMoreAtItsHub(uri)) return known;
    try {
      return completeModel(
        known,
        await this.#statuses.client(credentials).getModelArchitecture(uri),
      );
    } catch (error) {
      if (!(error instanceof LlmInferenceResponseError)) throw error;
      logger.info(`The size of '${uri}' is not known: ${error.message}`);
      return known;
    }
  }
}
