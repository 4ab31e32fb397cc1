import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KubeObject, ServedCluster } from 'sandbox';
import { SANDBOX_TOKEN } from 'sandbox';
import { parseAllDocuments } from 'yaml';

const RBAC = join(__dirname, '../../../../../docs/rbac');

const COLLECTIONS: Record<string, string> = {
  Namespace: '/api/v1/namespaces',
  Pod: '/api/v1/namespaces/{namespace}/pods',
  Secret: '/api/v1/namespaces/{namespace}/secrets',
  ServiceAccount: '/api/v1/namespaces/{namespace}/serviceaccounts',
  Event: '/api/v1/namespaces/{namespace}/events',
  ClusterRole: '/apis/rbac.authorization.k8s.io/v1/clusterroles',
  ClusterRoleBinding: '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings',
  LLMInferenceService:
    '/apis/serving.kserve.io/v1alpha2/namespaces/{namespace}/llminferenceservices',
};

/** The service account of the portal, as the manifests under docs name it. */
const PORTAL = { namespace: 'llm-inference', name: 'llm-inference-portal' };

/** The administrator of one cluster of the sandbox. */
export class KubernetesAdmin {
  readonly #url: string;

  constructor({ url }: Pick<ServedCluster, 'url'>) {
    this.#url = url;
  }

  /** Sends a request; rejects with the cluster's words where it is refused. */
  async request<T = unknown>(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<T> {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${SANDBOX_TOKEN}`,
        'content-type':
          method === 'PATCH'
            ? 'application/merge-patch+json'
            : 'application/json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as T & { message?: string };
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${answer.message}`);
    }
    return answer;
  }

  async list(path: string): Promise<KubeObject[]> {
    const { items } = await this.request<{ items: KubeObject[] }>('GET', path);
    return items;
  }

  async create(object: KubeObject): Promise<void> {
    await this.request('POST', collectionOf(object), object);
  }

  async delete(object: KubeObject): Promise<void> {
    await this.request(
      'DELETE',
      `${collectionOf(object)}/${object.metadata.name}`,
    );
  }

  async patch(object: KubeObject, change: object): Promise<void> {
    await this.request(
      'PATCH',
      `${collectionOf(object)}/${object.metadata.name}`,
      change,
    );
  }

  /** Gives the portal the rights of manifests that ship under docs. */
  async grant(...files: string[]): Promise<void> {
    for (const file of files) {
      for (const object of await manifests(file)) await this.create(object);
    }
  }

  /** A token of the portal's service account. */
  async portalToken(expirationSeconds: number): Promise<string> {
    const { namespace, name } = PORTAL;
    const { status } = await this.request<{ status: { token: string } }>(
      'POST',
      `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`,
      { spec: { expirationSeconds } },
    );
    return status.token;
  }

  /** Names of the engine pods by service, with whether each is ready. */
  async pods(): Promise<Record<string, string[]>> {
    const pods = await this.list(
      '/api/v1/pods?labelSelector=app.kubernetes.io/part-of=llminferenceservice',
    );
    const byService: Record<string, string[]> = {};
    for (const { metadata, status } of pods) {
      const labels = metadata.labels ?? {};
      const component = labels['app.kubernetes.io/component'] ?? '';
      if (!component.startsWith('llminferenceservice-workload')) continue;
      const key = `${metadata.namespace}/${labels['app.kubernetes.io/name']}`;
      byService[key] = [
        ...(byService[key] ?? []),
        `${metadata.name} ${isReady(status) ? 'ready' : 'not ready'}`,
      ].sort();
    }
    return byService;
  }
}

/** The objects of a manifest that ships under docs. */
export async function manifests(file: string): Promise<KubeObject[]> {
  const text = await readFile(join(RBAC, file), 'utf8');
  return parseAllDocuments(text).map(document => document.toJS());
}

function collectionOf({ kind, metadata }: KubeObject): string {
  return COLLECTIONS[kind].replace('{namespace}', metadata.namespace ?? '');
}

function isReady(status: unknown): boolean {
  const { conditions = [] } = (status ?? {}) as {
    conditions?: Array<{ type: string; status: string }>;
  };
  return conditions.some(
    ({ type, status: value }) => type === 'Ready' && value === 'True',
  );
}
