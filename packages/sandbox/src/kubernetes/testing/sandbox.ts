import { createClusterStore } from '../../cluster/createClusterStore';
import { MemoryClusterStore } from '../../cluster/MemoryClusterStore';
import {
  createKubernetesApi,
  KubernetesApi,
  KubernetesApiOptions,
  ServedCluster,
} from '../createKubernetesApi';
import { ApiClient } from './ApiClient';

/** A served cluster for tests of what only the sandbox has. */
export interface TestCluster {
  store: MemoryClusterStore;
  cluster: ServedCluster;
  client: ApiClient;
  /** A client with a bearer token, or with none. */
  as(token?: string): ApiClient;
}

/** Serves a cluster for the tests of a file. */
export function useCluster(
  options: Omit<KubernetesApiOptions, 'stores'> = {},
): TestCluster {
  const store = createClusterStore('test');
  const clients: ApiClient[] = [];
  const test = { store } as TestCluster;
  test.as = token => {
    const client = new ApiClient({
      server: test.cluster.url,
      insecure: false,
      token,
    });
    clients.push(client);
    return client;
  };
  let api: KubernetesApi | undefined;

  beforeAll(async () => {
    api = await createKubernetesApi({ ...options, stores: [store] });
    test.cluster = api.clusters[0];
    test.client = test.as();
  });

  afterAll(async () => {
    await Promise.all(clients.map(client => client.close()));
    await api?.close();
  });

  return test;
}
