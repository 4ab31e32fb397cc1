import { createBackendModule } from '@backstage/backend-plugin-api';
import { llmInferenceClustersExtensionPoint } from 'backstage-plugin-llm-inference-node';
import { TOKEN } from '../fleetPlan';

/**
 * Names the clusters to our plugin and withholds their credentials until the gate opens, so that a portal
 * can be measured before and after it has read them.
 */
export function watchedClusters(
  clusters: Record<string, string>,
  gate: Promise<void>,
) {
  return createBackendModule({
    pluginId: 'llm-inference',
    moduleId: 'benchmark-clusters',
    register(env) {
      env.registerInit({
        deps: { extension: llmInferenceClustersExtensionPoint },
        async init({ extension }) {
          extension.addClusterSupplier({
            getClusters: async () =>
              Object.entries(clusters).map(([name, url]) => ({
                name,
                url,
                credential: {
                  async read() {
                    await gate;
                    return { type: 'bearer' as const, token: TOKEN };
                  },
                },
              })),
          });
        },
      });
    },
  });
}
