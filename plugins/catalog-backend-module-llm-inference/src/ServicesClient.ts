import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import { parseServicesPage } from 'backstage-plugin-llm-inference-node';
import type { ServicesPage } from 'backstage-plugin-llm-inference-node';

const BACKEND = 'llm-inference';

/** Reads the services of all clusters from the `llm-inference` backend. */
export class ServicesClient {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  constructor(options: { auth: AuthService; discovery: DiscoveryService }) {
    this.#auth = options.auth;
    this.#discovery = options.discovery;
  }

  /** One page after another. Throws a ResponseError where the backend refuses. */
  async *pages(signal: AbortSignal): AsyncGenerator<ServicesPage> {
    let after: string | undefined;
    do {
      const page = await this.#page(after, signal);
      yield page;
      after = page.next;
    } while (after !== undefined);
  }

  async #page(
    after: string | undefined,
    signal: AbortSignal,
  ): Promise<ServicesPage> {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#auth.getOwnServiceCredentials(),
      targetPluginId: BACKEND,
    });
    const url = new URL(
      `${await this.#discovery.getBaseUrl(BACKEND)}/v1/catalog/services`,
    );
    if (after !== undefined) url.searchParams.set('after', after);
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${token}` },
      signal,
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return parseServicesPage(await response.json());
  }
}
