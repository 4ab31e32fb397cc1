import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { KubernetesObject } from 'backstage-plugin-llm-inference-common';

/** How a fake cluster misbehaves; decided per request. */
export type Fault =
  | { answer: number; message?: string; headers?: Record<string, string> }
  | 'hang'
  | 'drop'
  | { body: string };

/** A request as the fake cluster has seen it. */
export interface SeenRequest {
  path: string;
  query: URLSearchParams;
  authorization?: string;
}

interface Change {
  version: number;
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  path: string;
  object: KubernetesObject;
}

interface OpenWatch {
  collection: string;
  selector: string | null;
  response: ServerResponse;
}

/** Paths of collections by kind; objects of other kinds cannot be put. */
const COLLECTIONS: Record<string, string> = {
  LLMInferenceService: '/apis/serving.kserve.io/v1alpha2/llminferenceservices',
  LLMInferenceServiceConfig:
    '/apis/serving.kserve.io/v1alpha2/llminferenceserviceconfigs',
  Pod: '/api/v1/pods',
  Event: '/api/v1/events',
  Deployment: '/apis/apps/v1/deployments',
  ReplicaSet: '/apis/apps/v1/replicasets',
  LeaderWorkerSet: '/apis/leaderworkerset.x-k8s.io/v1/leaderworkersets',
  InferencePool: '/apis/inference.networking.k8s.io/v1/inferencepools',
  HTTPRoute: '/apis/gateway.networking.k8s.io/v1/httproutes',
  Gateway: '/apis/gateway.networking.k8s.io/v1/gateways',
  HorizontalPodAutoscaler: '/apis/autoscaling/v2/horizontalpodautoscalers',
  Node: '/api/v1/nodes',
  Application: '/apis/argoproj.io/v1alpha1/applications',
  Kustomization: '/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations',
  HelmRelease: '/apis/helm.toolkit.fluxcd.io/v2/helmreleases',
  GitRepository: '/apis/source.toolkit.fluxcd.io/v1/gitrepositories',
};

/**
 * A small Kubernetes API on a loopback port that speaks list and watch, and misbehaves on request. It
 * holds whole objects and knows nothing of KServe.
 */
export class FakeKubernetes {
  readonly requests: SeenRequest[] = [];
  /** Asked before every request; answers the fault to play, if any. */
  fault: (request: SeenRequest) => Fault | undefined = () => undefined;
  /** Collections (by kind) that are not served. */
  readonly notServed = new Set<string>();
  /** Answers to paths that are no collections. */
  readonly documents = new Map<string, string>();
  readonly #objects = new Map<string, KubernetesObject>();
  readonly #log: Change[] = [];
  readonly #watches = new Set<OpenWatch>();
  readonly #sockets = new Set<Socket>();
  #server?: Server;
  #port = 0;
  #version = 1;
  #oldest = 0;

