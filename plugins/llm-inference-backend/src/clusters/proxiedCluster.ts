import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import type { WatchableCluster } from 'backstage-plugin-llm-inference-node';

/** A plugin token lives an hour; a new one is asked for well before. */
const TOKEN_LIFETIME_MS = 10 * 60_000;

/** A cluster that is watched through the Kubernetes plugin's proxy, which holds the cloud's credentials. */
export async function proxiedCluster(
  cluster: { name: string; title?: string },
  services: { auth: AuthService; discovery: DiscoveryService },
): Promise<WatchableCluster> {
  const baseUrl = await services.discovery.getBaseUrl('kubernetes');
  return {
    ...cluster,
    url: `${baseUrl}/proxy`,
    headers: { 'Backstage-Kubernetes-Cluster': cluster.name },
    credential: {
      async read() {
        const { token } = await services.auth.getPluginRequestToken({
          onBehalfOf: await services.auth.getOwnServiceCredentials(),
          targetPluginId: 'kubernetes',
        });
        return {
          type: 'bearer',
          token,
          expiresAt: Date.now() + TOKEN_LIFETIME_MS,
        };
      },
    },
  };
}
