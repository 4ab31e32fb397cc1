import type { Entity } from '@backstage/catalog-model';
import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { SERVICE_ANNOTATION } from 'backstage-plugin-llm-inference-common';
import {
  createLlmInferenceClient,
  llmInferenceApiRef,
} from './api/llmInferenceApiRef';
import { LiveStatus } from './live/LiveStatus';
import { liveStatusApiRef } from './live/LiveStatusApi';

/** The llm-inference plugin for the legacy frontend system. @public */
export const llmInferencePlugin = createPlugin({
  id: 'llm-inference',
  apis: [
    createApiFactory({
      api: llmInferenceApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => createLlmInferenceClient(fetchApi),
    }),
    createApiFactory({
      api: liveStatusApiRef,
      deps: { client: llmInferenceApiRef },
      factory: ({ client }) => new LiveStatus({ client }),
    }),
  ],
});

/** Whether an entity names a service, for conditions on a legacy entity page. @public */
export const isLlmInferenceAvailable = (entity: Entity): boolean =>
  Boolean(entity.metadata.annotations?.[SERVICE_ANNOTATION]);

/** The card of an entity page: whether the service serves, and if not, why. @public */
export const EntityServingCard = llmInferencePlugin.provide(
  createComponentExtension({
    name: 'EntityServingCard',
    component: {
      lazy: () =>
        import('./card/EntityServingCard').then(m => m.EntityServingCard),
    },
  }),
);
