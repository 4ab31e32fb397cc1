import type { Entity } from '@backstage/catalog-model';
import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { SERVICE_ANNOTATION } from 'backstage-plugin-llm-inference-common';
import type { JSX } from 'react';
import {
  createLlmInferenceClient,
  llmInferenceApiRef,
} from './api/llmInferenceApiRef';
import type { EntityServingCardProps } from './card/EntityServingCard';
import { LiveStatus } from './live/LiveStatus';
import { liveStatusApiRef } from './live/LiveStatusApi';
import { fleetRouteRef, templateRouteRef } from './routes';
import type { EntityServingContentProps } from './tab/EntityServingContent';

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
  routes: { fleet: fleetRouteRef },
  externalRoutes: { template: templateRouteRef },
});

/** Whether an entity names a service, for conditions on a legacy entity page. @public */
export const isLlmInferenceAvailable = (entity: Entity): boolean =>
  Boolean(entity.metadata.annotations?.[SERVICE_ANNOTATION]);

/** The card of an entity page: whether the service serves, and if not, why. @public */
export const EntityServingCard: (props: EntityServingCardProps) => JSX.Element =
  llmInferencePlugin.provide(
    createComponentExtension({
      name: 'EntityServingCard',
      component: {
        lazy: () =>
          import('./card/EntityServingCard').then(m => m.EntityServingCard),
      },
    }),
  );

/** The tab of an entity page: everything about a service, and what to do about it. @public */
export const EntityServingContent: (
  props: EntityServingContentProps,
) => JSX.Element = llmInferencePlugin.provide(
  createComponentExtension({
    name: 'EntityServingContent',
    component: {
      lazy: () =>
        import('./tab/EntityServingContent').then(m => m.EntityServingContent),
    },
  }),
);

/** The card on the page of a model or a system: the services that belong to it. @public */
export const EntityRelatedServicesCard: () => JSX.Element | null =
  llmInferencePlugin.provide(
    createComponentExtension({
      name: 'EntityRelatedServicesCard',
      component: {
        lazy: () =>
          import('./related/RelatedServicesCard').then(
            m => m.RelatedServicesCard,
          ),
      },
    }),
  );

/** Every service that the user may see, across clusters. @public */
export const FleetPage: () => JSX.Element = llmInferencePlugin.provide(
  createRoutableExtension({
    name: 'FleetPage',
    component: () =>
      import('./fleet/LegacyFleetPage').then(m => m.LegacyFleetPage),
    mountPoint: fleetRouteRef,
  }),
);

/** The services of the user's teams that need attention, for a home page. @public */
export const NeedsAttention: () => JSX.Element = llmInferencePlugin.provide(
  createComponentExtension({
    name: 'NeedsAttention',
    component: {
      lazy: () => import('./home/NeedsAttention').then(m => m.NeedsAttention),
    },
  }),
);
