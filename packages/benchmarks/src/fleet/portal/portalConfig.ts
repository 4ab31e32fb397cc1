import type { JsonObject } from '@backstage/types';
import { TOKEN } from '../fleetPlan';
import type { FleetService } from '../FleetSize';

/** What a portal is started with. */
export interface PortalInput {
  plugin: 'ours' | 'peer';
  /** URL of the API by name of the cluster. */
  clusters: Record<string, string>;
  /** What the catalog knows. */
  services: readonly FleetService[];
  /** Seconds between two looks at the metrics of a service; they are off where absent. */
  scrapeSeconds?: number;
  /** Connection to a PostgreSQL server; SQLite in memory where absent. */
  database?: JsonObject;
  /** Whether our module makes the entities, and no file: it waits until it is asked for a round. */
  catalogues?: boolean;
}

/** Configuration of a portal as in production: users, permissions, a catalog, and clusters. */
export function portalConfig(input: PortalInput, port: number): JsonObject {
  const url = `http://127.0.0.1:${port}`;
  return {
    app: { baseUrl: url, title: 'Benchmark' },
    backend: {
      baseUrl: url,
      listen: { host: '127.0.0.1', port },
      database: input.database
        ? { client: 'pg', connection: input.database }
        : { client: 'better-sqlite3', connection: ':memory:' },
    },
    auth: {
      environment: 'development',
      providers: { guest: { dangerouslyAllowOutsideDevelopment: true } },
    },
    permission: { enabled: true },
    catalog: {
      rules: [{ allow: ['Component', 'API', 'Resource'] }],
      providers: {
        llmInference: {
          schedule: {
            frequency: { hours: 24 },
            timeout: { minutes: 30 },
            initialDelay: { hours: 24 },
            scope: 'local',
          },
        },
      },
      // What is in the catalog stays as it is for the time of a measurement.
      processingInterval: { hours: 24 },
    },
    // The clusters are withheld at first.
    llmInference: {
      watch: { startupSeconds: 0 },
      ...(input.scrapeSeconds
        ? {
            metrics: {
              intervalSeconds: input.scrapeSeconds,
              sources: [{ type: 'podProxy', concurrency: 8 }],
            },
          }
        : {}),
    },
    events: { useEventBus: 'never' },
    kubernetes: {
      serviceLocatorMethod: { type: 'multiTenant' },
      // The Kubernetes plugin shows what KServe made, and the service itself where it is told of the kind.
      customResources: [
        {
          group: 'serving.kserve.io',
          apiVersion: 'v1alpha2',
          plural: 'llminferenceservices',
        },
      ],
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters:
            input.plugin === 'peer'
              ? Object.entries(input.clusters).map(([name, clusterUrl]) => ({
                  name,
                  url: clusterUrl,
                  authProvider: 'serviceAccount',
                  serviceAccountToken: TOKEN,
                  skipTLSVerify: true,
                }))
              : [],
        },
      ],
    },
  };
}
