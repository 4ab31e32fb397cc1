import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  catalogServiceRef,
  locationSpecToLocationEntity,
} from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { affectedLocations } from './affectedLocations';

/**
 * Reads the configured catalog locations again when GitHub tells of a push
 * that touches their files, so that a merged service appears, changes and goes
 * without waiting for the next round. The catalog does this by itself only for
 * locations without wildcards.
 */
export const catalogModulePushedLocations = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'pushed-locations',
  register({ registerInit }) {
    registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        events: eventsServiceRef,
        logger: coreServices.logger,
      },
      async init({ auth, catalog, config, events, logger }) {
        const targets = (
          config.getOptionalConfigArray('catalog.locations') ?? []
        )
          .filter(location => location.getString('type') === 'url')
          .map(location => location.getString('target'));

        await events.subscribe({
          id: 'catalog-pushed-locations',
          topics: ['github.push'],
          async onEvent({ eventPayload }) {
            const credentials = await auth.getOwnServiceCredentials();
            for (const target of affectedLocations(targets, eventPayload)) {
              const location = locationSpecToLocationEntity({
                location: { type: 'url', target },
              });
              await catalog.refreshEntity(stringifyEntityRef(location), {
                credentials,
              });
              logger.info(`Reading ${target} again after a push`);
            }
          },
        });
      },
    });
  },
});

export default catalogModulePushedLocations;
