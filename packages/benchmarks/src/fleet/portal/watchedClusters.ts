import { createBackendModule } from '@backstage/backend-plugin-api';
import { llmInferenceClustersExtensionPoint } from 'backstage-plugin-llm-inference-node';
import { TOKEN } from '../fleetPlan';

/** Withholds the credentials of clusters until they may be watched. */
export class Gates {
  readonly #gates: Map<string, { open(): void; opened: Promise<void> }>;

  constructor(clusters: readonly string[]) {
    this.#gates = new Map(
      clusters.map(cluster => {
        let open = () => {};
        const opened = new Promise<void>(resolve => {
          open = resolve;
        });
        return [cluster, { open, opened }];
      }),
    );
  }

  /** Lets these clusters be watched, or all of them. */
  open(clusters: readonly string[] = [...this.#gates.keys()]): void {
    for (const cluster of clusters) this.#gates.get(cluster)?.open();
  }

  /** Resolves once a cluster may be watched. */
  async opened(cluster: string): Promise<void> {
    await this.#gates.get(cluster)?.opened;
  }
}

/**
 * Names the clusters to our plugin and withholds their credentials until their gates open, so that a portal
 * can be measured before and after it has read them.
 */
export function watchedClusters(
  clusters: Record<string, string>,
  gates: Gates,
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
                    await gates.opened(name);
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