  static async start(): Promise<FakeKubernetes> {
    const cluster = new FakeKubernetes();
    await cluster.listen();
    return cluster;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Watches that are open now. */
  get openWatches(): number {
    return this.#watches.size;
  }

  /** Connections that are open now. */
  get openConnections(): number {
    return this.#sockets.size;
  }

  /** Begins to listen, on the same port after a restart. */
  async listen(): Promise<void> {
    const server = createServer((request, response) =>
      this.#handle(request, response),
    );
    server.on('connection', socket => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    await new Promise<void>(resolve =>
      server.listen(this.#port, '127.0.0.1', resolve),
    );
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** Refuses connections and cuts those that are open; what it holds stays. */
  async stop(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    this.#server = undefined;
    const closed = new Promise(resolve => server.close(resolve));
    server.closeAllConnections();
    await closed;
    this.#watches.clear();
  }

  /** Cuts every open watch without a word. */
  cutWatches(): void {
    for (const { response } of this.#watches) response.destroy();
    this.#watches.clear();
  }

  /** Leaves the connections of all open watches standing, and never says anything on them again. */
  muteWatches(): void {
    this.#watches.clear();
  }

  /** Forgets the past: a watch from before now is answered with 410. */
  compact(): void {
    this.#version += 1;
    this.#oldest = this.#version;
  }

  /** Sends a line of a watch as it is. */
  sendRaw(kind: string, line: string): void {
    for (const watch of this.#watches) {
      if (watch.collection.startsWith(`${COLLECTIONS[kind]}|`)) {
        watch.response.write(`${line}\n`);
      }
    }
  }

  /** Creates or replaces objects. */
  put(...objects: KubernetesObject[]): void {
    for (const object of objects) {
      const path = pathOf(object);
      this.#version += 1;
      const stored = {
        ...object,
        metadata: {
          ...object.metadata,
          resourceVersion: String(this.#version),
        },
      };
      const type = this.#objects.has(path) ? 'MODIFIED' : 'ADDED';
      this.#objects.set(path, stored);
      this.#publish({ version: this.#version, type, path, object: stored });
    }
  }

  /** Deletes an object. */
  delete(object: KubernetesObject): void {
    const path = pathOf(object);
    const stored = this.#objects.get(path);
    if (!stored) return;
    this.#version += 1;
    this.#objects.delete(path);
    this.#publish({
      version: this.#version,
      type: 'DELETED',
      path,
      object: {
        ...stored,
        metadata: {
          ...stored.metadata,
          resourceVersion: String(this.#version),
        },
      },
    });
  }

  #publish(change: Change): void {
    this.#log.push(change);
    for (const watch of this.#watches) this.#tell(watch, change);
  }

  #tell(watch: OpenWatch, { type, object, path }: Change): void {
    if (path.startsWith(watch.collection) && selected(object, watch.selector)) {
      watch.response.write(`${JSON.stringify({ type, object })}\n`);
    }
  }

  #handle(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', this.url);
    const seen: SeenRequest = {
      path: url.pathname,
      query: url.searchParams,
      authorization: request.headers.authorization,
    };
    this.requests.push(seen);
    const fault = this.fault(seen);
    if (fault) {
      misbehave(fault, response);
      return;
    }
    const document = this.documents.get(url.pathname);
    if (document !== undefined) {
      response.end(document);
      return;
    }
    const scoped = /^(.*)\/namespaces\/([^/]+)(\/[^/]+)$/.exec(url.pathname);
    const pathname = scoped ? `${scoped[1]}${scoped[3]}` : url.pathname;
    const entry = Object.entries(COLLECTIONS).find(
      ([, path]) => path === pathname,
    );
    if (!entry || this.notServed.has(entry[0])) {
      fail(response, 404, 'the server could not find the requested resource');
      return;
    }
    const kind = entry[0];
    const collection = scoped ? `${entry[1]}|${scoped[2]}/` : `${entry[1]}|`;
    if (url.searchParams.get('watch') === 'true') {
      this.#watch(collection, url.searchParams, response);
    } else {
      this.#list(kind, collection, url.searchParams, response);
    }
  }

  #list(
    kind: string,
    collection: string,
    query: URLSearchParams,
    response: ServerResponse,
  ): void {
    const all = [...this.#objects]
      .filter(([path]) => path.startsWith(collection))
      .map(([, object]) => object)
      .filter(object => selected(object, query.get('labelSelector')));
    const start = Number(query.get('continue') ?? 0);
    const end = start + Number(query.get('limit') ?? all.length);
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        kind: `${kind}List`,
        apiVersion: collection
          .replace(/^\/apis?\//, '')
          .replace(/\/[^/]*$/, ''),
        metadata: {
          resourceVersion: String(this.#version),
          ...(end < all.length ? { continue: String(end) } : {}),
        },
        items: all
          .slice(start, end)
          .map(({ kind: _kind, apiVersion: _version, ...item }) => item),
      }),
    );
  }

  #watch(
    collection: string,
    query: URLSearchParams,
    response: ServerResponse,
  ): void {
    const since = Number(query.get('resourceVersion'));
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    if (since < this.#oldest) {
      response.end(
        `${JSON.stringify({
          type: 'ERROR',
          object: { kind: 'Status', code: 410, message: 'too old' },
        })}\n`,
      );
      return;
    }
    const watch: OpenWatch = {
      collection,
      selector: query.get('labelSelector'),
      response,
    };
    this.#watches.add(watch);
    for (const change of this.#log) {
      if (change.version > since) this.#tell(watch, change);
    }
    const end = setTimeout(() => {
      if (!this.#watches.has(watch)) return;
      response.end(
        `${JSON.stringify({
          type: 'BOOKMARK',
          object: { metadata: { resourceVersion: String(this.#version) } },
        })}\n`,
      );
    }, Number(query.get('timeoutSeconds') ?? 60) * 1000);
    end.unref();
    response.once('close', () => {
      clearTimeout(end);
      this.#watches.delete(watch);
    });
  }
}

function misbehave(fault: Fault, response: ServerResponse): void {
  if (fault === 'hang') return;
  if (fault === 'drop') {
    response.destroy();
  } else if ('body' in fault) {
    response.end(fault.body);
  } else {
    for (const [name, value] of Object.entries(fault.headers ?? {})) {
      response.setHeader(name, value);
    }
    fail(response, fault.answer, fault.message ?? 'not today');
  }
}

function fail(response: ServerResponse, code: number, message: string): void {
  response.statusCode = code;
  response.setHeader('content-type', 'application/json');
  response.end(
    JSON.stringify({ kind: 'Status', status: 'Failure', code, message }),
  );
}

function pathOf({ kind, metadata }: KubernetesObject): string {
  const collection = COLLECTIONS[kind ?? ''];
  if (!collection) throw new Error(`No collection for kind ${kind}`);
  return `${collection}|${metadata?.namespace}/${metadata?.name}`;
}

function selected(object: KubernetesObject, selector: string | null): boolean {
  return (selector ?? '')
    .split(',')
    .filter(Boolean)
    .every(term => {
      const [name, value] = term.split('=');
      return object.metadata?.labels?.[name] === value;
    });
}
