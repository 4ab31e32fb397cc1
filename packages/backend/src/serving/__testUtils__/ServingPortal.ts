import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { JsonObject } from '@backstage/types';
import { LlmInferenceClient } from 'backstage-plugin-llm-inference-common';
import type {
  ClusterStatus,
  ServiceRef,
  StreamEvent,
} from 'backstage-plugin-llm-inference-common';
import llmInferencePlugin from 'backstage-plugin-llm-inference-backend';
import { eventually } from './eventually';
import type { KubernetesAdmin } from './KubernetesAdmin';

type Feature = NonNullable<
  Parameters<typeof startTestBackend>[0]['features']
>[number];

/** Intervals of the backend, short enough for a test and in the proportions of production. */
export const SHORT_INTERVALS = {
  lifetimeSeconds: 3,
  answerSeconds: 2,
  reprobeSeconds: 2,
};

/** What a portal is started with. */
export interface ServingPortalOptions {
  /** `kubernetes.clusterLocatorMethods[0].clusters`. */
  clusters: JsonObject[];
  llmInference?: JsonObject;
  /** Further configuration. */
  config?: JsonObject;
  entities?: Entity[];
  features?: Feature[];
  user?: string;
}

/** The real backend plugin over clusters of the sandbox, asked over HTTP by one user. */
export async function startServingPortal(options: ServingPortalOptions) {
  const backend = await startTestBackend({
    features: [
      llmInferencePlugin,
      catalogServiceMock.factory({ entities: options.entities ?? [] }),
      ...(options.features ?? []),
      mockServices.rootConfig.factory({
        data: {
          ...options.config,
          kubernetes: {
            serviceLocatorMethod: { type: 'multiTenant' },
            clusterLocatorMethods: [
              { type: 'config', clusters: options.clusters },
            ],
          },
          llmInference: { watch: SHORT_INTERVALS, ...options.llmInference },
        },
      }),
    ],
  });
  const url = `http://localhost:${backend.server.port()}`;
  const credentials = mockCredentials.user.header(
    options.user ?? 'user:default/ada',
  );
  const client = new LlmInferenceClient({
    getBaseUrl: async () => `${url}/api/llm-inference`,
    fetch: (input, init) =>
      fetch(input, {
        ...init,
        headers: { ...init?.headers, authorization: credentials },
      }),
  });

  /** Names of the engine pods by service of a cluster, with whether each is ready. */
  async function pods(cluster: string): Promise<Record<string, string[]>> {
    const { items } = await client.listServices({
      cluster: [cluster],
      limit: 200,
    });
    const found: Record<string, string[]> = {};
    for (const { service } of items) {
      const names = await podsOf(client, service);
      if (names.length > 0) {
        found[`${service.namespace}/${service.name}`] = names;
      }
    }
    return found;
  }

  return {
    backend,
    client,
    url,
    pods,

    /** Waits until the pods that a cluster has are shown: all of them, each once, as ready as they are. */
    async shows(cluster: string, admin: KubernetesAdmin): Promise<void> {
      await eventually(
        async () => [await admin.pods(), await pods(cluster)],
        ([there, seen]) =>
          Object.keys(there).length > 0 &&
          JSON.stringify(sorted(there)) === JSON.stringify(sorted(seen)),
      );
    },

    /** Listens to the fleet; what is heard is there as it comes. */
    listen() {
      const abort = new AbortController();
      const { signal } = abort;
      const heard: StreamEvent[] = [];
      const ended = (async () => {
        try {
          for await (const event of client.stream({ fleet: true, signal })) {
            heard.push(event);
          }
        } catch (error) {
          if (!signal.aborted) throw error;
        }
      })();
      // Told to whoever stops listening.
      ended.catch(() => undefined);
      return {
        heard,
        async stop() {
          abort.abort();
          await ended;
        },
      };
    },

    /** How a cluster can be watched. */
    async cluster(name: string): Promise<ClusterStatus | undefined> {
      const clusters = await client.listClusters();
      return clusters.find(cluster => cluster.name === name);
    },

    stop: () => backend.stop(),
  };
}

/** One who listens to the fleet. */
export type Listener = ReturnType<ServingPortal['listen']>;

/** A started portal. */
export type ServingPortal = Awaited<ReturnType<typeof startServingPortal>>;

async function podsOf(client: LlmInferenceClient, service: ServiceRef) {
  const { health } = await client.getService(service);
  return Object.values(health.pools)
    .flatMap(pool => pool.pods)
    .map(({ name, ready }) => `${name} ${ready ? 'ready' : 'not ready'}`)
    .sort();
}

function sorted(pods: Record<string, string[]>) {
  return Object.entries(pods).sort(([a], [b]) => (a < b ? -1 : 1));
}
