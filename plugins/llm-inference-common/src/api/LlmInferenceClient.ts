import type {
  ClusterStatus,
  EntityStatus,
  ServiceList,
  ServiceListQuery,
  ServiceStatus,
  StreamEvent,
} from './wire';
import type { ClusterCapabilities } from './capabilities';
import type { ValidateRequest, ValidateResponse } from './validation';
import type { Timeline, Transition } from './history';
import type { ServiceManifest } from './manifest';
import type { ServiceMetrics } from './metrics';
import type { VerifyPdResult } from './verifyPd';
import type { OfferedProfile } from '../manifest/profile/profileSchema';
import type { ModelArchitecture } from '../sizing/ModelArchitecture';
import type { ServiceRef } from '../resource/KubernetesObject';
import { readServerSentEvents } from './serverSentEvents';

/**
 * What the client is built from: the portal's fetch (it adds the user's token) and a way to find the
 * plugin's base URL, for example `https://portal.example/api/llm-inference`.
 *
 * @public
 */
export interface LlmInferenceClientOptions {
  fetch: typeof fetch;
  getBaseUrl(): Promise<string>;
}

/** What to listen to on the live stream. @public */
export interface StreamSubscription {
  /** Full entity references, at most 100. */
  entityRefs?: string[];
  /** Whether to hear that the fleet list has changed. */
  fleet?: boolean;
  /** Id of the last event that was seen, to go on from there. */
  lastEventId?: string;
  /** Ends the stream. */
  signal: AbortSignal;
}

/** Which log is read, and how much of it. @public */
export interface PodLogQuery {
  container: string;
  /** Lines from the end; 500 where absent, at most 5,000. */
  tailLines?: number;
  /** Whether the log goes on as it is written. */
  follow?: boolean;
  /** The log of the container's run before this one. */
  previous?: boolean;
}

/**
 * A request was answered with an error. `status` is the HTTP status, `message` the server's own words.
 *
 * @public
 */
export class LlmInferenceResponseError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'LlmInferenceResponseError';
    this.status = status;
  }
}

/**
 * Typed client of the llm-inference backend. Every method rejects with {@link LlmInferenceResponseError}
 * where the server answers with an error.
 *
 * @public
 */
export class LlmInferenceClient {
  readonly #fetch: typeof fetch;
  readonly #getBaseUrl: () => Promise<string>;

  constructor(options: LlmInferenceClientOptions) {
    this.#fetch = options.fetch;
    this.#getBaseUrl = options.getBaseUrl;
  }

