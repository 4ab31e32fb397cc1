import { setTimeout as delay } from 'node:timers/promises';
import {
  coreServices,
  createBackendModule,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import {
  catalogProcessingExtensionPoint,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EntityProviderConnection } from '@backstage/plugin-catalog-node';
import {
  eventsServiceFactory,
  eventsServiceRef,
} from '@backstage/plugin-events-node';
import type { EventsService } from '@backstage/plugin-events-node';
import { SERVICES_CHANGED_TOPIC } from 'backstage-plugin-llm-inference-node';
import type {
  ServiceFacts,
  ServicesChanged,
  ServicesPage,
} from 'backstage-plugin-llm-inference-node';
import Router from 'express-promise-router';
import type { Knex } from 'knex';
import catalogModuleLlmInference from '../index';

/** What the watched clusters have, as the `llm-inference` backend would tell it. */
export class Clusters {
  readonly services = new Map<string, ServiceFacts>();
  clusters: ServicesPage['clusters'] = [
    { name: 'gpu-east', complete: true },
    { name: 'gpu-west', complete: true },
  ];
  complete = true;

  put(...services: ServiceFacts[]): void {
    for (const service of services) {
      const { cluster, namespace, name } = service.service;
      this.services.set(`${cluster}/${namespace}/${name}`, service);
    }
  }

  page(after: string): ServicesPage {
    const rest = [...this.services].filter(([key]) => key > after).sort();
    const page = rest.slice(0, 500);
    return {
      items: page.map(([, service]) => service),
      ...(rest.length > 500 ? { next: page[499][0] } : {}),
      clusters: this.clusters,
      complete: this.complete,
    };
  }
}

/** Name of the provider of the Red Hat connector, which is its location key, too. */
const CONNECTOR = 'ModelCatalogResourceEntityProvider:development';

/** A catalog with our module, before a stand-in for the backend that speaks its HTTP and its events. */
export async function startCatalog(
  clusters: Clusters,
  options: { database?: Knex } = {},
) {
  let publish: EventsService['publish'] | undefined;
  let catalog: CatalogService | undefined;
  let round: (() => Promise<void>) | undefined;
  let files: EntityProviderConnection | undefined;
  let connector: EntityProviderConnection | undefined;

  const standIn = createBackendPlugin({
    pluginId: 'llm-inference',
    register({ registerInit }) {
      registerInit({
        deps: {
          catalog: catalogServiceRef,
          events: eventsServiceRef,
          httpAuth: coreServices.httpAuth,
          httpRouter: coreServices.httpRouter,
        },
        async init({ catalog: service, events, httpAuth, httpRouter }) {
          catalog = service;
          publish = params => events.publish(params);
          const router = Router();
          router.get('/v1/catalog/services', async (request, response) => {
            await httpAuth.credentials(request, { allow: ['service'] });
            response.json(clusters.page(String(request.query.after ?? '')));
          });
          httpRouter.use(router);
        },
      });
    },
  });
  const catalogFiles = createBackendModule({
    pluginId: 'catalog',
    moduleId: 'files',
    register({ registerInit }) {
      registerInit({
        deps: {
          processing: catalogProcessingExtensionPoint,
          scheduler: coreServices.scheduler,
        },
        async init({ processing, scheduler }) {
          round = () =>
            scheduler.triggerTask('LlmInferenceEntityProvider:round');
          processing.addEntityProvider({
            getProviderName: () => CONNECTOR,
            connect: async connection => {
              connector = connection;
            },
          });
          processing.addEntityProvider({
            getProviderName: () => 'files',
            connect: async connection => {
              files = connection;
            },
          });
        },
      });
    },
  });
  const backend = await startTestBackend({
    features: [
      catalogPlugin,
      catalogModuleLlmInference,
      catalogFiles,
      standIn,
      eventsServiceFactory,
      mockServices.scheduler.factory(),
      mockServices.rootConfig.factory({
        data: {
          events: { useEventBus: 'never' },
          catalog: {
            processingInterval: { seconds: 1 },
            providers: {
              llmInference: {
                schedule: {
                  frequency: { hours: 1 },
                  timeout: { minutes: 1 },
                },
                defaults: { owner: 'group:default/ml-platform' },
                rules: {
                  owner: [
                    { annotation: 'example.com/owner' },
                    { label: 'team' },
                  ],
                },
              },
            },
          },
        },
      }),
      ...(options.database
        ? [
            mockServices.database.mock({
              getClient: async () => options.database!,
            }).factory,
          ]
        : []),
    ],
  });
  const credentials = await mockServices.auth().getOwnServiceCredentials();

  return {
    /** Entities by reference. */
    async entities(): Promise<Record<string, Entity>> {
      const { items } = await catalog!.getEntities({}, { credentials });
      return Object.fromEntries(
        items.map(entity => [
          `${entity.kind.toLowerCase()}:${entity.metadata.name}`,
          entity,
        ]),
      );
    },
    /** Compares everything anew, as the schedule does now and then. */
    round: () => round!(),
    /** Tells of changes as the backend does. */
    tell: (changes: Partial<ServicesChanged>) =>
      publish!({
        topic: SERVICES_CHANGED_TOPIC,
        eventPayload: { changed: [], removed: [], ...changes },
      }),
    /** Puts entities into the catalog as files would. */
    file: (...entities: Entity[]) =>
      files!.applyMutation({
        type: 'full',
        entities: entities.map(entity => ({ entity, locationKey: 'file' })),
      }),
    /** Puts entities into the catalog as the Red Hat connector for model catalogs does. */
    connect: (...entities: Entity[]) =>
      connector!.applyMutation({
        type: 'full',
        entities: entities.map(entity => ({
          entity: {
            ...entity,
            metadata: {
              ...entity.metadata,
              annotations: {
                'backstage.io/managed-by-location': CONNECTOR,
                'backstage.io/managed-by-origin-location': CONNECTOR,
              },
            },
          },
          locationKey: CONNECTOR,
        })),
      }),
    stop: () => backend.stop(),
  };
}

/** Reads until the value is as wanted; after a minute fails with the last value. */
export async function eventually<T>(
  read: () => Promise<T>,
  wanted: (value: T) => boolean,
): Promise<T> {
  const giveUpAt = performance.now() + 60_000;
  for (;;) {
    const value = await read();
    if (wanted(value)) return value;
    if (performance.now() > giveUpAt) {
      throw new Error(`Not as wanted: ${JSON.stringify(value, null, 1)}`);
    }
    await delay(50);
  }
}

/** A healthy prefill/decode service. */
export function facts(
  cluster: string,
  name: string,
  more: Partial<ServiceFacts> = {},
): ServiceFacts {
  return {
    service: { cluster, namespace: 'llm', name },
    disaggregated: true,
    stopped: false,
    model: { uri: 'hf://Qwen/Qwen2.5-7B-Instruct', name: 'qwen' },
    endpoints: [
      { url: `http://${cluster}.example.com/llm/${name}`, models: ['qwen'] },
    ],
    labels: {},
    annotations: {},
    ...more,
  };
}
