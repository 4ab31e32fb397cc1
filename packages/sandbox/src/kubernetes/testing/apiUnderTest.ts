import { createClusterStore } from '../../cluster/createClusterStore';
import { createKubernetesApi, KubernetesApi } from '../createKubernetesApi';
import { ApiClient } from './ApiClient';
import { readKubeconfig } from './kubeconfig';

/** The API server of the contract suite and the namespace that the suite has for itself. */
export interface ApiUnderTest {
  client: ApiClient;
  namespace: string;
  /** Path of a collection of core kinds in the namespace. */
  core(plural: string): string;
  /** Path of a collection of another group in the namespace. */
  group(groupVersion: string, plural: string): string;
}

/**
 * Gives the suite of a file its API server: the sandbox, or the one of the kubeconfig that KUBECONFIG_UNDER_TEST
 * names. Makes a namespace before and removes it after.
 */
export function useApiUnderTest(): ApiUnderTest {
  const kubeconfig = process.env.KUBECONFIG_UNDER_TEST;
  const namespace = `contract-${Math.random().toString(36).slice(2, 8)}`;
  let sandbox: KubernetesApi | undefined;
  const api = {
    namespace,
    core: (plural: string) => `/api/v1/namespaces/${namespace}/${plural}`,
    group: (groupVersion: string, plural: string) =>
      `/apis/${groupVersion}/namespaces/${namespace}/${plural}`,
  } as ApiUnderTest;

  beforeAll(async () => {
    if (kubeconfig) {
      api.client = new ApiClient(readKubeconfig(kubeconfig));
    } else {
      sandbox = await createKubernetesApi({
        stores: [createClusterStore('under-test')],
        bookmarkIntervalMs: 200,
      });
      api.client = new ApiClient({
        server: sandbox.clusters[0].url,
        insecure: false,
      });
    }
    const { status, text } = await api.client.post('/api/v1/namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace },
    });
    if (status !== 201) {
      throw new Error(`No namespace for the suite: ${text}`);
    }
  });

  afterAll(async () => {
    await api.client?.delete(`/api/v1/namespaces/${namespace}`);
    await api.client?.close();
    await sandbox?.close();
  });

  return api;
}

/** A ConfigMap: the smallest object there is. */
export function configMap(name: string, extra: object = {}) {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, ...extra };
}

/** Asks again until the answer fits. @throws after 60 seconds */
export async function eventually<T>(
  ask: () => Promise<T>,
  fits: (answer: T) => boolean,
): Promise<T> {
  const until = Date.now() + 60_000;
  for (;;) {
    const answer = await ask();
    if (fits(answer)) {
      return answer;
    }
    if (Date.now() > until) {
      throw new Error(`It never came: ${JSON.stringify(answer)}`);
    }
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}