  /** The status of the services behind an entity, given as a full entity reference. */
  async getEntityStatus(
    entityRef: string,
    options?: { signal?: AbortSignal },
  ): Promise<EntityStatus> {
    const { kind, namespace, name } = splitEntityRef(entityRef);
    return await this.#get(
      path('v1', 'entities', kind, namespace, name, 'status'),
      options?.signal,
    );
  }

  /** One page of the fleet, as far as the caller may see it. */
  async listServices(
    query: ServiceListQuery = {},
    options?: { signal?: AbortSignal },
  ): Promise<ServiceList> {
    return await this.#get(`v1/services${queryOf(query)}`, options?.signal);
  }

  /** One service by its place in a cluster. */
  async getService(
    service: ServiceRef,
    options?: { signal?: AbortSignal },
  ): Promise<ServiceStatus> {
    return await this.#get(
      path('v1', 'services', service.cluster, service.namespace, service.name),
      options?.signal,
    );
  }

  /** The manifest of a service as its cluster has it, and what the lints say about it. */
  async getManifest(
    service: ServiceRef,
    options?: { signal?: AbortSignal },
  ): Promise<ServiceManifest> {
    const { cluster, namespace, name } = service;
    return await this.#get(
      path('v1', 'services', cluster, namespace, name, 'manifest'),
      options?.signal,
    );
  }

  /** What was measured of a service, from a time on (ISO); as far as it is kept where absent. */
  async getMetrics(
    service: ServiceRef,
    window: { from?: string } = {},
    options?: { signal?: AbortSignal },
  ): Promise<ServiceMetrics> {
    const { cluster, namespace, name } = service;
    const base = path('v1', 'services', cluster, namespace, name, 'metrics');
    return await this.#get(`${base}${queryOf(window)}`, options?.signal);
  }

  /** What a service did over a window of time; the last day where no window is given (ISO times). */
  async getTimeline(
    service: ServiceRef,
    window: { from?: string; until?: string } = {},
    options?: { signal?: AbortSignal },
  ): Promise<Timeline> {
    const { cluster, namespace, name } = service;
    const base = path('v1', 'services', cluster, namespace, name, 'timeline');
    return await this.#get(`${base}${queryOf(window)}`, options?.signal);
  }

  /** The latest changes of verdict of everything the caller may see, newest first. */
  async listTransitions(
    query: { from?: string; limit?: number } = {},
    options?: { signal?: AbortSignal },
  ): Promise<Transition[]> {
    const { items } = await this.#get<{ items: Transition[] }>(
      `v1/transitions${queryOf(query)}`,
      options?.signal,
    );
    return items;
  }

  /** How well each cluster can be watched. */
  async listClusters(options?: {
    signal?: AbortSignal;
  }): Promise<ClusterStatus[]> {
    const { items } = await this.#get<{ items: ClusterStatus[] }>(
      'v1/clusters',
      options?.signal,
    );
    return items;
  }

  /** What one cluster offers: GPUs, RDMA, networks, gateways. At most a minute old. */
  async getCapabilities(
    cluster: string,
    options?: { signal?: AbortSignal },
  ): Promise<ClusterCapabilities> {
    return await this.#get(
      path('v1', 'clusters', cluster, 'capabilities'),
      options?.signal,
    );
  }

  /** Judges manifests; a dry run asks the cluster too, and creates nothing. */
  async validateManifests(
    request: ValidateRequest,
    options?: { signal?: AbortSignal },
  ): Promise<ValidateResponse> {
    const response = await this.#request(
      'v1/manifests/validate',
      options?.signal,
      { accept: 'application/json', 'content-type': 'application/json' },
      JSON.stringify(request),
    );
    return (await response.json()) as ValidateResponse;
  }

  /**
   * The log of one container as text, as it arrives. With `follow` it goes on until the signal is aborted.
   */
  async *podLog(
    service: ServiceRef,
    pod: string,
    query: PodLogQuery,
    options: { signal: AbortSignal },
  ): AsyncGenerator<string> {
    const { cluster, namespace, name } = service;
    const base = path('v1', 'services', cluster, namespace, name, 'pods', pod);
    const response = await this.#request(
      `${base}/log${queryOf(query)}`,
      options.signal,
      { accept: 'text/plain' },
    );
    if (!response.body) return;
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        yield decoder.decode(value, { stream: true });
      }
    } finally {
      await reader.cancel().catch(() => undefined);
    }
  }

  /** The profiles that the platform team offers. */
  async listProfiles(options?: {
    signal?: AbortSignal;
  }): Promise<OfferedProfile[]> {
    const { items } = await this.#get<{ items: OfferedProfile[] }>(
      'v1/profiles',
      options?.signal,
    );
    return items;
  }

  /** The numbers of a model, given as `hf://owner/name`, from its configuration at the hub. */
  async getModelArchitecture(
    uri: string,
    options?: { signal?: AbortSignal },
  ): Promise<ModelArchitecture> {
    const { architecture } = await this.#get<{
      architecture: ModelArchitecture;
    }>(`v1/models/architecture${queryOf({ uri })}`, options?.signal);
    return architecture;
  }

  /**
   * Listens to the live stream until it ends, is aborted or fails. Reconnecting is the caller's part: pass
   * the id of the last event seen as `lastEventId` and nothing is missed.
   */
  async *stream(
    subscription: StreamSubscription,
  ): AsyncGenerator<StreamEvent & { id?: string }> {
    const parameters = new URLSearchParams();
    for (const ref of subscription.entityRefs ?? []) {
      parameters.append('entityRef', ref);
    }
    if (subscription.fleet) parameters.set('fleet', 'true');
    const response = await this.#request(
      `v1/stream?${parameters}`,
      subscription.signal,
      {
        accept: 'text/event-stream',
        ...(subscription.lastEventId
          ? { 'last-event-id': subscription.lastEventId }
          : {}),
      },
    );
    if (!response.body) return;
    for await (const message of readServerSentEvents(response.body)) {
      yield {
        type: message.event,
        data: JSON.parse(message.data),
        id: message.id,
      } as StreamEvent & { id?: string };
    }
  }

  /** Sends one long prompt through a service and tells whether KV cache moved; takes up to two minutes. */
  async verifyPd(
    service: ServiceRef,
    options?: { signal?: AbortSignal },
  ): Promise<VerifyPdResult> {
    const { cluster, namespace, name } = service;
    const response = await this.#request(
      path('v1', 'services', cluster, namespace, name, 'verify-pd'),
      options?.signal,
      { accept: 'application/json', 'content-type': 'application/json' },
      '{}',
    );
    return (await response.json()) as VerifyPdResult;
  }

  async #get<T>(relativePath: string, signal?: AbortSignal): Promise<T> {
    const response = await this.#request(relativePath, signal, {
      accept: 'application/json',
    });
    return (await response.json()) as T;
  }

  async #request(
    relativePath: string,
    signal: AbortSignal | undefined,
    headers: Record<string, string>,
    body?: string,
  ): Promise<Response> {
    const baseUrl = await this.#getBaseUrl();
    const response = await this.#fetch(`${baseUrl}/${relativePath}`, {
      headers,
      signal,
      ...(body === undefined ? {} : { method: 'POST', body }),
    });
    if (!response.ok) {
      throw new LlmInferenceResponseError(
        response.status,
        await errorMessage(response),
      );
    }
    return response;
  }
}

/** A query string; fields without a value are left out, lists are repeated. */
function queryOf(query: object): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined) parameters.append(key, String(item));
    }
  }
  return parameters.size > 0 ? `?${parameters}` : '';
}

function path(...segments: string[]): string {
  return segments.map(encodeURIComponent).join('/');
}

/** Splits a full entity reference; `common` stays free of the catalog model for this one rule. */
function splitEntityRef(entityRef: string) {
  const match = /^([^:/]+):([^:/]+)\/([^:/]+)$/.exec(entityRef);
  if (!match) {
    throw new TypeError(
      `'${entityRef}' is not a full entity reference; expected kind:namespace/name`,
    );
  }
  return { kind: match[1], namespace: match[2], name: match[3] };
}

/** The message of Backstage's error body, or the status where the body is something else. */
async function errorMessage(response: Response): Promise<string> {
  const fallback = `The server answered ${response.status} ${response.statusText}`;
  try {
    const body = await response.json();
    const message = body?.error?.message;
    return typeof message === 'string' ? message : fallback;
  } catch {
    return fallback;
  }
}
