import { MemoryClusterStore } from '../cluster/MemoryClusterStore';
import { ClusterServer } from './ClusterServer';

/** What a set of clusters is served with. */
export interface KubernetesApiOptions {
  stores: MemoryClusterStore[];
  /** Port by cluster name; any free one where nothing is given. */
  ports?: Record<string, number>;
}

/** One cluster that is being served. */
export interface ServedCluster {
  name: string;
  port: number;
  /** Base URL, without a slash at the end. */
  url: string;
}

/** The API servers of the sandbox' clusters. */
export interface KubernetesApi {
  clusters: ServedCluster[];
  /** Ends all servers and their connections. */
  close(): Promise<void>;
}

/** Serves each cluster on its own port of 127.0.0.1. @throws where a port is taken */
export async function createKubernetesApi(
  options: KubernetesApiOptions,
): Promise<KubernetesApi> {
  const servers: ClusterServer[] = [];
  const clusters: ServedCluster[] = [];
  for (const store of options.stores) {
    const server = new ClusterServer(store);
    await server.listen(options.ports?.[store.name] ?? 0);
    servers.push(server);
    clusters.push({
      name: store.name,
      port: server.port,
      url: `http://127.0.0.1:${server.port}`,
    });
  }
  return {
    clusters,
    close: async () => {
      await Promise.all(servers.map(server => server.close()));
    },
  };
}
