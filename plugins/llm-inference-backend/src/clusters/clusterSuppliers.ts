import type {
  AuthService,
  DiscoveryService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import type {
  ClusterSupplier,
  SuppliedCluster,
} from 'backstage-plugin-llm-inference-node';
import { z } from 'zod/v4';
import { configuredClusters, routeOf } from './configuredClusters';
import type { ProxiedCluster } from './configuredClusters';
import { proxiedCluster } from './proxiedCluster';

interface SupplierServices {
  auth: AuthService;
  config: RootConfigService;
  discovery: DiscoveryService;
}

/** Locators whose clusters only the Kubernetes plugin can name. */
const NAMED_BY_KUBERNETES_PLUGIN = ['catalog', 'gke'];

const clusterList = z.object({
  items: z.array(
    z.object({
      name: z.string(),
      title: z.string().optional(),
      authProvider: z.string().optional(),
    }),
  ),
});

/**
 * The suppliers of the clusters that the portal knows. A setting that cannot be used throws here, at the
 * start.
 */
export function clusterSuppliers(
  services: SupplierServices,
): ClusterSupplier[] {
  const configured = configuredClusters(services.config);
  const suppliers: ClusterSupplier[] = [
    {
      getClusters: () =>
        Promise.all(configured.map(cluster => reach(cluster, services))),
    },
  ];
  const types = (
    services.config.getOptionalConfigArray(
      'kubernetes.clusterLocatorMethods',
    ) ?? []
  ).map(method => method.getString('type'));
  if (types.some(type => NAMED_BY_KUBERNETES_PLUGIN.includes(type))) {
    suppliers.push(kubernetesPluginSupplier(services));
  }
  return suppliers;
}

/** Asks the Kubernetes plugin for its clusters: those of the catalog and of GKE are known only to it. */
function kubernetesPluginSupplier(services: SupplierServices): ClusterSupplier {
  return {
    async getClusters() {
      const { token } = await services.auth.getPluginRequestToken({
        onBehalfOf: await services.auth.getOwnServiceCredentials(),
        targetPluginId: 'kubernetes',
      });
      const baseUrl = await services.discovery.getBaseUrl('kubernetes');
      const response = await fetch(`${baseUrl}/clusters`, {
        headers: { authorization: `Bearer ${token}` },
        signal: AbortSignal.timeout(15_000),
      });
      if (!response.ok) throw await ResponseError.fromResponse(response);
      const { items } = clusterList.parse(await response.json());
      return await Promise.all(
        items.map(async ({ name, title, authProvider }) => {
          const cluster = { name, ...(title ? { title } : {}) };
          const route = routeOf(cluster, authProvider);
          // Its token is not handed out; through the proxy the plugin uses it for us.
          return await reach(route ?? { ...cluster, proxied: true }, services);
        }),
      );
    },
  };
}

async function reach(
  cluster: SuppliedCluster | ProxiedCluster,
  services: SupplierServices,
): Promise<SuppliedCluster> {
  if (!('proxied' in cluster)) return cluster;
  const { name, title } = cluster;
  return await proxiedCluster({ name, ...(title ? { title } : {}) }, services);
}
