import { stringify } from 'yaml';
import { MemoryClusterStore } from '../cluster/MemoryClusterStore';
import { Subject } from './ApiContext';
import { ClusterServer, ServerTraffic } from './ClusterServer';
import { ClusterFaults } from './faults/ClusterFaults';
import { PodLogSource, PodProxy } from './pods/PodSources';
import { loadCrdSchemas } from './validation/loadCrdSchemas';

/** What a set of clusters is served with. */
export interface KubernetesApiOptions {
  stores: MemoryClusterStore[];
  /** Port by cluster; any free one where nothing is given. */
  ports?: Record<string, number>;
  /**
   * Who the bearer tokens are. Given, callers are told apart and the Role objects of the cluster are enforced;
   * without, everybody is an administrator.
   */
  tokens?: Record<string, Subject>;
  /** Logs of containers by cluster, for pods/log. */
  logs?: Record<string, PodLogSource>;
  /** What pods answer through pods/proxy, by cluster. */
  proxies?: Record<string, PodProxy>;
  /**
   * Folder of CustomResourceDefinition files; custom resources are validated against them. Where nothing is given,
   * the environment's KSERVE_CRDS_DIR; without either, custom resources are taken as they come.
   */
  crdsDir?: string;
  /** Milliseconds between the bookmarks of a watch; a minute where nothing is given, as in a real API server. */
  bookmarkIntervalMs?: number;
}

/** One cluster that is being served. */
export interface ServedCluster {
  name: string;
  port: number;
  /** Base URL, without a slash at the end. */
  url: string;
  /** What is wrong with its API at the moment. */
  faults(): ClusterFaults;
  /** Replaces what is wrong with its API; `{}` heals it. */
  setFaults(faults: ClusterFaults): Promise<void>;
  /** Watches that are open now. */
  openWatches(): number;
  /** Lets all versions and continue tokens so far expire, once. */
  expireVersions(): void;
  /** Requests and bytes since the start; benchmarks compare two moments. */
  traffic(): ServerTraffic;
  /** A kubeconfig file for kubectl and client libraries. */
  kubeconfig(token?: string): string;
}

/** The API servers of the sandbox' clusters. */
export interface KubernetesApi {
  clusters: ServedCluster[];
  /** @throws where there is no such cluster */
  cluster(name: string): ServedCluster;
  /** Ends all servers and their connections. */
  close(): Promise<void>;
}

const BOOKMARK_INTERVAL_MS = 60_000;

/** Serves each cluster on its own port of 127.0.0.1. @throws where a port is taken */
export async function createKubernetesApi(
  options: KubernetesApiOptions,
): Promise<KubernetesApi> {
  const servers: ClusterServer[] = [];
  const close = async () => {
    await Promise.all(servers.map(server => server.close()));
  };
  const crdsDir = options.crdsDir ?? process.env.KSERVE_CRDS_DIR;
  const schemas = crdsDir ? loadCrdSchemas(crdsDir) : undefined;
  try {
    for (const store of options.stores) {
      const server = new ClusterServer(store, {
        tokens: options.tokens,
        logs: options.logs?.[store.name],
        proxy: options.proxies?.[store.name],
        schemas,
        bookmarkIntervalMs: options.bookmarkIntervalMs ?? BOOKMARK_INTERVAL_MS,
      });
      servers.push(server);
      await server.listen(options.ports?.[store.name] ?? 0);
    }
  } catch (error) {
    await close();
    throw error;
  }
  const clusters = servers.map(servedCluster);
  return {
    clusters,
    cluster: name => {
      const found = clusters.find(cluster => cluster.name === name);
      if (!found) {
        throw new Error(
          `There is no cluster ${name}; there are ${clusters
            .map(cluster => cluster.name)
            .join(', ')}`,
        );
      }
      return found;
    },
    close,
  };
}

function servedCluster(server: ClusterServer): ServedCluster {
  const { name } = server.context.store;
  const url = `http://127.0.0.1:${server.port}`;
  return {
    name,
    port: server.port,
    url,
    faults: () => server.context.faults,
    setFaults: faults => server.setFaults(faults),
    openWatches: () => server.context.watches.all().length,
    expireVersions: () => server.expireVersions(),
    traffic: () => server.traffic,
    kubeconfig: token => kubeconfig(name, url, token),
  };
}

function kubeconfig(name: string, server: string, token?: string): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    // client-node talks plain HTTP only where it is told not to verify.
    clusters: [{ name, cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name, user: token ? { token } : {} }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
  });
}
