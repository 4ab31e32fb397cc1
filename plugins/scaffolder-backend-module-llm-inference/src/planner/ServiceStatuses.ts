import type {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import {
  LlmInferenceClient,
  type EntityStatus,
} from 'backstage-plugin-llm-inference-common';

/** Asks the llm-inference backend, with the permissions of the person who started the task. */
export class ServiceStatuses {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  constructor(options: { auth: AuthService; discovery: DiscoveryService }) {
    this.#auth = options.auth;
    this.#discovery = options.discovery;
  }

  /** @throws LlmInferenceResponseError with the server's words */
  async of(
    entityRef: string,
    credentials: BackstageCredentials,
    signal?: AbortSignal,
  ): Promise<EntityStatus> {
    return this.client(credentials).getEntityStatus(entityRef, { signal });
  }

  /** A client that speaks for a person. */
  client(credentials: BackstageCredentials): LlmInferenceClient {
    return new LlmInferenceClient({
      getBaseUrl: () => this.#discovery.getBaseUrl('llm-inference'),
      fetch: async (input, init) => {
        const { token } = await this.#auth.getPluginRequestToken({
          onBehalfOf: credentials,
          targetPluginId: 'llm-inference',
        });
        return fetch(input, {
          ...init,
          headers: { ...init?.headers, Authorization: `Bearer ${token}` },
        });
      },
    });
  }
}
