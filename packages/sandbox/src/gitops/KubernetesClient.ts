/** Any Kubernetes object that has a name. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
  };
  [field: string]: unknown;
}

/** Names one object of a cluster. */
export interface ObjectReference {
  apiVersion: string;
  kind: string;
  namespace?: string;
  name: string;
}

/** An answer of an API server that is not success, with the server's own message. */
export class KubernetesError extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
    this.name = 'KubernetesError';
  }
}

/** Where an API server is and how to enter. */
export interface ClusterAddress {
  name: string;
  /** Base URL without a trailing slash. */
  url: string;
  /** Bearer token. */
  token?: string;
  /** In whose words the cluster tells what becomes of its services; Argo CD's where absent. */
  controller?: 'argo-cd' | 'flux';
}

interface ApiResource {
  name: string;
  kind: string;
  namespaced: boolean;
}

const FIELD_MANAGER = 'gitops-sync';
const REQUEST_TIMEOUT_MS = 10_000;

/** The few calls a GitOps controller makes, for objects of any kind. */
export class KubernetesClient {
  readonly #address: ClusterAddress;
  readonly #signal: AbortSignal;
  readonly #resources = new Map<string, Promise<ApiResource[]>>();

  /** `signal` ends whatever is under way. */
  constructor(address: ClusterAddress, signal: AbortSignal) {
    this.#address = address;
    this.#signal = signal;
  }

  /** Creates the object or makes the fields it names so (server-side apply, forced). */
  async apply(object: KubernetesObject): Promise<void> {
    const path = await this.#pathOf(referenceOf(object));
    await this.#call(
      'PATCH',
      `${path}?fieldManager=${FIELD_MANAGER}&force=true`,
      object,
    );
  }

  /** Makes the fields that it names of an object's status so. */
  async applyStatus(object: KubernetesObject): Promise<void> {
    const path = await this.#pathOf(referenceOf(object));
    await this.#call(
      'PATCH',
      `${path}/status?fieldManager=${FIELD_MANAGER}&force=true`,
      object,
    );
  }

  /** Deletes the object and, in the background, what it owns. An absent one is fine. */
  async remove(reference: ObjectReference): Promise<void> {
    try {
      await this.#call('DELETE', await this.#pathOf(reference), {
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        propagationPolicy: 'Background',
      });
    } catch (error) {
      if (!isNotFound(error)) {
        throw error;
      }
    }
  }

  /** Whether the cluster has the object. */
  async has(reference: ObjectReference): Promise<boolean> {
    try {
      await this.#call('GET', await this.#pathOf(reference));
      return true;
    } catch (error) {
      if (isNotFound(error)) {
        return false;
      }
      throw error;
    }
  }

  /** The items of a collection, by its path and query. */
  async list(path: string): Promise<KubernetesObject[]> {
    const list = (await this.#call('GET', path)) as {
      items: KubernetesObject[];
    };
    return list.items;
  }

  async #pathOf(reference: ObjectReference): Promise<string> {
    const { apiVersion, kind, name } = reference;
    const base = apiVersion.includes('/')
      ? `/apis/${apiVersion}`
      : `/api/${apiVersion}`;
    const resource = (await this.#resourcesAt(base)).find(
      each => each.kind === kind && !each.name.includes('/'),
    );
    if (!resource) {
      throw new KubernetesError(
        404,
        `the server has no resource of kind ${kind} in ${apiVersion}`,
      );
    }
    const namespace = resource.namespaced
      ? `/namespaces/${encodeURIComponent(reference.namespace ?? 'default')}`
      : '';
    return `${base}${namespace}/${resource.name}/${encodeURIComponent(name)}`;
  }

  #resourcesAt(base: string): Promise<ApiResource[]> {
    const known =
      this.#resources.get(base) ??
      this.#call('GET', base).then(
        answer => (answer as { resources: ApiResource[] }).resources,
      );
    this.#resources.set(base, known);
    return known;
  }

  async #call(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.#address.url}${path}`, {
      method,
      body: body && JSON.stringify(body),
      headers: {
        accept: 'application/json',
        // JSON is YAML; the API server takes applied objects under this name only.
        'content-type':
          method === 'PATCH'
            ? 'application/apply-patch+yaml'
            : 'application/json',
        ...(this.#address.token && {
          authorization: `Bearer ${this.#address.token}`,
        }),
      },
      signal: AbortSignal.any([
        this.#signal,
        AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      ]),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new KubernetesError(response.status, messageOf(text));
    }
    return JSON.parse(text);
  }
}

/** The reference of an object. */
export function referenceOf(object: KubernetesObject): ObjectReference {
  const { apiVersion, kind, metadata } = object;
  return {
    apiVersion,
    kind,
    ...(metadata.namespace && { namespace: metadata.namespace }),
    name: metadata.name,
  };
}

function isNotFound(error: unknown): boolean {
  return error instanceof KubernetesError && error.status === 404;
}

function messageOf(text: string): string {
  try {
    return String((JSON.parse(text) as { message?: unknown }).message);
  } catch {
    return text.slice(0, 500);
  }
}
